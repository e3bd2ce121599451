import type { ChainBlock } from '../../../genesis/evm/chain-block.js';
import type { Engine } from '../../../genesis/evm/engine.js';
import type { SignedTransaction } from '../../../genesis/evm/transaction.js';
import { RpcError } from '../rpc/rpc-error.js';

/** What can be said of a transaction before its turn. @throws RpcError -32000 with the node's words. */
export function verifySendable(
  engine: Engine,
  { header, state }: ChainBlock,
  { gasLimit, maxFeePerGas, value, from }: SignedTransaction,
): void {
  const limit = engine.feesAfter(header, state).gasLimit!;
  if (gasLimit > limit) {
    throw new RpcError(
      'rejected',
      `exceeds block gas limit: transaction has ${gasLimit}, a block ${limit}`,
    );
  }
  const have = state.get(from)?.balance ?? 0n;
  const want = gasLimit * maxFeePerGas + value;
  if (have < want) {
    throw new RpcError(
      'rejected',
      `insufficient funds for gas * price + value: address ${from} have ${have} want ${want}`,
    );
  }
}
