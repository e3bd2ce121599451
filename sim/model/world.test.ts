import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resolvePlan } from '../../genesis/plan/resolve-plan.js';
import { createTypescriptKernel } from '../kernel/typescript-kernel.js';
import { Parameters } from './parameters.js';
import { createEconomy } from './step.js';
import { World } from './world.js';

const file = 'genesis/plans/masa.yaml';

describe('conservation', () => {
  it('notices one corrupted cell and one corrupted account', () => {
    const plan = resolvePlan({ text: readFileSync(file, 'utf8'), file });
    const make = () => {
      const world = new World(
        plan,
        new Parameters(plan.economy),
        createTypescriptKernel([1, 2]),
        [1, 2],
        1000,
      );
      const economy = createEconomy(world, []);
      for (let day = 0; day < 40; day += 1) economy.step();
      world.verify('recount', economy.nodes.columns);
      return { world, economy };
    };
    const cell = make();
    cell.world.wallets.balance[17]! += 1;
    expect(() => cell.world.verify('recount', cell.economy.nodes.columns)).toThrow(
      expect.objectContaining({ code: 'CONSERVATION_BROKEN', where: 'day 40, mechanism recount' }),
    );
    const account = make();
    account.world.ledger.balances.treasury! += 1;
    expect(() => account.world.verify('step', {})).toThrow(/differs by -1 micro-tokens/);
    expect(() => account.world.ledger.move('test', 'gasFees', 'pool', 1)).toThrow(
      expect.objectContaining({ code: 'LEDGER_TRANSFER' }),
    );
  });
});

describe('model code', () => {
  it('uses no clock, no platform randomness and no engine-dependent function', () => {
    const bad =
      /Math\.(exp|log|pow|random|sin|cos|log1p|expm1|log2|log10|cbrt|tanh)\b|\bDate\b|\*\*/;
    for (const folder of ['sim/model', 'sim/model/mechanisms', 'sim/kernel', 'sim/engine']) {
      for (const name of readdirSync(folder)) {
        if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue;
        const code = readFileSync(`${folder}/${name}`, 'utf8').replace(
          /^\s*(\/\*\*|\*|\/\/).*$/gm,
          '',
        );
        expect(bad.exec(code)?.[0], `${folder}/${name}`).toBeUndefined();
      }
    }
  });
});
