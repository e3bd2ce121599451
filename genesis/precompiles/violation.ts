/** A rule that a configuration breaks: the member it is about, and the sentence. */
export interface Violation {
  readonly path: string;
  readonly message: string;
}
