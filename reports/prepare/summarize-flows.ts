import type { BalanceSheet, FlowMatrix } from '../report-input.js';

type Amounts = Readonly<Record<string, number | bigint>>;

export interface SummarizeFlowsParameters {
  readonly label: string;
  /** Net micro-tokens by mechanism and account, as the model's ledger keeps them: whole numbers. */
  readonly flows: Readonly<Record<string, Amounts>>;
  /** Balances in micro-tokens by account, at labelled days. */
  readonly balances: readonly {
    readonly label: string;
    readonly day: number;
    readonly accounts: Amounts;
  }[];
  /** The sector of an account; default: every account is its own sector. */
  readonly sectorOf?: (account: string) => string;
}

/**
 * The flow matrix and the balance sheets by sector. Sectors stand in the order in which they first appear; rows of
 * mechanisms that moved nothing between sectors are left out.
 */
export function summarizeFlows(parameters: SummarizeFlowsParameters): {
  readonly flows: FlowMatrix;
  readonly balanceSheets: readonly BalanceSheet[];
} {
  const sectorOf = parameters.sectorOf ?? ((account: string) => account);
  const bySector = (accounts: Amounts) => {
    const sums = new Map<string, bigint>();
    for (const [account, amount] of Object.entries(accounts)) {
      const sector = sectorOf(account);
      sums.set(sector, (sums.get(sector) ?? 0n) + BigInt(amount));
    }
    return sums;
  };
  const sheets = parameters.balances.map(({ label, day, accounts }) => ({
    label,
    day,
    sums: bySector(accounts),
  }));
  const rows = Object.entries(parameters.flows).map(([id, accounts]) => ({
    id,
    sums: bySector(accounts),
  }));
  const sectors = [...new Set([...sheets, ...rows].flatMap(({ sums }) => [...sums.keys()]))];
  return {
    flows: {
      label: parameters.label,
      sectors: sectors.map((id) => ({ id, label: spaced(id) })),
      rows: rows
        .map(({ id, sums }) => ({
          id,
          label: spaced(id),
          netMicro: sectors.map((sector) => sums.get(sector) ?? 0n),
        }))
        .filter((row) => row.netMicro.some((amount) => amount !== 0n)),
    },
    balanceSheets: sheets.map(({ label, day, sums }) => ({
      label,
      day,
      balancesMicro: sectors.map((sector) => ({ sector, micro: sums.get(sector) ?? 0n })),
    })),
  };
}

/** @example spaced('dataStaking') // 'data staking' */
function spaced(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase();
}
