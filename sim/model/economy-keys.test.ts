import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resolvePlan } from '../../genesis/plan/resolve-plan.js';
import { runModel } from '../engine/run-model.js';
import { createTypescriptKernel } from '../kernel/typescript-kernel.js';
import { createEconomy } from './economy.js';
import { Parameters } from './parameters.js';
import { State } from './state.js';

const file = 'genesis/plans/masa.yaml';
const plan = resolvePlan({ text: readFileSync(file, 'utf8'), file });
const days = 175;
type Numbers = Record<string, unknown>;

/** The plan with one number of its economy replaced. */
function withNumber(path: string, value: unknown, base: unknown = plan.economy): Numbers {
  const copy = structuredClone(base) as Numbers;
  const names = path.split('.');
  let node = copy;
  for (const name of names.slice(0, -1)) node = node[name] as Numbers;
  node[names.at(-1)!] = value;
  return copy;
}
const hashOf = (economy: unknown) =>
  runModel({
    plan: { ...plan, economy: economy as NonNullable<typeof plan.economy> },
    seed: 5,
    run: 0,
    days,
    scale: 500,
  }).hash;

function leaves(node: unknown, prefix = ''): [string, number | boolean | string][] {
  if (typeof node !== 'object' || node === null) return [[prefix, node as number]];
  return Object.entries(node).flatMap(([key, child]) =>
    leaves(child, prefix === '' ? key : `${prefix}.${key}`),
  );
}

/** Many wallets stake, and little at a time. */
const eager = (economy: unknown) =>
  withNumber(
    'population.initialActiveShare',
    0.9,
    withNumber(
      'staking.minimumStakeTokens',
      '1',
      withNumber('staking.targetShare', 0.5, withNumber('staking.stakePerDay', 0.3, economy)),
    ),
  );

/** Numbers that act only in another mode, or not before a later day. */
const modes: Readonly<Record<string, (economy: unknown) => unknown>> = {
  'contribution.fixedTokensPerPoint': (economy) =>
    withNumber('contribution.payoutMode', 'fixed-price', economy),
  'zksbt.mintFeeTokens': (economy) => withNumber('zksbt.feeMode', 'tokens', economy),
  'zksbt.manageFeeTokens': (economy) => withNumber('zksbt.feeMode', 'tokens', economy),
  'nodes.unbondingDays': (economy) => withNumber('nodes.rewardLockDays', 60, economy),
  'nodes.slashCoefficient': (economy) => withNumber('nodes.cheatersShare', 0.5, economy),
  'adoption.incentiveElasticity': (economy) =>
    withNumber('adoption.innovationPerYear', 0.3, economy),
  'dataStaking.topUpShare': (economy) => withNumber('dataStaking.poolsPerMonth', 30, economy),
  'dataStaking.stablecoinShare': (economy) => withNumber('dataStaking.poolsPerMonth', 30, economy),
  'gas.stakeGas': eager,
  'staking.stakePerDay': eager,
  'staking.minimumStakeTokens': eager,
  'staking.restakeShare': eager,
  'staking.claimPerDay': eager,
  'market.minimumDepthUsd': (economy) => withNumber('market.depthUsd', 3_000, economy),
  // Above one dollar a mint costs less than it did, below it the appetite is at its ceiling.
  'zksbt.feeElasticity': (economy) => withNumber('zksbt.mintFeeUsd', 0.5, economy),
  'contribution.pageViewDailyCap': (economy) =>
    withNumber('contribution.pageViewsPerActiveDay', 900, economy),
};
/** What a larger change is needed for, since it is rounded or rare. */
const values: Readonly<Record<string, unknown>> = {
  'contribution.minimumClaimTokens': '40',
  'zksbt.initialShare': 0.2,
  'zksbt.mintFeeTokens': '3',
  'zksbt.manageFeeTokens': '2',
  'zksbt.joinMintShare': 0.9,
  'dataStaking.walletCapShare': 0.0001,
  'dataStaking.poolsAtLaunch': 0,
  'dataStaking.termDays': 30,
  'dataStaking.renewShare': 0.1,
  'buyers.freeFromMonth': 2,
  'contribution.loginStreakDays': 2,
  'nodes.maximumOperators': 900,
  'nodes.entryElasticity': 0.01,
  'gas.priceMultiple': 3,
  'population.maximumWallets': 1_405_000,
  'population.farmerShare': 0.5,
  'population.casualShare': 0.2,
  'population.loyalShare': 0.05,
  'nodes.rewardLockDays': 30,
  'market.minimumDepthUsd': 30_000,
  'market.anticipationDays': 60,
  'holders.sale.hedgedShare': 0.3,
  'adoption.innovationPerYear': 0.5,
  'staking.minimumStakeTokens': '20000',
  'staking.restakeShare': 1,
  'dataStaking.refundUnearned': false,
  'speculators.enabled': false,
  'contribution.questShare': 0.8,
  'contribution.surfShare': 0.1,
};
/** Numbers that cannot act, with the reason. */
const silent: Readonly<Record<string, string>> = {
  'holders.growth.holders': 'a treasury sells evenly, not person by person',
  'holders.growth.costBasisUsd': 'its weights of gain are 0',
  'holders.team.holders': 'nothing of theirs is free before month 12',
  'holders.team.costBasisUsd': 'the same',
  'holders.team.salePerDay': 'the same',
  'holders.team.dispositionWeight': 'the same',
  'holders.team.gainWeight': 'the same',
  'holders.team.hedgedShare': 'the same',
  'holders.private.holders': 'nothing of theirs is free before month 6',
  'holders.private.costBasisUsd': 'the same',
  'holders.private.salePerDay': 'the same',
  'holders.private.dispositionWeight': 'the same',
  'holders.private.gainWeight': 'the same',
  'holders.private.hedgedShare': 'the same',
};

