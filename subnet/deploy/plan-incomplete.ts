import { ToolkitError } from '../../genesis/base/errors.js';

/** @throws ToolkitError `DEPLOY_PLAN_INCOMPLETE` (exit 2), always. */
export function planIncomplete(where: string, needed: string): never {
  throw new ToolkitError({
    code: 'DEPLOY_PLAN_INCOMPLETE',
    message: `The plan cannot be deployed: it needs ${needed}.`,
    where,
    next: 'Add it to the plan, build the genesis again and start the chain from it.',
    exitCode: 2,
  });
}
