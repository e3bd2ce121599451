import { describe, expect, it } from 'vitest';
import { flowMatrixExhibit } from '../charts/flow-matrix.js';
import { summarizeFlows } from './summarize-flows.js';

const parameters = {
  label: 'run',
  flows: {
    quest: { programmeQuest: -5, walletA: 3, walletB: 2 },
    dataPayments: { buyers: -4, walletA: 3, blackhole: 1 },
    inner: { walletA: 1, walletB: -1 },
  },
  balances: [
    { label: 'genesis', day: 0, accounts: { programmeQuest: 10, buyers: 10 } },
    {
      label: 'end',
      day: 9,
      accounts: { programmeQuest: 5, buyers: 6, walletA: 7, walletB: 1, blackhole: 1 },
    },
  ],
  sectorOf: (account: string) => (account.startsWith('wallet') ? 'wallets' : account),
};

describe('summarizeFlows', () => {
  it('adds accounts into sectors and explains the balance sheets', () => {
    const { flows, balanceSheets } = summarizeFlows(parameters);
    expect(flows.sectors.map((sector) => sector.label)).toEqual([
      'programme quest',
      'buyers',
      'wallets',
      'blackhole',
    ]);
    expect(flows.rows.map((row) => [row.label, row.netMicro])).toEqual([
      ['quest', [-5n, 0n, 5n, 0n]],
      ['data payments', [0n, -4n, 3n, 1n]],
    ]);
    const { lead } = flowMatrixExhibit({ symbol: 'X', flows, balanceSheets });
    expect(lead).toContain('sum to zero');
    expect(lead).toContain('explain every change');
  });

  it('shows a column that does not close', () => {
    const [genesis, end] = parameters.balances;
    const accounts = { ...end!.accounts, buyers: 7 };
    const { flows, balanceSheets } = summarizeFlows({
      ...parameters,
      balances: [genesis!, { ...end!, accounts }],
    });
    const { lead, tables } = flowMatrixExhibit({ symbol: 'X', flows, balanceSheets });
    expect(lead).toContain('do NOT explain');
    const sums = tables[0]!
      .footer!.at(-1)!
      .map((cell) => (typeof cell === 'string' ? cell : `${cell.tone} ${cell.text}`));
    expect(sums.filter((text) => text.startsWith('bad')).length).toBe(2);
  });

  it('refuses fractions of a micro-token', () => {
    expect(() => summarizeFlows({ ...parameters, flows: { a: { b: 0.5 } } })).toThrowError(
      RangeError,
    );
  });
});
