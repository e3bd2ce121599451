/** Where a sampler takes its random bits from: `Stream`, or a list of words in a test. */
export interface RandomSource {
  /** The next unsigned 32-bit word. */
  word(): number;
}
