import type { MechanismDefinition } from './mechanism.js';
import { adoption } from './mechanisms/adoption.js';
import { buyers } from './mechanisms/buyers.js';
import { claims } from './mechanisms/claims.js';
import { contribution } from './mechanisms/contribution.js';
import { dataSharing } from './mechanisms/data-sharing.js';
import { emission } from './mechanisms/emission.js';
import { gas } from './mechanisms/gas.js';
import { holders } from './mechanisms/holders.js';
import { market } from './mechanisms/market.js';
import { nodes } from './mechanisms/nodes.js';
import { operatorSales } from './mechanisms/operator-sales.js';
import { payments } from './mechanisms/payments.js';
import { pools } from './mechanisms/pools.js';
import { receipts } from './mechanisms/receipts.js';
import { shocks } from './mechanisms/shocks.js';
import { soulbound } from './mechanisms/soulbound.js';
import { speculators } from './mechanisms/speculators.js';
import { staking } from './mechanisms/staking.js';
import { vesting } from './mechanisms/vesting.js';

/** The mechanisms of the economy; their order comes from what they declare. */
export const mechanisms: readonly MechanismDefinition[] = [
  shocks,
  vesting,
  emission,
  adoption,
  contribution,
  claims,
  soulbound,
  dataSharing,
  pools,
  buyers,
  receipts,
  holders,
  operatorSales,
  speculators,
  market,
  payments,
  staking,
  nodes,
  gas,
];
