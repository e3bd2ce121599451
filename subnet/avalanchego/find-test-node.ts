import { homedir } from 'node:os';
import { join } from 'node:path';
import { type FoundNode, findNode } from './binaries/find-node.js';

/** The real programs for tests, or the reason why there are none. For tests only. */
export async function findTestNode(): Promise<{
  readonly binaries: FoundNode | undefined;
  /** Empty, or words for the name of the skipped tests. */
  readonly reason: string;
}> {
  try {
    const binaries = await findNode({
      moduleFolder: join(import.meta.dirname, 'node'),
      home: process.env.MASA_HOME ?? join(homedir(), '.masa'),
      env: process.env,
    });
    return { binaries, reason: '' };
  } catch (error) {
    const { message, next } = error as { message: string; next?: string };
    return { binaries: undefined, reason: ` (skipped: ${message} ${next ?? ''})` };
  }
}
