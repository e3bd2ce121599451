import { parseTokens, type Wei } from '../base/amount.js';
import { SECONDS_PER_MONTH } from '../base/time.js';
import type { AmountInput, PlanInput } from './plan-schema.js';
import { type ReportAmount, resolveAmounts } from './resolve-amounts.js';
import type {
  Address,
  ResolvedBucket,
  ResolvedGrant,
  ResolvedGroup,
  ResolvedLiquid,
  VestingMode,
} from './resolved-plan.js';

type GroupInput = PlanInput['allocation'][string];
type GrantInput = NonNullable<NonNullable<GroupInput['buckets']>[string]['grants']>[string];

interface AllocationTools {
  readonly report: ReportAmount;
  /** Finds an account's address; reports an unknown name at the path. */
  readonly accountAddress: (name: string, path: string) => Address;
}

/**
 * Divides the supply into groups, buckets, vesting grants and free balances, exactly: Σ groups = supply,
 * and in each group Σ buckets = Σ grants + Σ liquid = its amount.
 *
 * Percentages: of a group and a bucket, of the supply; of `tge`, of the group; of a liquid entry, of the TGE part;
 * of a grant, of what of its bucket is not liquid.
 */
export function resolveAllocation(plan: PlanInput, tools: AllocationTools): ResolvedGroup[] {
  const supply = parseTokens(plan.token.supply);
  const entries = Object.entries(plan.allocation);
  if (entries.length === 0) tools.report('allocation', 'There is no group.', 'at least one group');
  const parts = entries.map(([id, group]) => ({
    path: `allocation.${id}.amount`,
    amount: group.amount,
  }));
  const amounts = resolveAmounts(supply, parts, tools.report);
  return entries.map(([id, group], index) =>
    resolveGroup(
      { id, group, amount: amounts[index]!, supply, start: plan.chain.timestamp },
      tools,
    ),
  );
}

interface GroupWork {
  readonly id: string;
  readonly group: GroupInput;
  readonly amount: Wei;
  readonly supply: Wei;
  readonly start: number;
}

function resolveGroup(work: GroupWork, tools: AllocationTools): ResolvedGroup {
  const { id, group, amount, supply } = work;
  const path = `allocation.${id}`;
  const bucketEntries = Object.entries(
    group.buckets ?? { [id]: { label: group.label, amount: { remainder: true as const } } },
  );
  const bucketAmounts = resolveAmounts(
    amount,
    bucketEntries.map(([bucket, { amount: part }]) => ({
      path: `${path}.buckets.${bucket}.amount`,
      amount: part,
    })),
    tools.report,
    { base: supply },
  );
  const buckets: ResolvedBucket[] = bucketEntries.map(([bucket, { label }], index) => ({
    id: bucket,
    label,
    amount: bucketAmounts[index]!,
  }));
  const tgeAmount = tgeOf(work, path, tools);
  const liquid = resolveLiquid(work, tgeAmount, buckets, tools);
  const grants = resolveGrants(work, buckets, liquid, tools);
  return {
    id,
    label: group.label,
    amount,
    tgeAmount,
    mode: group.mode,
    lockSeconds: (group.lockMonths ?? 0) * SECONDS_PER_MONTH,
    linearSeconds: (group.linearMonths ?? 0) * SECONDS_PER_MONTH,
    buckets,
    grants,
    liquid,
  };
}

function tgeOf({ group, amount }: GroupWork, path: string, tools: AllocationTools): Wei {
  if (group.tge === undefined) return group.mode === 'liquid' ? amount : (0n as Wei);
  const spent: AmountInput = group.tge;
  if (group.mode === 'liquid') {
    tools.report(`${path}.tge`, 'A liquid group is free at TGE as a whole.', 'no tge key');
    return amount;
  }
  const [tge] = resolveAmounts(
    amount,
    [
      { path: `${path}.tge`, amount: spent },
      { path: `${path}.tge`, amount: { remainder: true } },
    ],
    tools.report,
  );
  return tge!;
}

function resolveLiquid(
  work: GroupWork,
  tgeAmount: Wei,
  buckets: readonly ResolvedBucket[],
  tools: AllocationTools,
): ResolvedLiquid[] {
  const { id, group } = work;
  const stated = Object.entries(group.liquid ?? {});
  if (stated.length === 0) {
    if (tgeAmount === 0n) return [];
    const account = accountOf(work, undefined, `allocation.${id}.account`, tools);
    const address = tools.accountAddress(account, `allocation.${id}.account`);
    return [{ account, address, bucket: buckets[0]!.id, amount: tgeAmount }];
  }
  const path = `allocation.${id}.liquid`;
  const amounts = resolveAmounts(
    tgeAmount,
    stated.map(([account, { amount }]) => ({ path: `${path}.${account}.amount`, amount })),
    tools.report,
  );
  return stated.flatMap(([account, entry], index) => {
    const bucket = entry.bucket ?? buckets[0]!.id;
    if (!buckets.some((known) => known.id === bucket)) {
      const names = buckets.map((known) => known.id).join(', ');
      tools.report(`${path}.${account}.bucket`, `There is no bucket "${bucket}".`, names);
    }
    const address = tools.accountAddress(account, `${path}.${account}`);
    return amounts[index]! > 0n ? [{ account, address, bucket, amount: amounts[index]! }] : [];
  });
}

