import { mulDivDown, type Wei } from '../base/amount.js';
import { ToolkitError } from '../base/errors.js';

/** A reward programme that releases a budget over time. */
export interface EmissionTerms {
  readonly budget: Wei;
  readonly kind: 'two-year-halving' | 'linear' | 'epoch-budget';
  /** Seconds after genesis. */
  readonly startSeconds: number;
  readonly durationSeconds: number;
  /** Needed by kind epoch-budget. */
  readonly epochSeconds?: number | undefined;
}

/**
 * Wei that a programme has released in total by a time. Nothing is left at the end, and no remainder is lost between:
 * the release of an interval is the difference of two totals.
 *
 * Formula, t = seconds since the start, T = duration:
 * - linear: floor(budget × t / T)
 * - two-year-halving: in the first half floor(budget × 4t / 3T), then floor(budget × (T + 2t) / 3T); 2/3 by half time
 * - epoch-budget: floor(budget × finished epochs / epochs), a shorter last epoch finishes with the programme
 *
 * @param seconds Whole seconds after genesis.
 * @throws ToolkitError `FORMULA_DOMAIN` for times that are not whole or a duration that is not positive.
 * @example emittedAmount({ budget: 90n as Wei, kind: 'two-year-halving', startSeconds: 0, durationSeconds: 20 }, 10) // 60n
 */
export function emittedAmount(terms: EmissionTerms, seconds: number): Wei {
  const { budget, kind, startSeconds, durationSeconds } = terms;
  const epochSeconds = kind === 'epoch-budget' ? terms.epochSeconds : 1;
  const whole = [seconds, startSeconds, durationSeconds, epochSeconds].every(Number.isSafeInteger);
  if (!whole || durationSeconds <= 0 || epochSeconds === undefined || epochSeconds <= 0) {
    throw new ToolkitError({
      code: 'FORMULA_DOMAIN',
      message: `No programme of kind ${kind} has start ${startSeconds}, duration ${durationSeconds}, epoch ${terms.epochSeconds} at ${seconds}.`,
      allowed: 'whole seconds; duration and epoch above 0',
    });
  }
  if (seconds <= startSeconds) return 0n as Wei;
  if (seconds >= startSeconds + durationSeconds) return budget;
  const elapsed = BigInt(seconds - startSeconds);
  const duration = BigInt(durationSeconds);
  if (kind === 'linear') return mulDivDown(budget, elapsed, duration) as Wei;
  if (kind === 'two-year-halving') {
    const weighted = 2n * elapsed < duration ? 4n * elapsed : duration + 2n * elapsed;
    return mulDivDown(budget, weighted, 3n * duration) as Wei;
  }
  const epoch = BigInt(epochSeconds);
  const epochs = (duration + epoch - 1n) / epoch;
  return mulDivDown(budget, elapsed / epoch, epochs) as Wei;
}
