import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hashGenesis } from '../../../genesis/compile/hash-genesis.js';
import { parseGenesis } from '../../../genesis/compile/parse-genesis.js';
import { parseJournal } from '../../journal/parse-journal.js';
import { describeNetworkProfile } from '../describe-network-profile.js';
import { findTestNode } from '../find-test-node.js';
import { compileUpgradeFile } from '../network/compile-upgrade-file.js';
import { callJsonRpc } from '../process/call-json-rpc.js';
import { findProcesses } from '../process/find-processes.js';
import { getNetworkStatus } from '../state/get-network-status.js';
import { networkFolder, openNetworkFolder } from '../state/network-folder.js';
import { requireNetwork } from '../state/read-network.js';
import { verifyNetwork } from '../verify/verify-network.js';
import { type RunningNetwork, type StartNetworkParameters, startNetwork } from './start-network.js';

const { binaries, reason } = await findTestNode();
const root = mkdtempSync(join(tmpdir(), 'masa network '));
const packageRoot = join(import.meta.dirname, '../../..');
const fixtures = join(packageRoot, 'genesis/evm/fixtures');
/** All six precompiles are active in it. */
const genesis = readFileSync(join(fixtures, 'before-granite/genesis.json'), 'utf8').trimEnd();
const roots: string[] = [];

afterAll(async () => {
  const { endProcesses } = await import('../process/end-processes.js');
  for (const folder of roots) await endProcesses(openNetworkFolder(folder).root);
  rmSync(root, { recursive: true, force: true });
});

function makeFolder(): string {
  const folder = join(root, `network ${roots.length + 1}`);
  roots.push(folder);
  return folder;
}

const start = (folder: string, extra: Partial<StartNetworkParameters> = {}) =>
  startNetwork({
    binaries: binaries!,
    folder,
    genesis,
    now: Math.floor(Date.now() / 1000),
    ...extra,
  });

const processesOf = (folder: string) => findProcesses(openNetworkFolder(folder).root);
const pHeight = async ({ nodes }: RunningNetwork) =>
  Number(
    (await callJsonRpc<{ height: string }>(`${nodes[0]!.uri}/ext/bc/P`, 'platform.getHeight', {}))
      .height,
  );

/** What every finished start must have left: three transactions, once each, and one process per node. */
async function expectSound(network: RunningNetwork) {
  expect(await pHeight(network)).toBe(Object.keys(network.manifest.transactions).length);
  const nodes = processesOf(network.folder).filter(({ kind }) => kind === 'node');
  expect(nodes.map(({ pid }) => pid).sort()).toEqual(network.nodes.map(({ pid }) => pid).sort());
  const { journal } = networkFolder(network.folder);
  const { records } = parseJournal(readFileSync(journal), journal);
  const hashes = new Map<string, Set<string>>();
  for (const { message } of records) {
    if (message.kind !== 'intended') continue;
    hashes.set(message.step, (hashes.get(message.step) ?? new Set()).add(message.hash));
  }
  for (const [step, all] of hashes) expect(all.size, step).toBe(1); // never a second transaction
  expect(records.at(-1)?.message.kind).toBe('finished');
}

/** Runs the start in a process of its own that kills itself at a step, as a power cut would. */
function startAndDie(
  folder: string,
  step: string,
  state: string,
  more: object = {},
): Promise<void> {
  const module = join(import.meta.dirname, 'start-network.ts');
  const code = `
    import { startNetwork } from ${JSON.stringify(module)};
    const given = JSON.parse(process.argv.at(-1));
    await startNetwork({ ...given, onStep(step, state) {
      if (step === ${JSON.stringify(step)} && state === '${state}') process.kill(process.pid, 'SIGKILL');
    } });`;
  const given = { binaries, folder, genesis, now: Math.floor(Date.now() / 1000), ...more };
  const loader = ['--no-warnings', '--loader', 'ts-node/esm', '--input-type=module', '-e', code];
  const child = spawn(process.execPath, [...loader, '--', JSON.stringify(given)], {
    cwd: packageRoot,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data) => {
    said += data;
  });
  return new Promise((resolve, reject) => {
    child.on('close', (_, signal) =>
      signal === 'SIGKILL' ? resolve() : reject(new TypeError(`did not die at ${step}: ${said}`)),
    );
  });
}

