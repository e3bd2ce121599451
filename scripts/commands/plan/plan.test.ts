import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../context.js';
import { runMasa } from '../../dev/run-masa.js';
import { packageRoot } from '../../package-root.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'masa-plan-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const masa = (...argv: string[]) =>
  runMasa(['plan', ...argv], {
    context: { cwd: folder, packageRoot: packageRoot() } as Context,
  });

describe('masa plan check', () => {
  it.each(['masa', 'neutral'])('passes the built-in plan %s in every combination', async (name) => {
    const { exitCode, out } = await masa('check', name, '--json');
    expect(exitCode).toBe(0);
    const { ok, profiles, overlays, combinations } = JSON.parse(out);
    expect(ok).toBe(true);
    expect(combinations).toBe(profiles.length * (overlays.length + 1));
  });

  it('finds what only another profile gets wrong, and says which', async () => {
    const text = readFileSync(join(packageRoot(), 'genesis/plans/masa.yaml'), 'utf8');
    writeFileSync(join(folder, 'bad.yaml'), text.replace("percent: '30' }", "percent: '300' }"));
    const { exitCode, errors } = await masa('check', 'bad.yaml');
    expect(exitCode).toBe(2);
    expect(errors).toContain('PLAN_FORMAT');
    expect(errors).toContain('high-float, overlay none');
    expect(errors).toMatch(/\(line \d+\)/);
  });

  it.each([
    ['no file', 'absent.yaml', 'PLAN_NOT_FOUND'],
    ['a folder', '.', 'PLAN_NOT_FOUND'],
    ['a near miss of a built-in name', 'neutrl', 'Did you mean "neutral"?'],
    ['UTF-16', 'utf16.yaml', 'PLAN_ENCODING'],
    ['Latin-1', 'latin.yaml', 'PLAN_ENCODING'],
    ['far too large', 'huge.yaml', 'PLAN_NOT_FOUND'],
    ['empty', 'empty.yaml', 'PLAN_EMPTY'],
  ])('refuses %s', async (_, file, words) => {
    writeFileSync(join(folder, 'utf16.yaml'), Buffer.from('\ufeffname: x', 'utf16le'));
    writeFileSync(join(folder, 'latin.yaml'), Buffer.from('name: caf\u00e9', 'latin1'));
    writeFileSync(join(folder, 'huge.yaml'), Buffer.alloc(4_000_001, 'a'));
    writeFileSync(join(folder, 'empty.yaml'), '');
    const { exitCode, out, errors } = await masa('check', file);
    expect(exitCode).toBe(2);
    expect(out).toBe('');
    expect(errors).toContain(words);
    expect(errors).not.toMatch(/^\s+at /m);
  });

  it('reads a file with a byte-order mark', async () => {
    const text = readFileSync(join(packageRoot(), 'genesis/plans/neutral.yaml'), 'utf8');
    writeFileSync(join(folder, 'bom.yaml'), `\ufeff${text}`);
    expect((await masa('check', 'bom.yaml')).exitCode).toBe(0);
  });
});

describe('masa plan show', () => {
  it('shows groups, supply, and where the numbers come from', async () => {
    const { exitCode, out } = await masa('show');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/Team and advisers +20\.00 +317773304\.6/);
    expect(out).toMatch(/^ +12 +439\.1 /m);
    expect(out).toContain('assumed');
  });

  it.each([
    'allocation',
    'supply',
    'chain',
    'accounts',
    'fees',
    'staking',
    'programmes',
    'economy',
    'provenance',
  ])('shows the section %s alone', async (section) => {
    const { exitCode, out } = await masa('show', '--section', section);
    expect(exitCode).toBe(0);
    expect(out.split('\n').length).toBeGreaterThan(4);
  });

  it('shows a plan that lacks sections', async () => {
    const { out } = await masa('show', 'neutral');
    expect(out).toContain('mode validators');
    expect(out).not.toContain('Staking');
  });

  it('gives the whole plan as JSON, amounts as text', async () => {
    const { out } = await masa('show', '--json', '--profile', 'low-float', '--overlay', 'none');
    const { plan, hash } = JSON.parse(out);
    expect(plan.token.supply).toBe('1588866523000000000000000000');
    expect(plan.profile).toBe('low-float');
    expect(hash).toMatch(/^0x[0-9a-f]{64}$/);
  });

  it.each([
    [['--profile', 'calibrate'], 'Did you mean "calibrated"?'],
    [['--overlay', 'tesnet'], 'Did you mean "testnet"?'],
    [['--set', 'fees.burnBasisPoints=10001'], 'from 0 to 10000'],
    [['--section', 'nothing'], 'section'],
  ])('refuses %j', async (argv, words) => {
    const { exitCode, errors } = await masa('show', ...argv);
    expect(exitCode).toBe(2);
    expect(errors).toContain(words);
  });
});

