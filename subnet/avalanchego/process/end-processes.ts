import { setTimeout as sleep } from 'node:timers/promises';
import { findProcesses, type NodeProcess } from './find-processes.js';

/** How long a node may take for its own way out. */
const PATIENCE_MILLISECONDS = 20_000;

/**
 * Ends every process below a folder: nodes cleanly, and after 20 seconds by force; then plugins that outlived their
 * node. Nothing else is touched, and nothing to end is fine.
 *
 * @returns how many processes were ended.
 */
export async function endProcesses(folder: string): Promise<number> {
  const ended = new Set<number>();
  const signal = (kind: NodeProcess['kind'], name: NodeJS.Signals) => {
    const living = findProcesses(folder).filter((one) => one.kind === kind);
    for (const { pid } of living) {
      ended.add(pid);
      try {
        process.kill(pid, name);
      } catch {
        // It ended by itself.
      }
    }
    return living.length;
  };
  const gone = async (kind: NodeProcess['kind'], milliseconds: number) => {
    for (const end = performance.now() + milliseconds; performance.now() < end; await sleep(20)) {
      if (!findProcesses(folder).some((one) => one.kind === kind)) return;
    }
  };
  if (signal('node', 'SIGTERM') > 0) {
    await gone('node', PATIENCE_MILLISECONDS);
    if (signal('node', 'SIGKILL') > 0) await gone('node', PATIENCE_MILLISECONDS);
  }
  // A plugin ignores SIGTERM unless its node has told it to end.
  await gone('plugin', 500);
  if (signal('plugin', 'SIGKILL') > 0) await gone('plugin', PATIENCE_MILLISECONDS);
  // A child of this process is a name without a process until the event loop fetches it.
  for (const end = performance.now() + 300; performance.now() < end; await sleep(5)) {
    if (![...ended].some(isListed)) break;
  }
  return ended.size;
}

function isListed(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