describe.skipIf(binaries === undefined)(`a network of real nodes${reason}`, () => {
  it('comes up verified, is taken over, survives a kill, and is refused when anything differs', {
    timeout: 120_000,
  }, async () => {
    const folder = makeFolder();
    const first = await start(folder);
    expect(first.steps).toContain('convert');
    await expectSound(first);

    // A second start finds everything done, and the process stays.
    const second = await start(folder);
    expect(second.steps).toEqual(['await-node node-1', 'await-chain node-1', 'verify']);
    expect(second.nodes).toMatchObject([{ pid: first.nodes[0]!.pid, uri: first.nodes[0]!.uri }]);

    // Secrets are their owner's alone, and not in the manifest.
    const files = networkFolder(first.folder);
    for (const secret of [files.seed, join(files.node('node-1'), 'staking/signer.key')]) {
      expect(statSync(secret).mode & 0o077, secret).toBe(0);
    }

    // Nobody on another machine can reach it, and nobody at all its administration.
    if (process.platform === 'linux') {
      const sockets = processesOf(folder).flatMap(({ pid }) => listeningAddresses(pid));
      expect(sockets.length).toBeGreaterThanOrEqual(3);
      for (const address of sockets)
        expect(address).toMatch(/^(0100007F|0{24}01000000|0{16}FFFF00000100007F)$/);
    }
    await expect(
      callJsonRpc(`${first.nodes[0]!.uri}/ext/admin`, 'admin.getLoggerLevel', {}),
    ).rejects.toMatchObject({ code: 'NODE_ANSWER' });

    // Whatever is computed otherwise is found, with both sides.
    const uris = { 'node-1': first.nodes[0]!.uri };
    const stored = { ...(await requireNetwork(files)), manifest: first.manifest };
    const mismatches = async (change: Partial<typeof stored>) => {
      const error = await verifyNetwork({ ...stored, ...change }, uris, first.rpcUrls).catch(
        (thrown) => thrown,
      );
      expect(error?.code).toBe('NETWORK_MISMATCH');
      return (error.problems as { path: string; message: string }[]).map(
        ({ path, message }) => `${path}: ${message}`,
      );
    };
    await expect(verifyNetwork(stored, uris, first.rpcUrls)).resolves.toBeUndefined();
    for (const [change, expected] of alterations) {
      const altered = change(JSON.parse(genesis));
      const text = JSON.stringify(altered);
      const block = hashGenesis(parseGenesis(text));
      // Once with the altered root, once as if the block hash alone had been forged to fit.
      const chain = {
        ...first.manifest.chain,
        genesisHash: block.blockHash,
        stateRoot: block.stateRoot,
      };
      const found = await mismatches({ genesis: text, manifest: { ...first.manifest, chain } });
      expect(found.join('\n')).toContain('node-1: block 0 hash');
      expect(found.join('\n')).toContain(first.manifest.chain.genesisHash);
      expect(found.join('\n')).toContain(block.blockHash);
      const behind = await mismatches({ genesis: text });
      expect(behind.join('\n')).toMatch(expected);
    }
    const at = Number(parseGenesis(genesis).timestamp) + 4_000_000_000;
    const upgrade = JSON.stringify({
      precompileUpgrades: [{ warpConfig: { blockTimestamp: at, disable: true } }],
    });
    const upgraded = await mismatches({ upgrade });
    expect(upgraded.join('\n')).toMatch(/rules at \d+: precompiles\.warpConfig/);
    expect(upgraded.join('\n')).toMatch(/config\.precompileUpgrades/);
    const networkUpgrade = compileUpgradeFile({ graniteEpochMilliseconds: 3_000 });
    expect(await mismatches({ networkUpgrade })).toEqual([
      'node-1: network upgrade graniteEpochDuration: computed 3000000000, the node says 2000000000',
    ]);

    // A killed node is started again, alone, and serves the same chain at the same address.
    process.kill(first.nodes[0]!.pid, 'SIGKILL');
    const third = await start(folder);
    expect(third.steps.filter((step) => !/await|verify|sweep/.test(step))).toEqual([
      'start node-1',
      'create-subnet',
      'create-chain',
      'convert',
    ]);
    expect(third.rpcUrl).toBe(first.rpcUrl);
    await expectSound(third);
    const status = await getNetworkStatus(files, third.manifest);
    expect(status).toMatchObject({ complete: true, nodes: [{ chainHeight: 0, pHeight: 3 }] });
    expect(status.validators).toMatchObject([{ weight: 100, connected: true }]);

    // Another network in the same folder is refused, and nothing is touched.
    await expect(start(folder, { topology: 'standard', validators: 2 })).rejects.toMatchObject({
      code: 'NETWORK_DIFFERENT',
    });
    expect(processesOf(folder).filter(({ kind }) => kind === 'node')).toHaveLength(1);

    await third.stop();
    expect(processesOf(folder)).toEqual([]);
    expect(await getNetworkStatus(files, third.manifest)).toMatchObject({ complete: false });
  });

  it('leaves neither process nor lock behind when the program is missing', {
    timeout: 60_000,
  }, async () => {
    const folder = makeFolder();
    const broken = { binaries: { ...binaries!, binary: join(root, 'nowhere') } };
    await expect(start(folder, broken)).rejects.toMatchObject({ code: 'NODE_START_FAILED' });
    expect(processesOf(folder)).toEqual([]);
    expect(existsSync(`${networkFolder(folder).journal}.lock`)).toBe(false);
  });

  it('stops at once when it is interrupted, and leaves no process', {
    timeout: 60_000,
  }, async () => {
    const folder = makeFolder();
    const abort = new AbortController();
    const onStep = (step: string) => step === 'await-node node-1' && abort.abort();
    const started = performance.now();
    const error = await start(folder, {
      signal: abort.signal,
      onStep: (step) => void onStep(step),
    }).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'NETWORK_INTERRUPTED' });
    expect(performance.now() - started).toBeLessThan(25_000);
    expect(processesOf(folder)).toEqual([]);
  });

  it('goes on after kill -9 between two transactions', { timeout: 90_000 }, async () => {
    const folder = makeFolder();
    await startAndDie(folder, 'create-chain', 'begun');
    const [survivor] = processesOf(folder);
    const network = await start(folder);
    expect(network.nodes[0]!.pid).toBe(survivor!.pid);
    expect(network.steps).not.toContain('create-subnet');
    await expectSound(network);
    await network.stop();
  });
});

