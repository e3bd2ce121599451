import type { Hex } from '../base/hash.js';
import { auditChecks } from './audit-checks.js';
import { type AccountKind, countAccounts } from './count-accounts.js';
import { type Finding, runCheck } from './finding.js';
import { type GatherEvidenceParameters, gatherEvidence } from './gather-evidence.js';

export interface RunAuditParameters extends GatherEvidenceParameters {
  onCheck?(id: string, done: number, all: number): void;
}

export interface AuditResult {
  readonly verdict: 'pass' | 'fail';
  readonly chainId: number;
  readonly genesisHash: Hex;
  /** The block that everything was compared at. */
  readonly head: { readonly number: number; readonly hash: Hex };
  readonly findings: readonly Finding[];
  /** Checks that could not be asked, and why. */
  readonly skipped: readonly {
    readonly id: string;
    readonly title: string;
    readonly why: string;
  }[];
  /** Blocks that were executed again, block 0 not counted. */
  readonly blocks: number;
  readonly transactions: number;
  /** Who holds the coins after the last executed block. */
  readonly accounts: readonly AccountKind[];
}

/**
 * Compares a running chain with what a deployment manifest and a genesis file promise. Nothing that the node says is taken
 * as the proof of something else it says: hashes, states and contracts are computed here.
 *
 * @throws ToolkitError `MANIFEST_INVALID`, `GENESIS_…`, `NETWORK_IDENTITY_NEEDED` (exit 2), `RPC_UNREACHABLE` (exit 3),
 * `EVIDENCE_INCOMPLETE` (exit 4).
 */
export async function runAudit(parameters: RunAuditParameters): Promise<AuditResult> {
  const evidence = await gatherEvidence(parameters);
  const findings: Finding[] = [];
  const skipped: AuditResult['skipped'][number][] = [];
  for (const [index, check] of auditChecks.entries()) {
    parameters.onCheck?.(check.id, index, auditChecks.length);
    const why = check.skipped?.(evidence);
    if (why === undefined) findings.push(await runCheck(check, evidence));
    else skipped.push({ id: check.id, title: check.title, why });
  }
  return {
    verdict: findings.every(({ status }) => status === 'pass') ? 'pass' : 'fail',
    chainId: evidence.manifest.chainId,
    genesisHash: evidence.blockZero.blockHash,
    head: evidence.head,
    findings,
    skipped,
    blocks: evidence.blocks.length - 1,
    transactions: evidence.blocks.reduce((sum, block) => sum + block.transactions.length, 0),
    accounts: countAccounts(evidence.blocks.at(-1)!.state),
  };
}
