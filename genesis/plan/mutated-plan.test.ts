import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ToolkitError } from '../base/errors.js';
import { resolvePlan } from './resolve-plan.js';

const text = readFileSync(new URL('../plans/neutral.yaml', import.meta.url), 'utf8');
const numRuns = Number(process.env.FUZZ_RUNS ?? 150);

/** Resolves or refuses; anything but a located PLAN_INVALID is a fault. Returns the supply check of what resolved. */
function outcome(mutated: string): 'sound' | 'refused' {
  try {
    const plan = resolvePlan({ text: mutated, file: 'mutated.yaml' });
    const sum = plan.allocation.reduce((left, { amount }) => left + amount, 0n);
    expect(sum).toBe(plan.token.supply);
    return 'sound';
  } catch (error) {
    const { code, problems } = error as ToolkitError;
    expect(code, String(error)).toBe('PLAN_INVALID');
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expect(problem.path).not.toBe('');
    return 'refused';
  }
}

it('any damage to a plan file is either harmless or refused with its place', () => {
  const pieces = [
    '',
    ':',
    '{',
    ']',
    '"',
    "'",
    '- ',
    '\n',
    '  ',
    '0',
    '-1',
    '1e999',
    '.nan',
    'null',
    '*a',
    '&a ',
    '!!set',
    '__proto__: 1\n',
    'constructor',
    '\ud800',
    '\u0000',
    '#',
    '|',
    '>',
    '? ',
    '<<: 1',
  ];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(text.length), fc.nat(12), fc.constantFrom(...pieces)), {
        minLength: 1,
        maxLength: 3,
      }),
      (edits) => {
        let mutated = text;
        for (const [at, drop, piece] of edits) {
          mutated = mutated.slice(0, at) + piece + mutated.slice(at + drop);
        }
        outcome(mutated);
      },
    ),
    { numRuns },
  );
});

it.each([
  ['at the top', `__proto__: 1\n${text}`],
  ['in a section', text.replace('  symbol', '  __proto__: { supply: "1" }\n  symbol')],
  [
    'as an account',
    text
      .replace(
        '  faucet:',
        "  constructor: '0x1000000000000000000000000000000000000009'\n  faucet:",
      )
      .replace('account: founders', 'account: toString'),
  ],
])('names of built-in properties are nothing special %s', (_, mutated) => {
  expect(mutated).not.toBe(text);
  expect(outcome(mutated)).toBe('refused');
});
