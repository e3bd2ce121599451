import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { assumptionsDocument } from './assumptions-document.js';
import { loadPlan } from './load-plan.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const load = (set: string[] = []) =>
  loadPlan({ plan: 'masa', overlay: ['none'], set }, { cwd: root, packageRoot: root });

it('sim/ASSUMPTIONS.md is what the plan says', async () => {
  const committed = readFileSync(`${root}sim/ASSUMPTIONS.md`, 'utf8');
  expect(assumptionsDocument(await load(), 'genesis/plans/masa.yaml')).toBe(committed);
  const changed = await load(['economy.market.dailyVolatility=0.1']);
  expect(assumptionsDocument(changed, 'genesis/plans/masa.yaml')).not.toBe(committed);
});

it('sim/ASSUMPTIONS.md has a row for every value of the plan', async () => {
  const plan = await load();
  const rows = readFileSync(`${root}sim/ASSUMPTIONS.md`, 'utf8')
    .split('\n')
    .filter((line) => /^\| `[^…]*` \|/.test(line));
  const paths = Object.keys(plan.provenance).filter((path) => path.includes('.'));
  expect(rows.length).toBe(paths.length);
});
