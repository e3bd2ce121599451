export const ACTIVE = 1;
export const DORMANT = 2;
export const LEFT = 3;

/** Columns of wallets, one cell each; amounts in micro-tokens. */
export interface WalletColumns {
  /** 0 not joined, ACTIVE, DORMANT or LEFT. */
  readonly status: Uint8Array;
  /** Tenths of a point per day for quests and for surfing; 0 for who does not take part. */
  readonly questShare: Uint16Array;
  readonly surfShare: Uint16Array;
  /** 1 for owners of a soulbound vault. */
  readonly soulbound: Uint8Array;
  /** Tenths of a full sharer's data; 0 for who shares none. */
  readonly dataShare: Uint8Array;
  /** Day on which the term of data sharing ends. */
  readonly dataEnd: Uint16Array;
  /** Day of the last claim; 0 for none. */
  readonly claimedOn: Uint16Array;
  readonly balance: Float64Array;
  /** Accumulators at the last settlement. */
  readonly questSettled: Float64Array;
  readonly surfSettled: Float64Array;
  readonly dataSettled: Float64Array;
}

/** Columns of node operators. */
export interface NodeColumns {
  readonly nodeStake: Float64Array;
  /** Rewards that vest. */
  readonly nodeLocked: Float64Array;
  /** Uptime × quality in percent; 0 below the quality threshold. */
  readonly nodeWork: Uint8Array;
  /** Running cost in USD per day. */
  readonly nodeCost: Float64Array;
  readonly nodeCheats: Uint8Array;
  /** 1 while it answers, 2 when it stopped and its stake is still locked, 0 when it is gone. */
  readonly nodeStatus: Uint8Array;
  /** Day of entry. */
  readonly nodeEntry: Uint16Array;
}

export type Columns = WalletColumns & NodeColumns;
export type ColumnName = keyof Columns;

/** Empty columns. @param wallets Room for wallets. @param nodes Room for nodes. */
export function createColumns(wallets: number, nodes: number): Columns {
  return {
    status: new Uint8Array(wallets),
    questShare: new Uint16Array(wallets),
    surfShare: new Uint16Array(wallets),
    soulbound: new Uint8Array(wallets),
    dataShare: new Uint8Array(wallets),
    dataEnd: new Uint16Array(wallets),
    claimedOn: new Uint16Array(wallets),
    balance: new Float64Array(wallets),
    questSettled: new Float64Array(wallets),
    surfSettled: new Float64Array(wallets),
    dataSettled: new Float64Array(wallets),
    nodeStake: new Float64Array(nodes),
    nodeLocked: new Float64Array(nodes),
    nodeWork: new Uint8Array(nodes),
    nodeCost: new Float64Array(nodes),
    nodeCheats: new Uint8Array(nodes),
    nodeStatus: new Uint8Array(nodes),
    nodeEntry: new Uint16Array(nodes),
  };
}
