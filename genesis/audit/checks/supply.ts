import type { Hex } from '../../base/hash.js';
import { topicOf } from '../../evm/precompiles/abi-words.js';
import { nativeMinter } from '../../precompiles/native-minter.js';
import type { AuditCheck } from '../audit-evidence.js';
import { defineFinding } from '../finding.js';

const minted = topicOf('NativeCoinMinted(address,address,uint256)');
const blackhole: Hex = '0x0100000000000000000000000000000000000000';

/** balances of block 0 plus what was minted since are the balances of all accounts, blackhole included. */
export const checkSupply: AuditCheck = async ({ blockZero, blocks }) => {
  const { state } = blocks.at(-1)!;
  const sum = (values: Iterable<bigint>) => [...values].reduce((total, value) => total + value, 0n);
  const genesis = sum([...blockZero.accounts.values()].map(({ balance }) => balance));
  const logs = blocks.flatMap(({ receipts }) => receipts.flatMap((receipt) => receipt.logs));
  const issued = sum(
    logs
      .filter(({ address, topics }) => address === nativeMinter.address && topics[0] === minted)
      .map(({ data }) => BigInt(data)),
  );
  const balances = sum([...state.accounts()].map(([, { balance }]) => balance));
  const burned = state.get(blackhole)?.balance ?? 0n;
  return defineFinding(
    'R-55',
    'supply identity',
    `genesis ${genesis} + minted ${issued} = balances ${balances} wei, of which burned ${burned}.`,
    genesis + issued === balances
      ? []
      : [{ where: 'all accounts', expected: String(genesis + issued), actual: String(balances) }],
  );
};
