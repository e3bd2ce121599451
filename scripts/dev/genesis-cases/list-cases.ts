import { baseCases, type GenesisCase } from './base-cases.js';
import { applyEdits, listEdits } from './mutate.js';
import { randomCase } from './random-cases.js';

/** Everything the oracle is asked: the base files, each single change, `several` files with two or three random
 * changes, and twice as many random files. */
export function listCases(several: number, seed = 1): GenesisCase[] {
  const random = generator(seed);
  const cases: GenesisCase[] = [...baseCases];
  const sources = baseCases.flatMap((base) =>
    (['genesis', 'upgrade'] as const)
      .filter((name) => base[name] !== '')
      .map((name) => ({ base, name, edits: listEdits(base[name]) })),
  );
  for (const { base, name, edits } of sources) {
    for (const edit of edits) cases.push({ ...base, [name]: applyEdits(base[name], [edit])! });
  }
  for (let made = 0; made < several; ) {
    const { base, name, edits } = sources[random(sources.length)]!;
    const pick = () => edits[random(edits.length)]!;
    const text = applyEdits(base[name], Array.from({ length: 2 + random(2) }, pick));
    if (text === undefined) continue;
    cases.push({ ...base, [name]: text });
    made += 1;
  }
  for (let made = 0; made < several * 2; made += 1) cases.push(randomCase(random));
  return cases;
}

/** Numbers below a bound from a seed (mulberry32): the same cases on every machine. */
function generator(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}
