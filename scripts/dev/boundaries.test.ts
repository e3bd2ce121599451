import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rooms = ['genesis', 'contracts', 'sim', 'subnet', 'reports', 'scripts'];
let folder: string;

/** Runs the project's own boundary rules over a small tree; returns the names of the rules broken. */
function brokenRules(files: Record<string, string>): string[] {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (const room of rooms) mkdirSync(join(folder, room), { recursive: true });
  writeFileSync(
    join(folder, 'tsconfig.json'),
    '{"compilerOptions":{"module":"ESNext","moduleResolution":"Bundler"}}',
  );
  const output = execFileSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      join(root, 'scripts/dev/dependency-cruiser.cjs'),
      '--output-type',
      'json',
      ...rooms,
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  const result = JSON.parse(output) as { summary: { violations: { rule: { name: string } }[] } };
  return [...new Set(result.summary.violations.map((violation) => violation.rule.name))].sort();
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'masa-boundaries-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const target = {
  'sim/index.ts': 'export const x = 1;\n',
  'genesis/index.ts': 'export const y = 1;\n',
};

describe('import boundaries', () => {
  it('accepts what the table allows', () => {
    const files = {
      ...target,
      'sim/model/a.ts': "import { y } from '../../genesis/index.js';\nexport const z = y;\n",
      'sim/store/b.ts': "import { join } from 'node:path';\nexport const z = join;\n",
      'scripts/c.ts': "import { x } from '../sim/index.js';\nexport const z = x;\n",
    };
    expect(brokenRules(files)).toEqual([]);
  });

  it.each([
    ['genesis-imports-nothing', 'genesis/a.ts', '../sim/index.js'],
    ['genesis-is-pure', 'genesis/a.ts', 'node:fs'],
    ['sim-is-pure', 'sim/model/a.ts', 'node:fs'],
    ['sim-imports-genesis-only', 'sim/model/a.ts', '../../subnet/b.js'],
    ['subnet-not-sim', 'subnet/a.ts', '../sim/index.js'],
    ['subnet-pure-middle', 'subnet/plan/a.ts', 'node:fs'],
    ['reports-not-subnet', 'reports/a.ts', '../subnet/b.js'],
    ['reports-genesis-base-and-plan', 'reports/a.ts', '../genesis/evm/c.js'],
    ['reports-sim-surface', 'reports/a.ts', '../sim/model/d.js'],
    ['reports-is-pure', 'reports/charts/a.ts', 'node:fs'],
  ])('refuses %s', (rule, from, to) => {
    const files = {
      ...target,
      'subnet/b.ts': 'export {};\n',
      'genesis/evm/c.ts': 'export {};\n',
      'sim/model/d.ts': 'export {};\n',
      [from]: `import * as it from '${to}';\nexport const z = it;\n`,
    };
    expect(brokenRules(files)).toEqual([rule]);
  });

  it('refuses a cycle', () => {
    const files = {
      'sim/a.ts': "import { b } from './b.js';\nexport const a = b;\n",
      'sim/b.ts': "import { a } from './a.js';\nexport const b = a;\n",
    };
    expect(brokenRules(files)).toEqual(['no-cycles']);
  });
});
