import type { RunAuditParameters } from '../../../genesis/audit/run-audit.js';
import { ToolkitError } from '../../../genesis/base/errors.js';
import type { Context, Progress } from '../../context.js';

/** Two bars one after the other: blocks executed again, then checks. Ctrl-C ends the audit between two of either. */
export function showProgress(
  context: Pick<Context, 'progress' | 'signal'>,
): Required<Pick<RunAuditParameters, 'onBlock' | 'onCheck'>> & { stop(): void } {
  let bar: Progress | undefined;
  let shown = '';
  const show = (label: string, total: number): Progress => {
    if (context.signal.aborted) throw interrupted(label);
    if (shown !== label) {
      bar?.stop();
      bar = context.progress(label, total);
      shown = label;
    }
    return bar!;
  };
  return {
    onBlock: (done, all) => show('blocks', all).update(done),
    onCheck: (id, done, all) => show('checks', all).update(done, id),
    stop: () => bar?.stop(),
  };
}

function interrupted(where: string): ToolkitError {
  return new ToolkitError({
    code: 'AUDIT_INTERRUPTED',
    message: 'The audit was interrupted; there is no verdict.',
    where,
    next: 'Start it again: it keeps nothing and changes nothing.',
  });
}
