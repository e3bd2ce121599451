import { nearestWord } from './nearest-word.js';
import type { PlanInput } from './plan-schema.js';
import type { ResolveTools } from './resolve-tools.js';

/** Checks what one leaf alone cannot show: shares that add up, groups that exist, mechanisms that have their contracts. */
export function checkEconomy(plan: PlanInput, tools: ResolveTools): void {
  const { economy } = plan;
  if (economy === undefined) return;
  const { population, buyers, nodes, staking, speculators, holders } = economy;
  const sumToOne = (path: string, names: string, shares: readonly number[]) => {
    const sum = shares.reduce((left, right) => left + right, 0);
    if (Math.abs(sum - 1) < 1e-9) return;
    tools.report(path, `${names} add up to ${sum}.`, 'shares that add up to 1', 'PLAN_SHARES_SUM');
  };
  const { farmerShare, casualShare, loyalShare } = population;
  sumToOne('economy.population', 'farmerShare, casualShare, loyalShare', [
    farmerShare,
    casualShare,
    loyalShare,
  ]);
  if (population.initialWallets > population.maximumWallets) {
    tools.report(
      'economy.population.initialWallets',
      'There is no room for them.',
      'at most maximumWallets',
    );
  }
  if (buyers !== undefined) {
    const names = 'tokenPaymentShare, stablecoinPaymentShare, otherPaymentShare';
    sumToOne('economy.buyers', names, [
      buyers.tokenPaymentShare,
      buyers.stablecoinPaymentShare,
      buyers.otherPaymentShare,
    ]);
  }
  if (speculators !== undefined) {
    const names = 'chartistShare, fundamentalistShare, noiseShare';
    sumToOne('economy.speculators', names, [
      speculators.chartistShare,
      speculators.fundamentalistShare,
      speculators.noiseShare,
    ]);
  }
  if (nodes !== undefined) {
    if (nodes.lowCostShare + nodes.middleCostShare > 1 + 1e-9) {
      const allowed = 'shares that add up to at most 1';
      tools.report(
        'economy.nodes',
        'lowCostShare and middleCostShare exceed 1.',
        allowed,
        'PLAN_SHARES_SUM',
      );
    }
    if (nodes.initialOperators > nodes.maximumOperators) {
      tools.report(
        'economy.nodes.initialOperators',
        'There is no room for them.',
        'at most maximumOperators',
      );
    }
  }
  if (staking !== undefined) {
    const terms = plan.staking?.terms.length;
    if (terms === undefined) {
      tools.report('economy.staking', 'The plan has no staking section.', 'a staking section');
    } else if (terms !== staking.termWeights.length) {
      const message = `There are ${staking.termWeights.length} weights for ${terms} terms.`;
      tools.report('economy.staking.termWeights', message, 'one weight per term');
    }
  }
  const groups = Object.keys(plan.allocation);
  for (const group of groups) {
    if (Object.hasOwn(holders, group)) continue;
    const message = `Group "${group}" has no behaviour.`;
    tools.report('economy.holders', message, groups.join(', '), 'PLAN_MISSING_KEY');
  }
  for (const group of Object.keys(holders)) {
    if (groups.includes(group)) continue;
    const near = nearestWord(group, groups);
    const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
    const message = `There is no group "${group}".${hint}`;
    tools.report(`economy.holders.${group}`, message, groups.join(', '), 'PLAN_UNKNOWN_NAME');
  }
  checkReferences(plan, economy, tools);
}

function checkReferences(
  plan: PlanInput,
  economy: NonNullable<PlanInput['economy']>,
  tools: ResolveTools,
): void {
  const programmes = Object.keys(plan.programmes ?? {});
  for (const mechanism of ['contribution', 'dataStaking', 'nodes'] as const) {
    const programme = economy[mechanism]?.programme;
    if (programme === undefined || programmes.includes(programme)) continue;
    const path = `economy.${mechanism}.programme`;
    const message = `There is no programme "${programme}".`;
    tools.report(path, message, programmes.join(', '), 'PLAN_UNKNOWN_NAME');
  }
  tools.accountAddress(economy.gas.faucetAccount, 'economy.gas.faucetAccount');
  tools.accountAddress(economy.market.treasuryAccount, 'economy.market.treasuryAccount');
  const payees = Object.keys(plan.fees.mode === 'split' ? (plan.fees.payees ?? {}) : {});
  const known = economy.payees ?? {};
  for (const payee of payees) {
    if (Object.hasOwn(known, payee)) continue;
    const message = `Nothing says who is behind the payee "${payee}".`;
    tools.report('economy.payees', message, payees.join(', '), 'PLAN_MISSING_KEY');
  }
}
