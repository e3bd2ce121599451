import { topicOf } from '../../evm/precompiles/abi-words.js';
import { type NativeMinterConfig, nativeMinter } from '../../precompiles/native-minter.js';
import { blackhole } from '../../precompiles/reward-manager.js';
import type { AuditCheck } from '../audit-evidence.js';
import { defineFinding } from '../finding.js';

const minted = topicOf('NativeCoinMinted(address,address,uint256)');

/** balances of block 0 plus what the minter and upgrades issued since are the balances of all accounts, blackhole included. */
export const checkSupply: AuditCheck = async ({ blockZero, blocks, engine }) => {
  const { state, header } = blocks.at(-1)!;
  const sum = (values: Iterable<bigint>) => [...values].reduce((total, value) => total + value, 0n);
  const genesis = sum([...blockZero.accounts.values()].map(({ balance }) => balance));
  const logs = blocks.flatMap(({ receipts }) => receipts.flatMap((receipt) => receipt.logs));
  const { timestamp } = header;
  const upgraded = engine.rules
    .switching(blockZero.header.timestamp, timestamp)
    .filter(({ precompile, config }) => precompile.key === nativeMinter.key && !config.disable)
    .flatMap(({ config }) => [...((config as NativeMinterConfig).initialMint?.values() ?? [])]);
  const changed = engine.rules.config.stateUpgrades
    .filter(({ blockTimestamp: at = 0n }) => at > blockZero.header.timestamp && at <= timestamp)
    .flatMap(({ accounts }) => [...(accounts?.values() ?? [])].map((one) => one?.balanceChange));
  const issued = sum([
    ...[...upgraded, ...changed].map((amount) => amount ?? 0n),
    ...logs
      .filter(({ address, topics }) => address === nativeMinter.address && topics[0] === minted)
      .map(({ data }) => BigInt(data)),
  ]);
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
