import { describe, expect, it } from 'vitest';
import { formatGenesis } from './format-genesis.js';

describe('formatGenesis', () => {
  it('given large integers, every digit stands as a JSON number', () => {
    expect(formatGenesis({ a: 2n ** 200n, b: [], c: {}, d: undefined, e: [true, 'x'] })).toBe(
      `{\n  "a": ${2n ** 200n},\n  "b": [],\n  "c": {},\n  "e": [\n    true,\n    "x"\n  ]\n}\n`,
    );
  });
});