/** Addresses, as the kernel writes them, on which a process waits for connections. */
function listeningAddresses(pid: number): string[] {
  const descriptors = readdirSync(`/proc/${pid}/fd`).map((name) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${name}`);
    } catch {
      return ''; // closed meanwhile
    }
  });
  const table = ['tcp', 'tcp6'].flatMap((name) =>
    readFileSync(`/proc/net/${name}`, 'utf8').trim().split('\n').slice(1),
  );
  const listening = '0A';
  return table
    .map((line) => line.trim().split(/\s+/))
    .filter((row) => row[3] === listening && descriptors.includes(`socket:[${row[9]}]`))
    .map((row) => row[1]!.split(':')[0]!);
}

type Genesis = {
  config: Record<string, Record<string, unknown>>;
  alloc: Record<string, { balance: string }>;
};
/** Changes of the genesis, each with what the node then answers otherwise beside block 0. */
const alterations: readonly [(genesis: Genesis) => Genesis, RegExp][] = [
  [
    (one) => {
      one.config.txAllowListConfig!.adminAddresses = ['0x00000000000000000000000000000000000000aa'];
      return one;
    },
    /txAllowListConfig slot 0x0+aa: computed 0x0+2, the node says 0x0+/,
  ],
  [
    (one) => {
      one.config.rewardManagerConfig!.initialRewardConfig = {
        rewardAddress: '0x00000000000000000000000000000000000000bb',
      };
      return one;
    },
    /reward address: computed 0x0+bb, the node says 0x/,
  ],
  [
    (one) => {
      delete one.config.warpConfig;
      return one;
    },
    /warpConfig: computed not active, the node says active/,
  ],
];

const several = (name: string, tests: () => void) =>
  describeNetworkProfile(`${name}${reason}`, () => {
    describe.skipIf(binaries === undefined)('with real nodes', tests);
  });

several('topologies of several nodes', () => {
  it('standard: three validators agree, one that lies about its upgrades is named', {
    timeout: 240_000,
  }, async () => {
    const folder = makeFolder();
    const network = await start(folder, { topology: 'standard', validators: 3 });
    expect(Object.keys(network.rpcUrls)).toEqual(['validator-1', 'validator-2', 'validator-3']);
    await expectSound(network);
    const files = networkFolder(network.folder);
    const status = await getNetworkStatus(files, network.manifest);
    expect(status.validators.map(({ weight }) => weight)).toEqual([100, 100, 100]);

    // validator-2 gets an upgrade that the others do not have.
    const victim = network.nodes.find(({ name }) => name === 'validator-2')!;
    await victim.stop();
    const at = Math.floor(Date.now() / 1000) + 3_000_000;
    const { blockchainId } = network.manifest;
    writeFileSync(
      join(victim.folder, 'chains', blockchainId, 'upgrade.json'),
      JSON.stringify({
        precompileUpgrades: [{ warpConfig: { blockTimestamp: at, disable: true } }],
      }),
    );
    const { spawnNode } = await import('../process/spawn-node.js');
    await spawnNode(binaries!.binary, victim.folder);
    const error = await start(folder).catch((thrown) => thrown);
    expect(error.code).toBe('NETWORK_MISMATCH');
    const named = new Set(error.problems.map(({ path }: { path: string }) => path.split(':')[0]));
    expect([...named]).toEqual(['validator-2']);

    // Started from its own files again, it fits.
    await victim.stop();
    const again = await start(folder);
    expect(again.steps).toContain('start validator-2');
    await again.stop();
    expect(processesOf(folder)).toEqual([]);
  });

  it('standard goes on after both primaries and one validator were killed', {
    timeout: 240_000,
  }, async () => {
    const folder = makeFolder();
    const network = await start(folder, { topology: 'standard', validators: 2 });
    for (const name of ['primary-1', 'primary-2', 'validator-1'])
      process.kill(network.nodes.find((node) => node.name === name)!.pid, 'SIGKILL');
    const again = await start(folder);
    expect(again.rpcUrls).toEqual(network.rpcUrls);
    await expectSound(again);
    await again.stop();
  });

  it.each(['granite', 'before-granite', 'crossing'])(
    'finds every kind of upgrade that %s has in its upgrade.json as it was computed',
    { timeout: 120_000 },
    async (name) => {
      const read = (file: string) => readFileSync(join(fixtures, name, file), 'utf8').trimEnd();
      const extra = { genesis: read('genesis.json'), upgrade: read('upgrade.json') };
      const network = await start(makeFolder(), extra);
      expect(network.steps.at(-1)).toBe('verify');
      await network.stop();
    },
  );

  it('sybil-off: a chain without validators', { timeout: 120_000 }, async () => {
    const network = await start(makeFolder(), { topology: 'sybil-off' });
    expect(await pHeight(network)).toBe(2);
    await network.stop();
  });
});

several('kill -9 at every step', () => {
  const steps = [
    'write',
    'start node-1',
    'await-node node-1',
    'create-subnet',
    'create-chain',
    'convert',
    'await-chain node-1',
    'verify',
  ];
  it.each(
    steps.flatMap((step) => [
      [step, 'begun'],
      [step, 'done'],
    ]),
  )('%s %s', { timeout: 120_000 }, async (step, state) => {
    const folder = makeFolder();
    await startAndDie(folder, step!, state!);
    const network = await start(folder);
    await expectSound(network);
    await network.stop();
    expect(processesOf(folder)).toEqual([]);
  });

  it.each(['start primary-2', 'create-chain', 'start validator-1'])(
    'standard, %s',
    { timeout: 180_000 },
    async (step) => {
      const folder = makeFolder();
      const more = { topology: 'standard', validators: 1 };
      await startAndDie(folder, step, 'done', more);
      const network = await start(folder);
      await expectSound(network);
      await network.stop();
    },
  );
});
