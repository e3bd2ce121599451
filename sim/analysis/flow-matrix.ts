import { ToolkitError } from '../../genesis/base/errors.js';

type Amounts = Readonly<Record<string, number | bigint | string>>;

/** Sectors of the model's accounts; rewards that are not yet paid count as programmes. */
const sectors: Readonly<Record<string, string>> = {
  blackhole: 'burned',
  vault: 'lockedByVesting',
  wallets: 'contributors',
  pool: 'market',
  orders: 'market',
  payments: 'buyers',
  fees: 'buyers',
  poolFunds: 'buyers',
  speculators: 'speculators',
  staked: 'staked',
  cooldown: 'staked',
  nodeStake: 'nodes',
  nodeUnbonding: 'nodes',
  nodeFree: 'nodes',
  nodeBids: 'nodes',
  treasury: 'treasury',
  validators: 'validators',
  contributorPool: 'programmes',
  questAccrued: 'programmes',
  surfAccrued: 'programmes',
  dataPool: 'programmes',
  dataAccrued: 'programmes',
  nodePool: 'programmes',
  nodeLocked: 'programmes',
  stakingReserve: 'programmes',
  stakingReserved: 'programmes',
  faucet: 'programmes',
};

/** The sector of an account of the model's ledger. @example sectorOf('questAccrued') // 'programmes' */
export function sectorOf(account: string): string {
  if (account.startsWith('programme:')) return 'programmes';
  if (account.startsWith('holders:')) return 'holders';
  return sectors[account] ?? 'others';
}

/** Sector by sector, per mechanism. Every row and every column sums to zero. */
export interface FlowMatrix {
  /** Names of the columns; the last, `issue`, is what the protocol has put into the world. */
  readonly sectors: readonly string[];
  /** Genesis balances first, one row per mechanism, then the closing balances with the sign turned. */
  readonly rows: readonly { readonly id: string; readonly net: readonly bigint[] }[];
}

/**
 * The transaction-flow matrix of a run in micro-tokens (Godley and Lavoie): receipts positive, payments negative.
 *
 * @param flows By mechanism: net flow into each account; the mechanism `genesis` allots what `others` was issued.
 * @throws ToolkitError `FLOW_MATRIX_UNBALANCED` when a row or a column does not sum to zero.
 * @example flowMatrix(run.flows, run.finals, supply).rows[0] // { id: 'genesis', net: [...] }
 */
export function flowMatrix(
  flows: Readonly<Record<string, Amounts>>,
  finals: Amounts,
  supply: bigint,
): FlowMatrix {
  const bySector = (amounts: Amounts, sign = 1n) => {
    const sums = new Map<string, bigint>();
    for (const [account, amount] of Object.entries(amounts)) {
      const sector = sectorOf(account);
      sums.set(sector, (sums.get(sector) ?? 0n) + sign * BigInt(amount));
    }
    return sums;
  };
  const { genesis = {}, ...mechanisms } = flows;
  const opening = bySector(genesis);
  opening.set('others', (opening.get('others') ?? 0n) + supply).set('issue', -supply);
  const closing = bySector(finals, -1n).set('issue', supply);
  const table = [
    ['genesis', opening] as const,
    ...Object.entries(mechanisms).map(([id, row]) => [id, bySector(row)] as const),
    ['closing', closing] as const,
  ];
  const names = [
    ...new Set(table.flatMap(([, sums]) => [...sums.keys()].filter((name) => name !== 'issue'))),
    'issue',
  ];
  const rows = table.map(([id, sums]) => ({ id, net: names.map((name) => sums.get(name) ?? 0n) }));
  const refuse = (what: string, difference: bigint) => {
    if (difference === 0n) return;
    throw new ToolkitError({
      code: 'FLOW_MATRIX_UNBALANCED',
      message: `The ${what} of the flow matrix sums to ${difference} micro-tokens.`,
      allowed: '0',
      where: what,
    });
  };
  for (const { id, net } of rows)
    refuse(
      `row ${id}`,
      net.reduce((sum, amount) => sum + amount, 0n),
    );
  for (const [at, name] of names.entries())
    refuse(
      `column ${name}`,
      rows.reduce((sum, { net }) => sum + net[at]!, 0n),
    );
  return {
    sectors: names,
    rows: rows.filter(({ net }) => net.some((amount) => amount !== 0n)),
  };
}
