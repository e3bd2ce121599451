import type { Hex } from '../../../genesis/base/hash.js';
import type { EmbeddedChain } from '../chain/embedded-chain.js';
import type { RpcMethods } from '../rpc/answer-rpc.js';
import { accountMethods } from './account-methods.js';
import { blockMethods } from './block-methods.js';
import { type ConfigDocuments, configMethods } from './config-methods.js';
import { debugMethods } from './debug-methods.js';
import { devMethods } from './dev-methods.js';
import { dumpMethods } from './dump-methods.js';
import { feeMethods } from './fee-methods.js';
import { logMethods } from './log-methods.js';
import { stateMethods } from './state-methods.js';
import { transactionMethods } from './transaction-methods.js';

/** Every method that the chain answers, by name. */
export function chainMethods(
  chain: EmbeddedChain,
  parameters: {
    readonly documents: ConfigDocuments;
    /** Private keys; default those of the public test phrase. */
    readonly accounts?: readonly Hex[] | undefined;
  },
): RpcMethods {
  return new Map(
    Object.entries({
      ...configMethods(chain, parameters.documents),
      ...blockMethods(chain),
      ...stateMethods(chain),
      ...transactionMethods(chain),
      ...feeMethods(chain),
      ...logMethods(chain),
      ...accountMethods(chain, parameters.accounts),
      ...devMethods(chain),
      ...debugMethods(chain),
      ...dumpMethods(chain),
    }),
  );
}
