import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findEngineDependence } from './find-engine-dependence.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Code whose results must be the same bytes on every machine. */
const rooms = ['sim/kernel', 'sim/model', 'sim/engine'];

const filesOf = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.(test|fuzz)\.ts$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort();

describe('code that decides numbers', () => {
  it.each(rooms)('%s uses nothing that engine, clock, environment or locale decide', (room) => {
    const files = filesOf(room);
    expect(files.length).toBeGreaterThan(2);
    const found = files.flatMap((file) =>
      findEngineDependence(file, readFileSync(join(root, file), 'utf8')),
    );
    expect(found).toEqual([]);
  });
});

describe('findEngineDependence', () => {
  it.each([
    ['Math.random()', 'Math.random'],
    ['const y = Math.exp(x);', 'Math.exp'],
    ['Math.log(2)', 'Math.log'],
    ['Math.pow(2, x)', 'Math.pow'],
    ['Math.sin(x)', 'Math.sin'],
    ['Math.cos(x)', 'Math.cos'],
    ['Math.tanh(x)', 'Math.tanh'],
    ['Math.cbrt(x)', 'Math.cbrt'],
    ['Math.hypot(x, y)', 'Math.hypot'],
    ['Math.log1p(x)', 'Math.log1p'],
    ['Math?.exp(x)', 'Math.exp'],
    ["Math['exp'](x)", 'Math.exp'],
    ['Math[name](x)', 'Math'],
    ['const { exp } = Math;', 'Math'],
    ['const m = Math;', 'Math'],
    ['const all = { Math };', 'Math'],
    ['list.map(Math.sinh)', 'Math.sinh'],
    ['f(Math)', 'Math'],
    ['x ** 0.5', '**'],
    ['x **= 2', '**'],
    ['new Date()', 'Date'],
    ['Date.now()', 'Date'],
    ['performance.now()', 'performance'],
    ['process.env.SEED', 'process'],
    ["process['hrtime']()", 'process'],
    ['globalThis.Math.exp(1)', 'globalThis'],
    ["globalThis['Date']", 'globalThis'],
    ['crypto.getRandomValues(x)', 'crypto'],
    ['setTimeout(f, 1)', 'setTimeout'],
    ["new Intl.NumberFormat('de')", 'Intl'],
    ['a.localeCompare(b)', 'localeCompare'],
    ['n.toLocaleString()', 'toLocaleString'],
    ["import { hrtime } from 'node:process';", 'node:process'],
    ["await import('x')", 'import()'],
    ["eval('1')", 'eval'],
    ['import.meta.url', 'import.meta'],
    ['const f = (x = Date.now()) => x;', 'Date'],
    ['class A extends Date {}', 'Date'],
  ])('refuses %s', (text, what) => {
    expect(findEngineDependence('a.ts', text).map((one) => one.what)).toContain(what);
  });

  it.each([
    'Math.floor(Math.sqrt(Math.abs(x))) + Math.imul(a, b) + Math.PI',
    "import { exp } from './real-functions.js';\nexp(1);",
    '10n ** 18n + (2n ** BigInt(x)) * -1n',
    'const { date, performance } = world; performance + date;',
    '/** Math.random would do. */ const text = "Date";',
    'state.process = 1; state.Date; const s = { process: 2, Date: 3 };',
    'let at: Date | undefined;',
    'interface A { process(): void }',
    'function step(process: number) { return process + 1; }',
    'import type { performance } from "./own.js";',
  ])('accepts %s', (text) => {
    expect(findEngineDependence('a.ts', text)).toEqual([]);
  });

  it('says where', () => {
    expect(findEngineDependence('a.ts', 'const x = 1;\n  Math.exp(x);')).toEqual([
      { where: 'a.ts:2:3', what: 'Math.exp' },
    ]);
  });
});
