import type { WorldState } from '../../evm/world-state.js';
import { blackhole } from '../../precompiles/reward-manager.js';
import { accountSupply, type SupplyEntry } from '../account-supply.js';
import type { AuditCheck, Difference } from '../finding.js';

/**
 * balances of block 0, plus what minters and upgrades issued, less what was destroyed, are the balances of all
 * accounts, blackhole included; to the wei, each change with its block and transaction.
 */
export const checkSupply: AuditCheck = {
  id: 'supply',
  numbers: ['R-55', 'R-10'],
  title: 'every coin accounted for',
  next: 'Coins exist that nothing issued, or are gone without a reason: stop using the chain and look at the named blocks.',
  async run({ blockZero, blocks, engine }) {
    const genesis = sum([...blockZero.accounts.values()].map(({ balance }) => balance));
    const entries = accountSupply(blocks, ({ timestamp }) => engine.rules.at(timestamp).durango);
    const of = (cause: SupplyEntry['cause']) =>
      sum(entries.filter((entry) => entry.cause === cause).map(({ amount }) => amount));
    const { state, header } = blocks.at(-1)!;
    const balances = sumBalances(state);
    const expected = genesis + sum(entries.map(({ amount }) => amount));
    const differences: Difference[] = entries
      .filter(({ cause }) => cause === 'unexplained')
      .map(({ name, amount }) => ({
        where: `coins ${name}`,
        expected: '0 wei',
        actual: `${amount} wei`,
      }));
    if (expected !== balances)
      differences.push({
        where: `all accounts at block ${header.number}`,
        expected: `${expected} wei`,
        actual: `${balances} wei`,
      });
    const burned = state.get(blackhole)?.balance ?? 0n;
    return {
      detail: `genesis ${genesis} + minted ${of('minted')} + upgrades ${of('upgrade')} - destroyed ${-of('destroyed')} = balances ${balances} wei, of which burned ${burned}.`,
      differences,
      notes: entries.map(({ name, amount }) => `${amount > 0n ? '+' : ''}${amount} wei ${name}`),
    };
  },
};

function sumBalances(state: WorldState): bigint {
  let total = 0n;
  for (const [, { balance }] of state.accounts()) total += balance;
  return total;
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}
