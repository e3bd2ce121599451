import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('tests every numbered case that applies, and nothing unlisted', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const argv = ['--no-warnings', '--loader', 'ts-node/esm', 'scripts/dev/contracts-cases.ts'];
  const output = execFileSync(process.execPath, argv, { cwd: root, encoding: 'utf8' });
  expect(output.trimEnd().split('\n').at(-1)).toMatch(/^105 cases, 91 apply, \d+ tests$/);
});
