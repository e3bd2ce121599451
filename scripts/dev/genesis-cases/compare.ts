import { ToolkitError } from '../../../genesis/base/errors.js';
import { hashGenesis } from '../../../genesis/compile/hash-genesis.js';
import { parseGenesis } from '../../../genesis/compile/parse-genesis.js';
import type { GenesisCase } from './base-cases.js';

/** The toolkit's own verdict on a case: the block hash, or `undefined` when it refuses. */
export function judge({ genesis, upgrade, network }: GenesisCase): {
  hash?: string;
  error?: string;
} {
  try {
    return {
      hash: hashGenesis(parseGenesis(genesis, { network, upgradeText: upgrade })).blockHash,
    };
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    return { error: `${error.code}: ${error.message}` };
  }
}
