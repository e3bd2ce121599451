import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.js';

const numRuns = Number(process.env.FUZZ_RUNS ?? 200);

describe('canonicalJson', () => {
  it.each([
    [{ b: 1n, a: [true, null] }, '{"a":[true,null],"b":"1"}'],
    [{ é: 1, z: 2, Z: 3, 10: 4, 9: 5 }, '{"10":4,"9":5,"Z":3,"z":2,"é":1}'],
    [{ a: undefined, b: {} }, '{"b":{}}'],
    [1e21, '1e+21'],
    [-0, '0'],
    ['"\n\u2028', '"\\"\\n\u2028"'],
    [Object.assign(Object.create(null), { x: [] }), '{"x":[]}'],
  ])('writes case %#', (value, text) => expect(canonicalJson(value)).toBe(text));

  it.each([
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [undefined],
    [() => 1],
    [Symbol('x')],
    [new Map()],
    [new Date(0)],
    [[undefined]],
    [{ a: [Number.NaN] }],
  ])('refuses case %#', (value) =>
    expect(() => canonicalJson(value)).toThrow(
      expect.objectContaining({ code: 'JSON_NOT_CANONICAL' }),
    ),
  );

  it('does not depend on the order of keys and stays readable as JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const reversed = JSON.parse(JSON.stringify(value), (_, item) =>
          item !== null && typeof item === 'object' && !Array.isArray(item)
            ? Object.fromEntries(Object.entries(item).reverse())
            : item,
        );
        const text = canonicalJson(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed)).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns },
    );
  });
});
