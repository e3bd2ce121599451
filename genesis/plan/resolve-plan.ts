import { parseTokens, type Wei } from '../base/amount.js';
import type { Problem } from '../base/errors.js';
import { type Hex, hashValue } from '../base/hash.js';
import { SECONDS_PER_DAY, SECONDS_PER_MONTH } from '../base/time.js';
import { checkEconomy } from './check-economy.js';
import { checksumAddress } from './checksum-address.js';
import { invalidPlan, parsePlanText } from './parse-plan-text.js';
import { leavesOf, type PlanNode } from './plan-node.js';
import type { PlanInput } from './plan-schema.js';
import { resolveAllocation } from './resolve-allocation.js';
import { parseMicroPercent, resolveAmounts } from './resolve-amounts.js';
import { resolveChain } from './resolve-chain.js';
import { type ResolveTools, resolveTools } from './resolve-tools.js';
import type {
  Address,
  Provenance,
  ResolvedFees,
  ResolvedGroup,
  ResolvedPlan,
  ResolvedProgramme,
  ResolvedStaking,
} from './resolved-plan.js';
import { type SelectParameters, selectPlan } from './select-plan.js';
import { leafMeta, validatePlan } from './validate-plan.js';

export interface ResolvePlanParameters extends SelectParameters {
  /** YAML of the plan file. */
  readonly text: string;
  /** Name of the file, for messages only. */
  readonly file: string;
}

/**
 * Text in, plan out: parses, merges the profile, the overlays and single values once, checks, and turns every share
 * into exact wei. Pure and deterministic.
 *
 * @throws ToolkitError `PLAN_INVALID` (exit 2) with all problems, each with code, dotted path, line and what is allowed.
 * @example resolvePlan({ text, file: 'masa.yaml', profile: 'low-float', overlays: [] }).token.supply
 */
export function resolvePlan(parameters: ResolvePlanParameters): ResolvedPlan {
  const { text, file } = parameters;
  const { node, profile, overlays } = selectPlan(parsePlanText(text, file), file, parameters);
  const plan = validatePlan(node, file);
  const problems: Problem[] = [];
  const tools = resolveTools(plan, node, problems);
  const allocation = resolveAllocation(plan, tools);
  const staking = plan.staking && resolveStaking(plan.staking, allocation, tools);
  const resolved: ResolvedPlan = {
    name: plan.name,
    title: plan.title,
    profile,
    overlays: [...overlays],
    token: {
      name: plan.token.name,
      symbol: plan.token.symbol,
      decimals: 18,
      supply: parseTokens(plan.token.supply),
    },
    ...resolveChain(plan, tools),
    accounts: checksummed(plan.accounts),
    fees: resolveFees(plan, tools),
    allocation,
    ...(staking !== undefined && { staking }),
    programmes: resolveProgrammes(plan, allocation, tools),
    ...(plan.economy !== undefined && {
      economy: plan.economy as NonNullable<ResolvedPlan['economy']>,
    }),
    provenance: provenanceOf(node),
  };
  if (resolved.token.supply === 0n) tools.report('token.supply', 'The supply is 0.', 'above 0');
  if (
    allocation.some((group) => group.grants.length > 0) &&
    plan.predeploys.vestingVault === undefined
  ) {
    tools.report(
      'predeploys',
      'Grants need predeploys.vestingVault to hold them.',
      'a vestingVault',
    );
  }
  checkEconomy(plan, tools);
  if (problems.length > 0) throw invalidPlan(file, problems);
  return resolved;
}

/** SHA-256 of the resolved plan's canonical JSON; every artefact made from the plan carries it. */
export function hashPlan(plan: ResolvedPlan): Hex {
  return hashValue(plan);
}

function resolveFees(plan: PlanInput, tools: ResolveTools): ResolvedFees {
  const { mode, burnBasisPoints, payees = {} } = plan.fees;
  if (mode !== 'split') {
    return { mode, burnBasisPoints: mode === 'burn-all' ? 10_000 : 0, payees: [] };
  }
  if (burnBasisPoints === undefined) {
    tools.report('fees', 'Mode split needs burnBasisPoints.', '0 to 10000', 'PLAN_MISSING_KEY');
  }
  const sum = Object.values(payees).reduce((left, right) => left + right, 0);
  if (sum !== 10_000) {
    const message = `The payees add up to ${sum} basis points.`;
    tools.report('fees.payees', message, '10000 of what is not burned', 'PLAN_SHARES_SUM');
  }
  for (const need of ['feeSplitter', 'rewardManager'] as const) {
    const there = need === 'feeSplitter' ? plan.predeploys[need] : plan.chain.precompiles[need];
    if (there !== undefined) continue;
    const where = need === 'feeSplitter' ? 'predeploys' : 'chain.precompiles';
    tools.report(where, `Fee mode split needs ${where}.${need}.`, need, 'PLAN_MISSING_KEY');
  }
  return {
    mode,
    burnBasisPoints: burnBasisPoints ?? 0,
    payees: Object.entries(payees).map(([account, basisPoints]) => ({
      account,
      address: tools.accountAddress(account, `fees.payees.${account}`),
      basisPoints,
    })),
  };
}

