import { formatTokens, type Wei } from '../genesis/base/amount.js';
import { SECONDS_PER_MONTH } from '../genesis/base/time.js';
import type { Provenance, ResolvedPlan } from '../genesis/plan/resolved-plan.js';
import { unlockedSupply } from '../genesis/plan/unlocked-supply.js';
import { formatTable } from './output.js';

/** Months at which supply tables are drawn. */
export const supplyMonths = [0, 3, 6, 9, 12, 18, 24, 36, 48, 60] as const;

/** The parts of a resolved plan as text tables; a part that the plan lacks is undefined. */
export function planTables(plan: ResolvedPlan) {
  return {
    allocation: allocationTable(plan),
    supply: supplyTable(plan),
    chain: chainTable(plan),
    accounts: formatTable(['account', 'address'], Object.entries(plan.accounts)),
    fees: feesTable(plan),
    staking: stakingTable(plan),
    programmes: programmesTable(plan),
    economy: plan.economy && provenanceTable(plan, 'economy.'),
    provenance: provenanceTable(plan, ''),
  };
}

/** Millions of tokens with one decimal. @example formatMillions(parseTokens('1234567')) // '1.2' */
export function formatMillions(amount: Wei): string {
  const tenths = (amount + 5n * 10n ** 22n) / 10n ** 23n;
  return `${(tenths / 10n).toLocaleString('en-US').replaceAll(',', '_')}.${tenths % 10n}`;
}

function percentOf(amount: Wei, whole: Wei): string {
  return (Number((amount * 1_000_000n) / whole) / 10_000).toFixed(2);
}

function sourceOf(plan: ResolvedPlan, ...paths: string[]): string {
  const found = paths.map((path) => plan.provenance[path]).find((item) => item !== undefined);
  return found === undefined ? 'not stated' : shortSource(found);
}

function shortSource({ source, confidence, assumed }: Provenance): string {
  const text = source.length > 60 ? `${source.slice(0, 57)}...` : source;
  return `${confidence}${assumed ? ' assumed' : ''}: ${text}`;
}

function allocationTable(plan: ResolvedPlan): string {
  const rows = plan.allocation.flatMap((group) => {
    const path = `allocation.${group.id}`;
    const schedule =
      group.mode === 'liquid'
        ? 'liquid'
        : `${group.mode} ${group.lockSeconds / SECONDS_PER_MONTH} + ${group.linearSeconds / SECONDS_PER_MONTH} m`;
    const kinds = ['percent', 'tokens', 'remainder'].map((kind) => `${path}.amount.${kind}`);
    const own = [
      group.label,
      percentOf(group.amount, plan.token.supply),
      formatTokens(group.amount),
      formatMillions(group.tgeAmount),
      schedule,
      sourceOf(plan, ...kinds),
    ];
    const parts =
      group.buckets.length < 2
        ? []
        : group.buckets.map((bucket) => {
            const kinds = ['percent', 'tokens', 'remainder'].map(
              (kind) => `${path}.buckets.${bucket.id}.amount.${kind}`,
            );
            const liquid = group.liquid.filter((entry) => entry.bucket === bucket.id);
            const free = liquid.reduce((sum, entry) => sum + entry.amount, 0n) as Wei;
            return [
              `  ${bucket.label}`,
              percentOf(bucket.amount, plan.token.supply),
              formatTokens(bucket.amount),
              formatMillions(free),
              '',
              sourceOf(plan, ...kinds),
            ];
          });
    return [own, ...parts];
  });
  const supply = [
    'Supply',
    '100.00',
    formatTokens(plan.token.supply),
    '',
    '',
    sourceOf(plan, 'token.supply'),
  ];
  return formatTable(
    ['group', '%', plan.token.symbol, 'M at TGE', 'schedule', 'source'],
    [...rows, supply],
  );
}

function supplyTable(plan: ResolvedPlan): string {
  const rows = supplyMonths.map((month) => {
    const { total, groups } = unlockedSupply(plan, month * SECONDS_PER_MONTH);
    const parts = plan.allocation.map((group) => formatMillions(groups[group.id]!));
    return [String(month), formatMillions(total), percentOf(total, plan.token.supply), ...parts];
  });
  const head = ['month', 'unlocked M', '%', ...plan.allocation.map((group) => group.id)];
  return `Unlocked supply in millions of ${plan.token.symbol} (liquid at TGE and vested; treasury and reserves included)\n${formatTable(head, rows)}`;
}

