import { checkAccounts } from './checks/accounts.js';
import { checkBlockZero } from './checks/block-zero.js';
import { checkContracts } from './checks/contracts.js';
import { checkGenesisFile } from './checks/genesis-file.js';
import { checkGenesisHash } from './checks/genesis-hash.js';
import { checkHead } from './checks/head.js';
import { checkLedgers } from './checks/ledgers.js';
import { checkNodes } from './checks/nodes.js';
import { checkPlan } from './checks/plan.js';
import { checkReceipts } from './checks/receipts.js';
import { checkReplay } from './checks/replay.js';
import { checkRoles } from './checks/roles.js';
import { checkSupply } from './checks/supply.js';
import { checkTransactions } from './checks/transactions.js';
import type { AuditCheck } from './finding.js';

/** Every check of a deployment, in the order in which they are told. */
export const auditChecks: readonly AuditCheck[] = [
  checkGenesisFile,
  checkGenesisHash,
  checkPlan,
  checkBlockZero,
  checkReplay,
  checkTransactions,
  checkReceipts,
  checkContracts,
  checkAccounts,
  checkSupply,
  checkLedgers,
  checkRoles,
  checkNodes,
  checkHead,
];
