import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
let folder: string;

function run(command: string, ...argv: string[]): string {
  return execFileSync(command, argv, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { ...process.env, MASA_HOME: join(folder, 'home') },
  });
}

// Installs the packed tarball into an empty project, as a user does.
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'masa package '));
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const [{ filename }] = JSON.parse(packed.slice(packed.indexOf('[')));
  writeFileSync(join(folder, 'package.json'), '{"name":"user","private":true,"type":"module"}');
  run(
    'npm',
    'install',
    '--omit=dev',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--loglevel=error',
    `./${filename}`,
  );
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the installed package', () => {
  it('answers npx masa --help', () => {
    expect(run('npx', '--no-install', 'masa', '--help')).toContain('masa genesis');
  });

  it.each(['genesis', 'contracts', 'subnet', 'sim', 'reports'])('can be imported: %s', (room) => {
    const script = `const it = await import('masa-l1-toolkit/${room}'); console.log(Object.keys(it).length);`;
    expect(Number(run(process.execPath, '--input-type=module', '-e', script))).toBeGreaterThan(0);
  });

  it('hashes the genesis of the built-in plan', () => {
    run('npx', '--no-install', 'masa', 'genesis', 'build', '--out', 'genesis.json');
    const text = readFileSync(join(folder, 'genesis.json'), 'utf8');
    expect(JSON.parse(text).config.chainId).toBeGreaterThan(0);
    const { blockHash } = JSON.parse(
      run('npx', '--no-install', 'masa', 'genesis', 'hash', 'genesis.json', '--json'),
    );
    expect(blockHash).toMatch(/^0x[0-9a-f]{64}$/);
  });
});

describe('deploying and auditing with the installed package, without Foundry', () => {
  const quiet = { npm_config_update_notifier: 'false' };
  const tools = ['forge', 'cast', 'anvil', 'chisel', 'solc'];
  let chain: ChildProcess;
  let url: string;
  let path: string;

  beforeAll(async () => {
    const wanted = [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'];
    path = [...new Set(wanted)]
      .filter((bin) => tools.every((tool) => !existsSync(join(bin, tool))))
      .join(delimiter);
    // Not through npx: ending it would leave the chain behind.
    const masa = join(folder, 'node_modules', 'masa-l1-toolkit', 'dist', 'scripts', 'cli.js');
    chain = spawn(process.execPath, [masa, 'subnet', 'up', '--port', '0'], { cwd: folder });
    url = await new Promise<string>((resolve, reject) => {
      let said = '';
      chain.stdout!.on('data', (text) => {
        said += text;
        const found = /answers at (http:\S+)/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
      chain.once('exit', (code) => reject(new Error(`the chain ended with ${code}: ${said}`)));
    });
  }, 60_000);
  afterAll(async () => {
    const ended = new Promise((resolve) => chain.once('exit', resolve));
    if (chain.exitCode === null && chain.kill('SIGTERM')) await ended;
  });

  /** `npx masa` as a user types it, with nothing of Foundry on the path. */
  function masa(...argv: string[]) {
    const { status, stdout, stderr } = spawnSync('npx', ['--no-install', 'masa', ...argv], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      env: { HOME: folder, MASA_HOME: join(folder, 'home'), PATH: path, ...quiet },
    });
    return { status, stdout, stderr };
  }

  function audit() {
    const { status, stdout, stderr } = masa('audit', 'deployment', '--rpc', url, '--json');
    expect(stderr).toBe('');
    const { verdict, findings } = JSON.parse(stdout);
    const failed = findings.filter((one: { status: string }) => one.status === 'fail');
    return { status, verdict, failed: failed.map((one: { check: string }) => one.check), findings };
  }

  it('has no tool of Foundry, neither installed nor on the path', () => {
    for (const tool of tools) {
      expect(existsSync(join(folder, 'node_modules', '.bin', tool))).toBe(false);
      for (const bin of path.split(delimiter)) expect(existsSync(join(bin, tool))).toBe(false);
    }
    expect(existsSync(join(folder, 'node_modules', '@foundry-rs'))).toBe(false);
  });

  it('deploys, and proves the deployment by compiling every contract again', () => {
    const deployed = masa('deploy', 'run', '--rpc', url);
    expect(deployed.stderr).toBe('');
    expect(deployed.status).toBe(0);
    const { status, verdict, failed, findings } = audit();
    expect({ status, verdict, failed }).toEqual({ status: 0, verdict: 'pass', failed: [] });
    const { detail } = findings.find(({ id }: { id: string }) => id === 'contracts');
    expect(detail).toContain('MasaStaking; solc 0.8.');
  }, 120_000);

  it('fails R-22 when one byte of a source in the package is another', () => {
    const file = join(
      folder,
      'node_modules/masa-l1-toolkit/contracts/generated/inputs/MasaStaking.json',
    );
    const text = readFileSync(file, 'utf8');
    const other = text.replace('rewardPool += msg.value', 'rewardPool -= msg.value');
    expect(other).not.toBe(text);
    writeFileSync(file, other);
    const { status, verdict, failed } = audit();
    writeFileSync(file, text);
    expect({ status, verdict, failed }).toEqual({ status: 1, verdict: 'fail', failed: ['R-22'] });
  }, 120_000);

  it('fails R-45 when one byte of a contract on the chain is another', async () => {
    const { contracts } = JSON.parse(
      readFileSync(join(folder, '.masa/deploy/1339600/deployment.json'), 'utf8'),
    );
    const { address } = contracts.find(({ name }: { name: string }) => name === 'MasaStaking');
    const call = async (method: string, params: unknown[]) => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
      const answer = (await (await fetch(url, { method: 'POST', headers, body })).json()) as {
        readonly result: string;
      };
      expect(answer).not.toHaveProperty('error');
      return answer.result;
    };
    const code = await call('eth_getCode', [address, 'latest']);
    const digit = code[200] === '0' ? '1' : '0';
    const changed = `${code.slice(0, 200)}${digit}${code.slice(201)}`;
    await call('anvil_setCode', [address, changed]);
    const { status, verdict, failed } = audit();
    expect({ status, verdict, failed }).toEqual({ status: 1, verdict: 'fail', failed: ['R-45'] });
  }, 120_000);
});
