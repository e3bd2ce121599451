import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resolvePlan } from '../../genesis/plan/resolve-plan.js';
import { flowMatrix } from '../analysis/flow-matrix.js';
import { runModel } from './run-model.js';

const load = (name: string) => {
  const file = `genesis/plans/${name}.yaml`;
  return resolvePlan({ text: readFileSync(file, 'utf8'), file });
};
const plan = load('masa');

describe('runModel', () => {
  const run = runModel({ plan, seed: 3, run: 0, days: 480, scale: 100, recountEvery: 1 });

  it('counts every column again on every day and adds up to the genesis supply', () => {
    expect(run.counters.recounts).toBe(480);
    const sum = Object.values(run.finals).reduce((left, balance) => left + BigInt(balance), 0n);
    expect(sum).toBe(plan.token.supply / 10n ** 12n);
  });

  it('returns the same bytes for the same seed, others for another', () => {
    const again = runModel({ plan, seed: 3, run: 0, days: 480, scale: 100 });
    expect(again.hash).toBe(run.hash);
    expect(runModel({ plan, seed: 4, run: 0, days: 480, scale: 100 }).hash).not.toBe(run.hash);
  });

  it('does not depend on the order of keys in the plan', () => {
    const turn = (node: unknown): unknown =>
      Array.isArray(node)
        ? node
        : typeof node === 'object' && node !== null
          ? Object.fromEntries(
              Object.entries(node)
                .reverse()
                .map(([key, child]) => [key, turn(child)]),
            )
          : node;
    const turned = { ...plan, economy: turn(plan.economy) as NonNullable<typeof plan.economy> };
    const short = { seed: 3, run: 0, days: 260, scale: 500 };
    expect(runModel({ ...short, plan: turned }).hash).toBe(runModel({ ...short, plan }).hash);
  });

  it('has a flow matrix by sector whose rows and columns sum to zero', () => {
    const { sectors, rows } = flowMatrix(run.flows, run.finals, plan.token.supply / 10n ** 12n);
    expect(sectors.length).toBeGreaterThan(10);
    for (const { id, net } of rows)
      expect(
        net.reduce((left, value) => left + value, 0n),
        id,
      ).toBe(0n);
    for (const at of sectors.keys())
      expect(
        rows.reduce((left, { net }) => left + net[at]!, 0n),
        sectors[at],
      ).toBe(0n);
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(['market', 'staking', 'gas']));
    // The shares of contributors are nobody else's: what claims settle, contribution has accrued.
    expect(run.flows.market!.pool).toBeGreaterThan(0n);
  });

  it('follows cohorts by year of joining', () => {
    const launch = run.retention.filter(({ joinedFrom }) => joinedFrom === 0);
    expect(launch).toHaveLength(16);
    for (const { wallets, active } of run.retention) {
      expect(active).toBeGreaterThanOrEqual(0);
      expect(active).toBeLessThanOrEqual(wallets);
    }
    const [later] = run.retention.filter(({ joinedFrom }) => joinedFrom > 0);
    expect(later!.joinedFrom).toBe(1);
    const day = later!.day;
    const counted = run.retention
      .filter((one) => one.day === day)
      .reduce((sum, { active }) => sum + active, 0);
    expect(counted * 100).toBeLessThanOrEqual(run.columns.walletsActive![day - 1]!);
  });

  it('puts every token in exactly one bucket of supply', () => {
    const buckets = ['burned', 'staked', 'held', 'pool', 'treasury', 'programmes', 'locked'];
    for (const day of [0, 100, 479]) {
      const sum = buckets.reduce((left, name) => left + run.columns[name]![day]!, 0);
      expect(BigInt(sum)).toBe(plan.token.supply / 10n ** 12n);
    }
  });

  it('has the published circulating supply at month 15.57 and users that stall', () => {
    const day = Math.round(15.57 * 30.4167) - 1;
    const unlocked = run.columns.circulating![day]! + run.columns.burned![day]!;
    expect(Math.abs(unlocked / 1e6 - 558.8e6)).toBeLessThan(15e6);
    expect(run.columns.walletsJoined![day]! / 1.4e6).toBeGreaterThan(0.95);
    expect(run.columns.walletsJoined![day]! / 1.4e6).toBeLessThan(1.05);
  });

  it('refuses bad numbers and unknown interventions', () => {
    expect(() => runModel({ plan, seed: 1, run: 0, days: 0 })).toThrow(
      expect.objectContaining({ code: 'RUN_INVALID' }),
    );
    expect(() =>
      runModel({
        plan,
        seed: 1,
        run: 0,
        days: 2,
        scale: 1000,
        interventions: [{ day: 1, path: 'buyers.nothing', value: 1 }],
      }),
    ).toThrow(expect.objectContaining({ code: 'INTERVENTION_UNKNOWN' }));
  });

  it('runs a plan without an economy', () => {
    expect(
      runModel({ plan: load('neutral'), seed: 1, run: 0, days: 60, recountEvery: 1 }).counters
        .recounts,
    ).toBe(60);
  });
});
