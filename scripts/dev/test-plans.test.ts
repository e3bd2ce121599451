import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../contracts/test/', import.meta.url));
const plans = readdirSync(folder).filter((file) => file.endsWith('.tree'));
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

it('has a plan for every contract under test', () => {
  expect(plans).toHaveLength(5);
});

it.each(plans)('%s asks for exactly the tests that exist', (plan) => {
  const tests = readFileSync(`${folder}${plan.replace('.tree', '.t.sol')}`, 'utf8');
  const written = [...tests.matchAll(/function (test(?:Fuzz)?_\w+)\(/g)].map(([, name]) => name!);
  const planned = plannedTests(readFileSync(`${folder}${plan}`, 'utf8'));
  const sorted = (names: readonly string[]) => names.map((name) => name.toLowerCase()).sort();
  expect(sorted(planned)).toEqual(sorted(written));
});
