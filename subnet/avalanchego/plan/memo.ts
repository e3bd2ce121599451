/**
 * Keeps the results of slow pure functions: what `make` gives for a name and its inputs never changes, so that it may come
 * from an earlier run. Results are text.
 */
export type Memo = (
  name: string,
  inputs: readonly string[],
  make: () => Promise<string> | string,
) => Promise<string>;

/** Remembers nothing. */
export const noMemo: Memo = async (_name, _inputs, make) => make();
