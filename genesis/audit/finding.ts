import { ToolkitError } from '../base/errors.js';
import type { AuditEvidence } from './audit-evidence.js';

/** A question that the audit answers from the evidence alone. */
export interface AuditCheck {
  /** Stable name, e.g. `block-zero`. */
  readonly id: string;
  /** Numbers of the audit's check list that it answers, the leading one first. */
  readonly numbers: readonly [string, ...string[]];
  readonly title: string;
  /** What somebody should do when it fails. */
  readonly next: string;
  /** Undefined when it can be asked, else why not. */
  skipped?(evidence: AuditEvidence): string | undefined;
  run(evidence: AuditEvidence): Promise<CheckOutcome>;
}

export interface CheckOutcome {
  /** What was looked at, in one sentence with figures. */
  readonly detail: string;
  /** Where the two sides differ; none: it passes. */
  readonly differences: readonly Difference[];
  /** Facts that belong to the detail, one a line. */
  readonly notes?: readonly string[];
}

/** Outcome of one check over the evidence. */
export interface Finding {
  readonly id: string;
  /** Leading number of the check, e.g. `R-8`; the list stands in the room's README. */
  readonly check: string;
  readonly numbers: readonly string[];
  readonly title: string;
  readonly status: 'pass' | 'fail';
  readonly detail: string;
  readonly notes: readonly string[];
  /** How many differences there are, and the first ten. */
  readonly differenceCount: number;
  readonly differences: readonly Difference[];
  /** What to do; only where it failed. */
  readonly next?: string;
}

export interface Difference {
  readonly where: string;
  readonly expected: string;
  readonly actual: string;
}

/** Runs a check; an answer of the wrong shape is a difference of the check that asked. */
export async function runCheck(check: AuditCheck, evidence: AuditEvidence): Promise<Finding> {
  const { id, numbers, title, next } = check;
  const { detail, differences, notes = [] } = await attempt(check, evidence);
  return {
    id,
    check: numbers[0],
    numbers,
    title,
    status: differences.length === 0 ? 'pass' : 'fail',
    detail,
    notes,
    differenceCount: differences.length,
    differences: differences.slice(0, 10),
    ...(differences.length > 0 && { next }),
  };
}

async function attempt(check: AuditCheck, evidence: AuditEvidence): Promise<CheckOutcome> {
  try {
    return await check.run(evidence);
  } catch (error) {
    if (!(error instanceof ToolkitError) || error.code !== 'EVIDENCE_MALFORMED') throw error;
    return {
      detail: 'An answer of the node could not be read.',
      differences: [
        {
          where: error.where ?? 'the node',
          expected: error.allowed ?? 'a readable answer',
          actual: error.message,
        },
      ],
    };
  }
}
