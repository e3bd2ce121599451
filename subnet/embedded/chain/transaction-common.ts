import type { Common } from '@ethereumjs/common';
import { createTx } from '@ethereumjs/tx';

/**
 * A view of the rules for reading transactions. Each transaction would otherwise copy the rules and merge its own
 * parameters into them, which takes longer than to execute a transfer.
 */
export function transactionCommon(rules: Common): Common {
  // The library merges its parameters into the copy that this transaction keeps.
  const { common } = createTx({ type: 2 }, { common: rules });
  common.copy = () => common;
  common.updateParams = () => {};
  return common;
}
