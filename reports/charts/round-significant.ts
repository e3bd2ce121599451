/** Rounds to `digits` significant digits, so that a specification does not carry noise. @example roundSignificant(0.0123456, 3) // 0.0123 */
export function roundSignificant(value: number, digits = 6): number {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : value;
}
