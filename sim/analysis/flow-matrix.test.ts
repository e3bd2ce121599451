import { describe, expect, it } from 'vitest';
import { flowMatrix, sectorOf } from './flow-matrix.js';

const flows = {
  genesis: { others: -90, treasury: 60, vault: 30 },
  vesting: { vault: -10, 'holders:team': 10 },
  market: { treasury: -5, pool: 5 },
  inner: { questAccrued: 3, contributorPool: -3 },
};
const finals = {
  others: 10,
  treasury: 55,
  vault: 20,
  'holders:team': 10,
  pool: 5,
  questAccrued: 3,
  contributorPool: -3,
};

describe('flowMatrix', () => {
  it('closes: genesis, every mechanism and the final balances', () => {
    const { sectors, rows } = flowMatrix(flows, finals, 100n);
    expect(sectors.at(-1)).toBe('issue');
    expect(rows.map(({ id }) => id)).toEqual(['genesis', 'vesting', 'market', 'closing']);
    expect(rows[0]!.net[sectors.indexOf('others')]).toBe(10n);
    expect(rows[0]!.net[sectors.indexOf('issue')]).toBe(-100n);
    expect(rows.at(-1)!.net[sectors.indexOf('lockedByVesting')]).toBe(-20n);
    expect(sectorOf('programme:node-rewards')).toBe('programmes');
  });

  it.each<[string, object, object, bigint, string]>([
    [
      'a mechanism that makes a token',
      { ...flows, market: { treasury: -5, pool: 6 } },
      finals,
      100n,
      'row market',
    ],
    [
      'a balance that no flow explains',
      flows,
      { ...finals, treasury: 54, pool: 6 },
      100n,
      'column treasury',
    ],
    ['a lost token', flows, { ...finals, treasury: 54 }, 100n, 'row closing'],
    ['another supply', flows, finals, 101n, 'row closing'],
  ])('refuses %s', (_, some, last, supply, where) => {
    expect(() => flowMatrix(some as never, last as never, supply)).toThrow(
      expect.objectContaining({ code: 'FLOW_MATRIX_UNBALANCED', where }),
    );
  });
});