function chainTable(plan: ResolvedPlan): string {
  const { chain, predeploys } = plan;
  const row = (name: string, value: unknown, path: string) => [
    name,
    String(value),
    sourceOf(plan, path),
  ];
  const fee = Object.entries(chain.feeConfig).map(([name, value]) =>
    row(name, value, `chain.feeConfig.${name}`),
  );
  const upgrades = Object.entries(chain.upgrades).map(([name, value]) =>
    row(name, value, `chain.upgrades.${name}`),
  );
  const roles = Object.entries(chain.precompiles).map(([name, roles]) => {
    const admins =
      'admins' in roles ? `admin ${roles.admins.join(' ') || 'nobody'}` : 'on, without roles';
    return [
      name,
      admins,
      sourceOf(
        plan,
        `chain.precompiles.${name}.admins.0`,
        `chain.precompiles.${name}.quorumNumerator`,
      ),
    ];
  });
  const contracts = Object.entries(predeploys).map(([name, predeploy]) =>
    row(name, predeploy.address, `predeploys.${name}.address`),
  );
  return formatTable(
    ['chain', 'value', 'source'],
    [
      row('chainId', chain.chainId, 'chain.chainId'),
      row(
        'timestamp',
        `${chain.timestamp} s (${new Date(chain.timestamp * 1000).toISOString()})`,
        'chain.timestamp',
      ),
      ...fee,
      ...upgrades,
      ...roles,
      ...contracts,
    ],
  );
}

function feesTable(plan: ResolvedPlan): string {
  const { mode, burnBasisPoints, payees } = plan.fees;
  const rest = 10_000 - burnBasisPoints;
  const rows = payees.map(({ account, address, basisPoints }) => [
    account,
    String(basisPoints),
    ((rest * basisPoints) / 1_000_000).toFixed(2),
    address,
    sourceOf(plan, `fees.payees.${account}`),
  ]);
  const burn = `Fees: mode ${mode}, burned ${(burnBasisPoints / 100).toFixed(2)} % (${sourceOf(plan, 'fees.burnBasisPoints', 'fees.mode')})`;
  if (rows.length === 0) return burn;
  return `${burn}\n${formatTable(['payee', 'bp of rest', '% of fee', 'address', 'source'], rows)}`;
}

function stakingTable(plan: ResolvedPlan): string | undefined {
  const { staking } = plan;
  if (staking === undefined) return undefined;
  const days = (seconds: number) => seconds / 86_400;
  const rows = staking.terms.map(({ periods, rewardMicroPercent }, index) => [
    String(periods),
    String(periods * days(staking.periodSeconds)),
    formatTokens((rewardMicroPercent * 10n ** 12n) as Wei),
    sourceOf(plan, `staking.terms.${index}.rewardPercent`),
  ]);
  const head = `Staking: periods of ${days(staking.periodSeconds)} days, cooldown ${days(staking.cooldownSeconds)} days, reserve in block 0 ${formatTokens(staking.reserve)} ${plan.token.symbol}`;
  return `${head}\n${formatTable(['periods', 'days', 'reward %', 'source'], rows)}`;
}

function programmesTable(plan: ResolvedPlan): string | undefined {
  if (plan.programmes.length === 0) return undefined;
  const rows = plan.programmes.map((programme) => [
    programme.label,
    formatTokens(programme.budget),
    programme.kind,
    `${programme.startSeconds / SECONDS_PER_MONTH} + ${programme.durationSeconds / SECONDS_PER_MONTH} m`,
    `${programme.group}/${programme.bucket}`,
    sourceOf(plan, `programmes.${programme.id}.durationMonths`),
  ]);
  return formatTable(['programme', plan.token.symbol, 'kind', 'months', 'bucket', 'source'], rows);
}

function provenanceTable(plan: ResolvedPlan, prefix: string): string {
  const rows = Object.entries(plan.provenance)
    .filter(([path]) => path.startsWith(prefix))
    .map(([path, item]) => [path, String(item.value), item.unit, shortSource(item)]);
  return formatTable(['value of', 'value', 'unit', 'source'], rows);
}
