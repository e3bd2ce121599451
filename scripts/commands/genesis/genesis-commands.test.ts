import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runMasa } from '../../dev/run-masa.js';

const folder = mkdtempSync(join(tmpdir(), 'masa-genesis-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const run = (...argv: string[]) => runMasa(argv);

const plain = '{"config":{"chainId":43214},"alloc":{},"difficulty":"0","gasLimit":8000000}';
const plainHash = '0xa735d4a7331c5fce92276f6a96e575830d7e12c3bba247997b088dfc990bf925';

describe('masa genesis hash', () => {
  it('given a genesis file, it prints the node’s hash', async () => {
    const path = file('plain.json', plain);
    const { exitCode, out } = await run('genesis', 'hash', path);
    expect(exitCode).toBe(0);
    expect(out).toContain(plainHash);
    const asJson = await run('genesis', 'hash', path, '--json');
    expect(JSON.parse(asJson.out)).toMatchObject({ blockHash: plainHash, chainId: '43214' });
  });

  it('given an upgrade file, it takes part', async () => {
    const path = file('plain.json', plain);
    const upgrade = file(
      'upgrade.json',
      '{"precompileUpgrades":[{"warpConfig":{"blockTimestamp":1800000000}},{}]}',
    );
    const { exitCode, errors } = await run('genesis', 'hash', path, '--upgrade', upgrade);
    expect(exitCode).toBe(2);
    expect(errors).toContain('precompileUpgrades[1]');
    expect(errors).toContain('line 1');
  });

  it('given another network, its earlier times are refused', async () => {
    const path = file('early.json', plain.replace('43214', '43214,"graniteTimestamp":1750000000'));
    expect((await run('genesis', 'hash', path)).exitCode).toBe(0);
    const { exitCode, errors } = await run('genesis', 'hash', path, '--network', 'mainnet');
    expect(exitCode).toBe(2);
    expect(errors).toContain('graniteTimestamp');
  });

  it('given a missing chain id, it warns: the file has a hash but no node starts with it', async () => {
    const path = file('no-id.json', plain.replace('"chainId":43214', ''));
    const { exitCode, out } = await run('genesis', 'hash', path);
    expect(exitCode).toBe(0);
    expect(out).toContain('warning');
  });

  it.each([
    ['no JSON', '{'],
    ['an empty file', ''],
    ['a byte order mark', `\ufeff${plain}`],
    ['binary data', new Uint8Array([0, 255, 254, 1])],
    ['an array', '[]'],
  ])('given %s, it refuses with exit code 2 and without a stack', async (_title, text) => {
    const { exitCode, errors } = await run('genesis', 'hash', file('bad.json', text));
    expect(exitCode).toBe(2);
    expect(errors).toContain('bad.json');
    expect(errors).not.toMatch(/^\s+at /m);
  });

  it('given no file or a folder, it refuses with exit code 2', async () => {
    for (const path of [join(folder, 'absent.json'), folder]) {
      const { exitCode, errors } = await run('genesis', 'hash', path);
      expect(exitCode).toBe(2);
      expect(errors).toContain('GENESIS_FILE_UNREADABLE');
    }
  });
});

describe('masa genesis lint', () => {
  it('given faults, it lists them with line and remedy and exits 1', async () => {
    const path = file('faulty.json', plain.replace('43214', '1'));
    const { exitCode, out } = await run('genesis', 'lint', path);
    expect(exitCode).toBe(1);
    expect(out).toMatch(/error chain-id-taken {2}.*faulty\.json:1 config\.chainId/);
    expect(out).toContain('Ethereum');
  });

  it('given only warnings, it exits 0, and 1 with --strict', async () => {
    const path = file('warned.json', plain.replace('43214', '1339600'));
    expect((await run('genesis', 'lint', path)).exitCode).toBe(0);
    expect((await run('genesis', 'lint', path, '--strict')).exitCode).toBe(1);
  });

  it('given a supply, it adds up', async () => {
    const path = file('supply.json', plain.replace('43214', '1339600'));
    const { exitCode, out } = await run('genesis', 'lint', path, '--supply', '1', '--json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(out).findings[0]).toMatchObject({ code: 'supply-differs' });
    expect((await run('genesis', 'lint', path, '--supply', '1e9')).exitCode).toBe(2);
  });
});

describe('masa genesis diff', () => {
  it('given other spelling of the same chain, nothing differs', async () => {
    const a = file('a.json', plain);
    const b = file('b.json', plain.replace('"0"', '"0x0"').replace('alloc', 'ALLOC'));
    expect(await run('genesis', 'diff', a, b)).toMatchObject({ exitCode: 0, out: '0 differences' });
  });

  it('given one more account, it says so and exits 1', async () => {
    const a = file('a.json', plain);
    const b = file('b.json', plain.replace('{}', `{"${'1'.repeat(40)}":{"balance":5}}`));
    const { exitCode, out } = await run('genesis', 'diff', a, b);
    expect(exitCode).toBe(1);
    expect(out).toContain(`account.0x${'1'.repeat(40)}.balance\n  - absent\n  + 5`);
    expect(out).toContain('header.stateRoot');
  });
});

describe('masa genesis build', () => {
  it('given the default plan, it writes a file that hash, lint and explain agree with', async () => {
    const path = join(folder, 'built.json');
    const built = await run('genesis', 'build', '--out', path, '--json');
    expect(built.exitCode).toBe(0);
    const { blockHash, stateRoot, chainId, predeploys, findings } = JSON.parse(built.out);
    expect([chainId, predeploys.length, findings]).toEqual([1_339_600, 5, []]);
    const hashed = await run('genesis', 'hash', path, '--json');
    expect(JSON.parse(hashed.out)).toMatchObject({ blockHash, stateRoot });
    const linted = await run('genesis', 'lint', path, '--supply', '1588866523', '--strict');
    expect(linted).toMatchObject({ exitCode: 0, out: '0 errors, 0 warnings' });
    const [ofPlan, ofFile] = [
      await run('genesis', 'explain'),
      await run('genesis', 'explain', path),
    ];
    for (const { out } of [ofPlan, ofFile]) expect(out).toContain(blockHash);
    expect(ofPlan.out).toContain('FeeSplitter (predeploy)');
    expect(ofPlan.out).toMatch(/treasury +\d+ tokens/);
  });

  it('given a file that is there, it stays unless its bytes are the same or --force is said', async () => {
    const path = file('other.json', '{}');
    const refused = await run('genesis', 'build', '--out', path);
    expect(refused.exitCode).toBe(2);
    expect(refused.errors).toContain('FILE_EXISTS');
    expect((await run('genesis', 'build', '--out', path, '--force')).exitCode).toBe(0);
    expect((await run('genesis', 'build', '--out', path)).exitCode).toBe(0);
  });

  it('given a folder that is not there, or a plan that is not, it writes nothing and exits 2', async () => {
    const nowhere = await run('genesis', 'build', '--out', join(folder, 'absent', 'genesis.json'));
    expect(nowhere.exitCode).toBe(2);
    expect(nowhere.errors).toContain('FILE_NOT_WRITTEN');
    const path = join(folder, 'never.json');
    expect((await run('genesis', 'build', '--plan', 'absent.yaml', '--out', path)).exitCode).toBe(
      2,
    );
    expect(existsSync(path)).toBe(false);
  });

  it('given the plan as it stands, its own chain id is no finding', async () => {
    const path = join(folder, 'masa.json');
    const { exitCode, out } = await run(
      'genesis',
      'build',
      '--overlay',
      'none',
      '--out',
      path,
      '--json',
    );
    expect(exitCode).toBe(0);
    expect(JSON.parse(out).findings).toEqual([]);
    expect((await run('genesis', 'lint', path)).out).toContain('chain id of Masa');
    const taken = ['--set', 'chain.chainId=43114', '--out', join(folder, 'taken.json')];
    const other = await run('genesis', 'build', ...taken, '--json');
    expect(JSON.parse(other.out).findings).toMatchObject([{ code: 'chain-id-taken' }]);
  });
});