function findBucket(
  allocation: readonly ResolvedGroup[],
  place: { readonly group: string; readonly bucket: string },
  path: string,
  tools: ResolveTools,
): Wei {
  const group = allocation.find(({ id }) => id === place.group);
  const bucket = group?.buckets.find(({ id }) => id === place.bucket);
  if (bucket !== undefined) return bucket.amount;
  const known = allocation.flatMap(({ id, buckets }) => buckets.map((item) => `${id}/${item.id}`));
  const message = `There is no bucket "${place.bucket}" in a group "${place.group}".`;
  tools.report(path, message, known.join(', '), 'PLAN_UNKNOWN_NAME');
  return 0n as Wei;
}

function resolveStaking(
  input: NonNullable<PlanInput['staking']>,
  allocation: readonly ResolvedGroup[],
  tools: ResolveTools,
): ResolvedStaking {
  const { group, bucket, account } = input.reserve;
  findBucket(allocation, input.reserve, 'staking.reserve.bucket', tools);
  const held = allocation
    .flatMap(({ liquid }) => liquid)
    .filter((entry) => entry.account === account && entry.bucket === bucket)
    .reduce((sum, entry) => sum + entry.amount, 0n);
  const periods = input.terms.map((term) => term.periods);
  if (new Set(periods).size < periods.length) {
    tools.report('staking.terms', 'Two terms have the same length.', 'different periods');
  }
  return {
    periodSeconds: input.periodDays * SECONDS_PER_DAY,
    cooldownSeconds: input.cooldownDays * SECONDS_PER_DAY,
    terms: input.terms.map((term) => ({
      periods: term.periods,
      rewardMicroPercent: parseMicroPercent(term.rewardPercent),
    })),
    reserveAccount: account,
    reserveAddress: tools.accountAddress(account, 'staking.reserve.account'),
    reserve: held as Wei,
    group,
    bucket,
  };
}

function resolveProgrammes(
  plan: PlanInput,
  allocation: readonly ResolvedGroup[],
  tools: ResolveTools,
): ResolvedProgramme[] {
  return Object.entries(plan.programmes ?? {}).map(([id, programme]) => {
    const path = `programmes.${id}`;
    const whole = findBucket(allocation, programme, `${path}.bucket`, tools);
    const amount = programme.budget ?? { percent: '100' };
    const rest = { path, amount: { remainder: true as const } };
    const parts = [{ path: `${path}.budget`, amount }, rest];
    const [budget] = resolveAmounts(whole, parts, tools.report);
    if ((programme.kind === 'epoch-budget') !== (programme.epochDays !== undefined)) {
      tools.report(path, 'epochDays belongs to kind epoch-budget.', 'both or neither');
    }
    const epoch = (programme.epochDays ?? 1) * SECONDS_PER_DAY;
    if ((programme.durationMonths * SECONDS_PER_MONTH) % epoch !== 0) {
      const message = `${programme.durationMonths} months are no whole number of epochs.`;
      tools.report(`${path}.epochDays`, message, 'a divisor of the duration, e.g. 5 or 10 days');
    }
    return {
      id,
      label: programme.label,
      group: programme.group,
      bucket: programme.bucket,
      account: programme.account,
      address: tools.accountAddress(programme.account, `${path}.account`),
      budget: budget!,
      kind: programme.kind,
      startSeconds: programme.startMonths * SECONDS_PER_MONTH,
      durationSeconds: programme.durationMonths * SECONDS_PER_MONTH,
      ...(programme.epochDays !== undefined && {
        epochSeconds: programme.epochDays * SECONDS_PER_DAY,
      }),
    };
  });
}

function checksummed(accounts: Readonly<Record<string, string>>): Record<string, Address> {
  return Object.fromEntries(
    Object.entries(accounts).map(([name, address]) => [name, checksumAddress(address)]),
  );
}

function provenanceOf(node: PlanNode): Record<string, Provenance> {
  const table: Record<string, Provenance> = {};
  for (const [path, { value, source }] of leavesOf(node)) {
    if (source === undefined || value === null) continue;
    const { unit, ...rest } = source;
    table[path] = { value, unit: unit ?? leafMeta(path)?.unit ?? '', ...rest };
  }
  return table;
}
