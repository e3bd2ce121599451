import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { comparePlans } from './compare-plans.js';
import { resolvePlan } from './resolve-plan.js';

const text = readFileSync(new URL('../plans/masa.yaml', import.meta.url), 'utf8');
const resolve = (profile: string, sets: string[] = []) =>
  resolvePlan({ text, file: 'masa.yaml', profile, sets });

it('comparePlans names what differs, by id, and nothing else', () => {
  const plan = resolve('calibrated');
  expect(comparePlans(plan, resolve('calibrated'))).toEqual([]);
  expect(comparePlans(plan, resolve('calibrated', ['fees.burnBasisPoints=0']))).toEqual([
    { path: 'fees.burnBasisPoints', a: '3000', b: '0' },
  ]);
  const paths = comparePlans(plan, resolve('low-float')).map(({ path }) => path);
  expect(paths).toContain('allocation.growth.grants.node-rewards.amount');
  expect(paths).toContain('allocation.growth.liquid.faucet@treasury.amount');
  expect(paths).toContain('profile');
  expect(paths.some((path) => path.startsWith('allocation.team'))).toBe(false);
});

it('comparePlans shows what one of the two lacks', () => {
  const plan = resolve('calibrated');
  const without = resolve('calibrated', ['programmes.data-pools=null', 'economy.dataStaking=null']);
  const gone = comparePlans(plan, without);
  expect(
    gone.every(
      ({ path, b }) =>
        /^(programmes\.data-pools|economy\.dataStaking)\./.test(path) && b === undefined,
    ),
  ).toBe(true);
  expect(gone.length).toBeGreaterThan(5);
});