function resolveGrants(
  work: GroupWork,
  buckets: readonly ResolvedBucket[],
  liquid: readonly ResolvedLiquid[],
  tools: AllocationTools,
): ResolvedGrant[] {
  const { id, group } = work;
  const done = new Map<string, Map<string, Wei>>();
  const open = new Set<string>();
  const statedOf = (bucket: string): Record<string, GrantInput> | undefined =>
    group.buckets?.[bucket]?.grants;
  const restOf = (bucket: ResolvedBucket, path: string): Wei => {
    const free = liquid
      .filter((entry) => entry.bucket === bucket.id)
      .reduce((sum, entry) => sum + entry.amount, 0n);
    if (free > bucket.amount) {
      tools.report(
        path,
        `More is free at TGE than the bucket holds, by ${free - bucket.amount} wei.`,
      );
      return 0n as Wei;
    }
    return (bucket.amount - free) as Wei;
  };
  const amountsOf = (bucket: ResolvedBucket): Map<string, Wei> => {
    const known = done.get(bucket.id);
    if (known !== undefined) return known;
    open.add(bucket.id);
    const path = `allocation.${id}.buckets.${bucket.id}`;
    const rest = restOf(bucket, path);
    const stated = Object.entries(
      statedOf(bucket.id) ?? { [bucket.id]: { amount: { remainder: true as const } } },
    );
    const parts = stated.map(([grant, { amount }]) => ({
      path: `${path}.grants.${grant}.amount`,
      amount,
    }));
    const amounts = resolveAmounts(rest, parts, tools.report, { equalTo });
    const map = new Map(stated.map(([grant], index) => [grant, amounts[index]!]));
    open.delete(bucket.id);
    done.set(bucket.id, map);
    return map;
  };
  function equalTo(grant: string, path: string): Wei {
    const bucket = buckets.find((item) =>
      Object.hasOwn(statedOf(item.id) ?? { [item.id]: 0 }, grant),
    );
    if (bucket === undefined || open.has(bucket.id)) {
      const message =
        bucket === undefined
          ? `The group has no grant "${grant}".`
          : `"${grant}" depends on itself.`;
      tools.report(path, message, 'the id of a grant of another bucket of the group');
      return 0n as Wei;
    }
    return amountsOf(bucket).get(grant)!;
  }
  return buckets.flatMap((bucket) => {
    const amounts = amountsOf(bucket);
    return [...amounts].flatMap(([grant, amount]) => {
      if (amount === 0n) return [];
      return [grantOf(work, bucket, grant, amount, statedOf(bucket.id)?.[grant], tools)];
    });
  });
}

function grantOf(
  work: GroupWork,
  bucket: ResolvedBucket,
  id: string,
  amount: Wei,
  stated: GrantInput | undefined,
  tools: AllocationTools,
): ResolvedGrant {
  const { group, start } = work;
  const path = `allocation.${work.id}`;
  const where = stated === undefined ? path : `${path}.buckets.${bucket.id}.grants.${id}`;
  const account = stated?.account ?? accountOf(work, bucket.id, path, tools);
  const usual = group.mode === 'liquid' ? undefined : group.mode;
  const mode: VestingMode | undefined = stated?.mode ?? usual;
  const lockMonths = stated?.lockMonths ?? group.lockMonths ?? 0;
  const linearMonths = stated?.linearMonths ?? group.linearMonths ?? 0;
  if (mode === undefined) {
    tools.report(where, 'A liquid group has no part that vests.', 'mode lock-then-linear or cliff');
  }
  if (mode === 'cliff' && linearMonths < lockMonths) {
    tools.report(
      where,
      'In mode cliff the linear time contains the lock.',
      'linearMonths >= lockMonths',
    );
  }
  if (linearMonths + lockMonths === 0) {
    tools.report(where, 'This grant has no schedule.', 'lockMonths or linearMonths above 0');
  }
  return {
    id,
    label: stated?.label ?? bucket.label,
    bucket: bucket.id,
    account,
    beneficiary: tools.accountAddress(account, where),
    amount,
    tgeAmount: 0n as Wei,
    start,
    lockSeconds: lockMonths * SECONDS_PER_MONTH,
    linearSeconds: linearMonths * SECONDS_PER_MONTH,
    mode: mode ?? 'lock-then-linear',
    revocable: stated?.revocable ?? group.revocable ?? false,
  };
}

function accountOf(
  { group }: GroupWork,
  bucket: string | undefined,
  path: string,
  tools: AllocationTools,
): string {
  const account =
    (bucket === undefined ? undefined : group.buckets?.[bucket]?.account) ?? group.account;
  if (account === undefined) {
    tools.report(path, 'Nobody is named to receive this.', 'account: the name of an account');
  }
  return account ?? '';
}
