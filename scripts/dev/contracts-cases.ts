// Compares the numbered attack and edge cases (contracts/test/cases/cases.json) with the names of the tests:
//   node --no-warnings --loader ts-node/esm scripts/dev/contracts-cases.ts
// Prints what is tested how often and what does not apply, with its reason; ends with 1 if the two differ.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Case {
  readonly number: string;
  readonly case: string;
  readonly notApplicable?: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'contracts/test');
const cases = JSON.parse(readFileSync(join(folder, 'cases/cases.json'), 'utf8')) as readonly Case[];
const solidity = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.t.sol'))
  .map((file) => readFileSync(join(folder, file), 'utf8'));
/** Cases that need a chain, not a contract, stand in a test of the engine: it('B17: …'). */
const engine = readFileSync(join(root, 'scripts/dev/contracts-reward-address.test.ts'), 'utf8');
const names = [
  ...solidity.flatMap((text) => [...text.matchAll(/function test_([VSB]\d\d)_\w+\(/g)]),
  ...engine.matchAll(/it\('([VSB]\d\d): /g),
].map(([, number]) => number!);

const problems: string[] = [];
const known = new Set(cases.map(({ number }) => number));
for (const name of names) if (!known.has(name)) problems.push(`${name} is tested but not listed`);
for (const { number, notApplicable } of cases) {
  const tests = names.filter((name) => name === number).length;
  if (notApplicable === undefined && tests === 0) problems.push(`${number} has no test`);
  if (notApplicable !== undefined && tests > 0)
    problems.push(`${number} is tested, yet listed as not applicable`);
}
for (const { number, case: text, notApplicable } of cases) {
  const tests = names.filter((name) => name === number).length;
  console.log(
    `${number}  ${notApplicable === undefined ? `${tests} test${tests === 1 ? ' ' : 's'}` : '-      '}  ${text}${notApplicable === undefined ? '' : `\n       not applicable: ${notApplicable}`}`,
  );
}
const applicable = cases.filter(({ notApplicable }) => notApplicable === undefined).length;
console.log(`${cases.length} cases, ${applicable} apply, ${names.length} tests`);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
