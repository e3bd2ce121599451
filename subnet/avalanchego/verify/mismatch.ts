/** Something that a node says and that was computed otherwise. */
export interface Mismatch {
  /** What was compared, e.g. `block 0 hash`. */
  readonly what: string;
  readonly computed: string;
  readonly reported: string;
}

/** The mismatch of two texts; none when they are equal. */
export function compareTexts(
  what: string,
  computed: string,
  reported: string,
): readonly Mismatch[] {
  return computed === reported ? [] : [{ what, computed, reported }];
}
