import { ToolkitError } from '../../../genesis/base/errors.js';

/**
 * Refuses a parameter of a sampler that is not a number between `low` and `high` (both included), or not an integer
 * where one is needed.
 *
 * @throws ToolkitError `SAMPLER_INVALID`
 */
export function verifyNumber(
  name: string,
  value: number,
  low: number,
  high: number,
  integer = false,
): void {
  if (value >= low && value <= high && (!integer || Math.floor(value) === value)) return;
  throw new ToolkitError({
    code: 'SAMPLER_INVALID',
    message: `${name} is ${value}.`,
    allowed: `${integer ? 'an integer' : 'a number'} from ${low} to ${high}`,
    exitCode: 2,
  });
}
