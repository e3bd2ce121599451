import { keccak256 } from 'viem';
import { ToolkitError } from '../../genesis/base/errors.js';
import type { DeploymentChain } from './deployment-chain.js';
import type { DeploymentStep, StepCondition } from './deployment-step.js';

/**
 * Whether a step's condition holds on the chain.
 *
 * @throws ToolkitError `DEPLOY_FOREIGN_CODE` when the step's address holds other code than the plan's.
 */
export async function verifyStep(chain: DeploymentChain, step: DeploymentStep): Promise<boolean> {
  return holds(chain, step.id, step.condition);
}

async function holds(
  chain: DeploymentChain,
  id: string,
  condition: StepCondition,
): Promise<boolean> {
  switch (condition.kind) {
    case 'any':
      for (const one of condition.conditions) if (await holds(chain, id, one)) return true;
      return false;
    case 'balance':
      return (await chain.balance(condition.address)) >= condition.minimum;
    case 'nonce':
      return (await chain.nonce(condition.address)) >= condition.minimum;
    case 'at-least': {
      const answer = await chain.call(condition.address, condition.data);
      return answer !== '0x' && BigInt(answer) >= condition.minimum;
    }
    case 'code': {
      const code = await chain.code(condition.address);
      if (code === '0x') return false;
      const hash = keccak256(code);
      if (condition.codeHash === undefined || hash === condition.codeHash) return true;
      throw new ToolkitError({
        code: 'DEPLOY_FOREIGN_CODE',
        message: `The address of step ${id} holds code ${hash}; the plan's contract has ${condition.codeHash}.`,
        where: condition.address,
        next: 'The toolkit or the plan changed since that contract was made; use the version that made it, or a fresh chain.',
      });
    }
  }
}