describe('the economy of a plan', () => {
  it('has no key that the model does not read', () => {
    const parameters = new Parameters(plan.economy);
    const state = new State(plan, parameters, createTypescriptKernel([1, 2]), [1, 2], 2000);
    const economy = createEconomy(state, []);
    for (let day = 0; day < 125; day += 1) economy.step();
    for (const path of [
      'contribution.fixedTokensPerPoint',
      'zksbt.mintFeeTokens',
      'zksbt.manageFeeTokens',
    ])
      expect(parameters.unread()).toContain(path);
    const alone = new Set(Object.keys(modes));
    expect(
      parameters
        .unread()
        .filter((path) => !alone.has(path) && silent[path] === undefined)
        .filter((path) => !/(treasury|faucet)Account$/.test(path)),
    ).toEqual([]);
  });

  const numbers = leaves(plan.economy).filter(
    ([path, value]) =>
      silent[path] === undefined && (typeof value !== 'string' || /^[\d.]+$/.test(value)),
  );
  const baseline = new Map<string, string>();
  /** The same number changed on day 2 of a run: it acts, or is refused because it could not. */
  const changedLater = (base: unknown, path: string, value: unknown): string => {
    const { hash } = runModel({
      plan: { ...plan, economy: base as NonNullable<typeof plan.economy> },
      seed: 5,
      run: 0,
      days,
      scale: 500,
      interventions: [{ day: 2, path, value: Number(value) }],
    });
    return hash;
  };
  it.each(numbers)('%s has an effect', (path, value) => {
    const base = modes[path]?.(plan.economy) ?? plan.economy;
    const key = JSON.stringify(base);
    if (!baseline.has(key)) baseline.set(key, hashOf(base));
    const number = Number(value);
    const other =
      values[path] ??
      (typeof value === 'string'
        ? String(number === 0 ? 1 : number * 2)
        : Number.isInteger(number) && number > 3
          ? Math.round(number * 1.5)
          : number === 0
            ? 0.2
            : number < 0.67 || number > 1
              ? number * 1.5
              : number * 0.5);
    expect(hashOf(withNumber(path, other, base)), `${path} ${number} -> ${other}`).not.toBe(
      baseline.get(key),
    );
    let later: string | undefined;
    try {
      later = changedLater(base, path, other);
    } catch (error) {
      expect(error).toMatchObject({ code: 'INTERVENTION_FIXED', exitCode: 2 });
    }
    expect(later, `${path} from day 2`).not.toBe(baseline.get(key));
  });
});
