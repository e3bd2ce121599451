import type { SendOutcome } from '../deploy/deployment-chain.js';

/**
 * Reads what a node says when it does not simply take a transaction, in the words of geth, coreth, Subnet-EVM, anvil and
 * the embedded chain.
 *
 * @returns undefined for a refusal that sending again cannot change.
 * @example readSendError('replacement transaction underpriced') // 'underpriced'
 */
export function readSendError(message: string): SendOutcome | undefined {
  if (/already known|known transaction|already imported/i.test(message)) return 'accepted';
  if (/nonce too low|nonce is too low|already been used/i.test(message)) return 'nonce-used';
  if (/underpriced|less than block base fee|fee cap|max fee per gas less/i.test(message))
    return 'underpriced';
  // A full pool has room again later.
  if (/pool is full|pool full|too many (requests|transactions)/i.test(message)) return 'unanswered';
  return undefined;
}