describe('masa plan init', () => {
  it('writes a plan that checks, with the values asked for', async () => {
    const argv = [
      '--token',
      'Coin: x',
      '--symbol',
      'ABC',
      '--supply',
      '21000000.5',
      '--chain-id',
      '77',
    ];
    expect((await masa('init', 'own.yaml', ...argv)).exitCode).toBe(0);
    const { out } = await masa('show', 'own.yaml', '--overlay', 'none', '--json');
    const { plan } = JSON.parse(out);
    expect(plan.token).toEqual({
      name: 'Coin: x',
      symbol: 'ABC',
      decimals: 18,
      supply: '21000000500000000000000000',
    });
    expect(plan.chain.chainId).toBe(77);
    expect((await masa('check', 'own.yaml')).exitCode).toBe(0);
  });

  it('does not replace a file unless told, and leaves nothing behind', async () => {
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'sub/mine.yaml'), 'mine');
    const { exitCode, errors } = await masa('init', 'sub/mine.yaml');
    expect(exitCode).toBe(2);
    expect(errors).toContain('FILE_EXISTS');
    expect(readFileSync(join(folder, 'sub/mine.yaml'), 'utf8')).toBe('mine');
    expect((await masa('init', 'sub/mine.yaml', '--force')).exitCode).toBe(0);
    expect(readdirSync(join(folder, 'sub'))).toEqual(['mine.yaml']);
  });

  it.each([
    [['bad.out.yaml', '--supply', '1e9'], 'PLAN_FORMAT'],
    [['bad.out.yaml', '--chain-id', '-5'], 'PLAN_RANGE'],
    [['bad.out.yaml', '--symbol', 'TOO LONG A TICKER'], 'PLAN_FORMAT'],
    [['no/such/folder/bad.out.yaml'], 'FILE_NOT_WRITTEN'],
  ])('refuses %j and writes nothing', async (argv, code) => {
    const { exitCode, errors } = await masa('init', ...argv);
    expect(exitCode).toBe(2);
    expect(errors).toContain(code);
    expect(existsSync(join(folder, 'bad.out.yaml'))).toBe(false);
  });
});

describe('masa plan compare', () => {
  it('shows what differs between profiles', async () => {
    const { exitCode, out } = await masa('compare', 'masa:calibrated', 'masa:high-float');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^ +0 +200\.5 +364\.0$/m);
    expect(out).toContain('allocation.growth.tgeAmount');
  });

  it('says so when nothing differs', async () => {
    expect((await masa('compare', 'masa', 'masa:calibrated')).out).toContain('same chain');
  });

  it('compares two plans, as JSON', async () => {
    const { out } = await masa('compare', 'masa', 'neutral', '--json', '--overlay', 'none');
    const { differences, supply } = JSON.parse(out);
    expect(differences).toContainEqual({ path: 'token.symbol', a: 'MASA', b: 'NTL' });
    expect(supply[0]).toMatchObject({ month: 0, b: '850000000000000000000000000' });
  });
});

describe('masa plan schema', () => {
  it('prints the committed schema', async () => {
    const committed = readFileSync(join(packageRoot(), 'genesis/plans/plan.schema.json'), 'utf8');
    expect(`${(await masa('schema')).out}\n`).toBe(committed);
    expect(JSON.parse((await masa('schema', '--json')).out)).toEqual(JSON.parse(committed));
  });
});
