import { z } from 'zod';

/** What a plan leaf means; editors show it, problems quote `allowed`, ASSUMPTIONS.md prints the unit. */
export interface LeafMeta {
  readonly description: string;
  readonly unit: string;
  readonly allowed: string;
}

/** A number between `min` and `max`, both included. */
export function number(description: string, unit: string, min: number, max: number) {
  const allowed = `a number from ${min} to ${max}`;
  return z.number().min(min).max(max).meta({ description, unit, allowed });
}

/** A whole number between `min` and `max`, both included. */
export function integer(description: string, unit: string, min: number, max: number) {
  const allowed = `a whole number from ${min} to ${max}`;
  return z.int().min(min).max(max).meta({ description, unit, allowed });
}

/** A share of one: 0.05 is 5 %. */
export function share(description: string) {
  return number(description, 'share of 1', 0, 1);
}

/** A hazard: probability per day, applied as 1 - exp(-rate × dt). */
export function hazard(description: string) {
  return number(description, 'per day', 0, 10);
}

/** A US dollar amount. It is a float and never becomes a token balance without a price and a floor. */
export function usd(description: string) {
  return number(description, 'USD', 0, 1e12);
}

/** Basis points of a whole: 10,000 is everything. */
export function basisPoints(description: string) {
  return integer(description, 'basis points', 0, 10_000);
}

const decimal = /^(0|[1-9][0-9]*(_[0-9]+)*)(\.[0-9]{1,18})?$/;

/** A token amount as quoted decimal text, so that no digit is lost on the way. */
export function tokens(description: string) {
  const allowed = 'a quoted decimal such as "1588866523" or "0.5", at most 18 decimals';
  return z.string().max(60).regex(decimal).meta({ description, unit: 'tokens', allowed });
}

const percentText = /^(100(\.0{1,6})?|[0-9]{1,2}(\.[0-9]{1,6})?)$/;

/** A percentage of a whole as quoted decimal text with at most six decimals. */
export function percent(description: string) {
  const allowed = 'a quoted percentage from "0" to "100", at most 6 decimals';
  return z.string().regex(percentText).meta({ description, unit: 'percent', allowed });
}

/** Free text on one line. */
export function text(description: string, max = 200) {
  const allowed = `text of 1 to ${max} characters`;
  return z.string().min(1).max(max).meta({ description, unit: 'text', allowed });
}

/** A yes-or-no switch. */
export function flag(description: string) {
  return z.boolean().meta({ description, unit: 'switch', allowed: 'true or false' });
}

/** One of a few words. */
export function choice<const T extends readonly [string, ...string[]]>(
  description: string,
  values: T,
) {
  return z.enum(values).meta({ description, unit: 'choice', allowed: values.join(', ') });
}
