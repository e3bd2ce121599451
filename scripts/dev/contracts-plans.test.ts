import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../contracts/test/', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
const plans = files.filter((file) => file.endsWith('.tree'));
const camel = (words: string) =>
  words
    .split(' ')
    .map((word) => `${word[0]!.toUpperCase()}${word.slice(1)}`)
    .join('');

/** Test names that a plan asks for: the words on the path from the function to each leaf. */
function plannedTests(text: string): string[] {
  const path: string[] = [];
  const names: string[] = [];
  for (const line of text.trimEnd().split('\n').slice(1)) {
    const [, indent, words] = /^([│ ]*)[├└]── (.+)$/.exec(line)!;
    const fuzz = words!.endsWith(' (fuzz)');
    path.length = indent!.length / 4;
    path.push(camel(words!.replace(' (fuzz)', '')));
    if (words!.startsWith('it ')) names.push(`${fuzz ? 'testFuzz' : 'test'}_${path.join('_')}`);
  }
  return names;
}

/** Invariants have no tree: they are the numbered list of contracts/README.md. */
it('has a plan for every file of tests', () => {
  const tests = files.filter((file) => file.endsWith('.t.sol') && !file.includes('invariants'));
  expect(plans.map((plan) => plan.replace('.tree', '.t.sol')).sort()).toEqual(tests.sort());
});

it.each(plans)('%s asks for exactly the tests that exist', (plan) => {
  const tests = readFileSync(`${folder}${plan.replace('.tree', '.t.sol')}`, 'utf8');
  const written = [...tests.matchAll(/function (test(?:Fuzz)?_\w+)\(/g)].map(([, name]) => name!);
  const text = readFileSync(`${folder}${plan}`, 'utf8');
  const sorted = (names: readonly string[]) => names.map((name) => name.toLowerCase()).sort();
  expect(sorted(plannedTests(text))).toEqual(sorted(written));
  expect(tests).toContain(`contract ${text.split('\n')[0]} is `);
});

it('lists every invariant in the README', () => {
  const readme = readFileSync(`${folder}../README.md`, 'utf8');
  const numbers = files
    .filter((file) => file.endsWith('.invariants.t.sol'))
    .flatMap((file) => [
      ...readFileSync(`${folder}${file}`, 'utf8').matchAll(/function invariant_([A-Z]{2})(\d+)_/g),
    ])
    .map(([, kind, number]) => `${kind}-${number}`);
  expect(numbers.length).toBeGreaterThanOrEqual(30);
  expect(numbers.filter((number) => !new RegExp(`${number}\\b`).test(readme))).toEqual([]);
});
