import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeploymentManifest } from '../../../genesis/audit/deployment-manifest.js';
import type { EvidenceSource } from '../../../genesis/audit/evidence-source.js';
import {
  type AuditResult,
  type RunAuditParameters,
  runAudit,
} from '../../../genesis/audit/run-audit.js';
import type { Hex } from '../../../genesis/base/hash.js';
import { connectRpc } from '../../../subnet/clients/connect-rpc.js';
import { createRpcSource } from '../../../subnet/evidence/rpc-source.js';
import { startLyingNode } from '../../../subnet/evidence/start-lying-node.js';
import { nodeContext } from '../../context.js';
import { main } from '../../main.js';
import { packageRoot } from '../../package-root.js';
import { type AuditedChain, startAuditedChain } from './audited-chain.js';
import { formatFindings } from './format-findings.js';
import { createRebuild } from './rebuild-contract.js';

type Writable<T> = { -readonly [K in keyof T]: Writable<T[K]> };
type Manifest = Writable<DeploymentManifest>;

let audited: AuditedChain;
let honest: RunAuditParameters;
let source: EvidenceSource;

beforeAll(async () => {
  audited = await startAuditedChain();
  ({ honest } = audited);
  ({ source } = honest);
});
afterAll(() => audited?.stop());

const red = ({ findings }: AuditResult) =>
  findings.filter(({ status }) => status === 'fail').map(({ check }) => check);
/** Another last digit. */
const flip = <T extends string>(hex: T) =>
  `${hex.slice(0, -1)}${hex.endsWith('0') ? '1' : '0'}` as T;
const contract = (m: Manifest, name: string) => m.contracts.find((one) => one.name === name)!;
const role = (m: Manifest, name: string, of?: string) =>
  m.roles.find((one) => one.role === name && (of === undefined || one.contract === of))!;
const lying = (lie: Partial<EvidenceSource>) => ({ source: { ...source, ...lie } });

function manifestWith(change: (manifest: Manifest) => unknown): Partial<RunAuditParameters> {
  const manifest = JSON.parse(honest.manifestText);
  change(manifest);
  return { manifestText: JSON.stringify(manifest) };
}

/** Checks that fail when some of the audit's input is replaced. */
async function failing(change: Partial<RunAuditParameters>): Promise<string[]> {
  const result = await runAudit({ ...honest, ...change });
  expect(result.verdict).toBe(red(result).length === 0 ? 'pass' : 'fail');
  for (const { status, next, differenceCount } of result.findings)
    expect(next !== undefined && differenceCount > 0).toBe(status === 'fail');
  return red(result);
}

describe('an honest chain', () => {
  it('passes every check, compiled from the sources, with the same report each time', async () => {
    const rebuild = createRebuild(packageRoot());
    const first = await runAudit({ ...honest, rebuild });
    expect(red(first)).toEqual([]);
    expect(first).toMatchObject({ verdict: 'pass', skipped: [] });
    expect(first.findings).toHaveLength(14);
    expect(new Set(first.findings.flatMap(({ numbers }) => numbers)).size).toBe(
      first.findings.flatMap(({ numbers }) => numbers).length - 1, // R-10 stands at two checks
    );
    expect(first.blocks).toBeGreaterThan(4);
    expect(formatFindings(await runAudit({ ...honest, rebuild }))).toBe(formatFindings(first));
    const held = first.accounts.reduce((sum, { balance }) => sum + balance, 0n);
    expect(held).toBe(1_588_866_523n * 10n ** 18n);
  }, 180_000);

  it('skips what it was not given, and says so', async () => {
    const { expected: _, ...without } = honest;
    const { skipped, verdict } = await runAudit(without);
    expect(skipped).toMatchObject([{ id: 'plan', why: expect.stringContaining('--plan') }]);
    expect(verdict).toBe('pass');
  });

  it('asks other nodes too', async () => {
    const otherNodes = [source, source];
    const { findings } = await runAudit({ ...honest, otherNodes });
    expect(findings.find(({ id }) => id === 'nodes')).toMatchObject({
      status: 'pass',
      detail: expect.stringContaining('3 nodes'),
    });
  });
});

describe('what is changed in the manifest fails exactly the check that guards it', () => {
  it.each<[string, string[], (manifest: Manifest) => unknown]>([
    ['chain id', ['R-9'], (m) => (m.chainId += 1)],
    ['genesis hash', ['R-8'], (m) => (m.genesisHash = flip(m.genesisHash))],
    ['state root', ['R-8'], (m) => (m.genesisStateRoot = flip(m.genesisStateRoot))],
    ['hash of the genesis file', ['R-3'], (m) => (m.genesisFileHash = flip(m.genesisFileHash))],
    ['plan hash', ['R-11'], (m) => (m.plan.hash = flip(m.plan.hash))],
    [
      'creation code hash',
      ['R-22'],
      (m) => (m.contracts[0]!.creationCodeHash = flip(m.contracts[0]!.creationCodeHash)),
    ],
    [
      'runtime code hash',
      ['R-22'],
      (m) => (m.contracts.at(-1)!.runtimeCodeHash = flip(m.contracts.at(-1)!.runtimeCodeHash)),
    ],
    [
      'constructor arguments that revert',
      ['R-22'],
      (m) => (m.contracts.at(-1)!.constructorArguments = '0x'),
    ],
    [
      'a constructor argument',
      ['R-22'],
      (m) => {
        const one = contract(m, 'TimelockController');
        one.constructorArguments = `0x${'0'.repeat(63)}7${one.constructorArguments.slice(66)}`;
      },
    ],
    ['name without sources', ['R-22'], (m) => (m.contracts[0]!.name = '../../package')],
    [
      'salt',
      ['R-22'],
      (m) => (contract(m, 'MasaStaking').salt = flip(contract(m, 'MasaStaking').salt!)),
    ],
    [
      'salt and factory left out',
      ['R-22'],
      (m) => {
        m.contracts = m.contracts.filter(({ name }) => name !== 'Create2Factory');
        delete contract(m, 'MasaStaking').salt;
      },
    ],
    [
      'transaction that made a contract',
      ['R-40'],
      (m) => (contract(m, 'MasaStaking').transactionHash = flip(m.transactions[0]!.hash!)),
    ],
    ['hash of a transaction', ['R-40'], (m) => (m.transactions[0]!.hash = `0x${'1'.repeat(64)}`)],
    ['block of a transaction', ['R-40'], (m) => (m.transactions[1]!.blockNumber! += 1)],
    ['gas of a transaction', ['R-40'], (m) => (m.transactions[1]!.gasUsed! += 1)],
    ['transaction without a hash', [], (m) => delete m.transactions[1]!.hash],
    ['owner', ['R-49'], (m) => (role(m, 'owner').holders = [m.deployer])],
    ['proposer left out', ['R-49'], (m) => (role(m, 'PROPOSER_ROLE').holders = [])],
    ['precompile admin left out', ['R-49'], (m) => (role(m, 'admin', 'feeManager').holders = [])],
    [
      'owner of a contract that has none',
      ['R-49'],
      (m) => (role(m, 'owner').address = contract(m, 'WMASA').address),
    ],
    [
      'account that has a role said to have none',
      ['R-49'],
      (m) => m.rolelessAccounts.push(role(m, 'admin').holders[0]!),
    ],
    [
      'owner said to have no role',
      ['R-49'],
      (m) => m.rolelessAccounts.push(role(m, 'owner').holders[0]!),
    ],
    [
      'contract whose books do not answer',
      ['R-22', 'R-57'],
      (m) => (contract(m, 'WMASA').name = 'VestingVault'),
    ],
  ])('%s: %j', async (_, checks, change) => {
    expect(await failing(manifestWith(change))).toEqual(checks);
  });
});

describe('what is changed in the genesis, the plan or the sources', () => {
  it.each<[string, string[], () => Partial<RunAuditParameters>]>([
    [
      'another space in the genesis file',
      ['R-3', 'R-11'],
      () => ({ genesisText: `${honest.genesisText} ` }),
    ],
    [
      'a plan of another supply',
      ['R-11'],
      () => ({ expected: { ...honest.expected!, supply: 1n } }),
    ],
    [
      'other creation code',
      ['R-22'],
      () => ({
        rebuild: async (name) => ({
          creationCode: flip((await honest.rebuild(name))!.creationCode),
        }),
      }),
    ],
    ['no sources', ['R-22'], () => ({ rebuild: async () => undefined })],
    [
      'a library that was not linked',
      ['R-22'],
      () => ({ rebuild: async () => ({ creationCode: '0x60__$aa$__' as Hex }) }),
    ],
    [
      'init code above the limit',
      ['R-22'],
      () => ({ rebuild: async () => ({ creationCode: `0x${'00'.repeat(49_153)}` as Hex }) }),
    ],
    ...(
      [
        ['compiler', { compiler: '0.8.36' }],
        ['EVM version', { evmVersion: 'shanghai' }],
        ['optimizer', { optimizerRuns: 200 }],
        ['source outside the package', { sources: ['/home/me/Token.sol'] }],
        ['source above the package', { sources: ['contracts/../../Token.sol'] }],
      ] as const
    ).map(([what, change]): [string, string[], () => Partial<RunAuditParameters>] => [
      `built with another ${what}`,
      ['R-22'],
      () => {
        const { version, evmVersion, optimizerRuns } = JSON.parse(honest.manifestText).compiler;
        const build = { compiler: version, evmVersion, optimizerRuns, sources: ['a.sol'] };
        return {
          rebuild: async (name) => ({
            ...(await honest.rebuild(name))!,
            build: { ...build, ...change },
          }),
        };
      },
    ]),
  ])('%s: %j', async (_, checks, change) => {
    expect(await failing(change())).toEqual(checks);
  });

  it('another genesis fails everything that stands on it', async () => {
    const genesisText = honest.genesisText.replace(
      /"timestamp": ?"0x(\w+)"/,
      (_, digits: string) => `"timestamp":"0x${(Number.parseInt(digits, 16) + 1).toString(16)}"`,
    );
    expect(genesisText).not.toBe(honest.genesisText);
    expect(await failing({ genesisText })).toEqual(
      expect.arrayContaining(['R-3', 'R-8', 'R-11', 'R-9', 'R-37']),
    );
  });

  it('an upgrade.json that the node does not have is told from the one that it has', async () => {
    const upgradeText = JSON.stringify({
      precompileUpgrades: [{ feeManagerConfig: { blockTimestamp: 4_000_000_000, disable: true } }],
    });
    expect(await failing({ upgradeText })).toEqual(['R-53']);
  });
});

describe('a node that lies is found out by exactly the check that guards it', () => {
  it.each<[string, string[], () => Partial<RunAuditParameters>]>([
    [
      'another head at the end',
      ['R-62'],
      () => {
        let asked = 0;
        return lying({
          rawBlock: async (number) => {
            const last = (await source.head()).number;
            if (number === last) asked += 1;
            return source.rawBlock(asked > 1 && number === last ? last - 1 : number);
          },
        });
      },
    ],
    [
      'a chain that has become shorter at the end',
      ['R-62'],
      () => {
        let asked = 0;
        return lying({
          head: async () => {
            asked += 1;
            const head = await source.head();
            return asked > 1 ? { ...head, number: head.number - 1 } : head;
          },
        });
      },
    ],
    [
      'a receipt left out',
      ['R-35'],
      () => lying({ receipts: async (number) => (await source.receipts(number)).slice(1) }),
    ],
    [
      'a log left out',
      ['R-35'],
      () =>
        lying({
          receipts: async (number) =>
            (await source.receipts(number)).map((one) => ({ ...one, logs: one.logs.slice(1) })),
        }),
    ],
    ['bytes that are no block', ['R-9', 'R-37'], () => lying({ rawBlock: async () => '0xff' })],
    [
      'another node of another chain',
      ['R-53'],
      () => ({
        otherNodes: [
          {
            ...source,
            name: 'other',
            chainId: async () => 1,
            rawBlock: async () => source.rawBlock(1),
          },
        ],
      }),
    ],
    [
      'another node with other settings',
      ['R-53'],
      () => ({ otherNodes: [{ ...source, name: 'other', chainConfig: async () => ({}) }] }),
    ],
  ])('%s: %j', async (_, checks, change) => {
    const failed = await failing(change());
    expect(failed).toEqual(expect.arrayContaining(checks));
    // After a block that does not follow, checks look at an older state.
    if (!checks.includes('R-37')) expect(failed).toEqual(checks);
  });
});

describe('what is no evidence ends the audit', () => {
  it.each<[string, number, () => Partial<RunAuditParameters>]>([
    ['MANIFEST_INVALID', 2, () => manifestWith((m) => Object.assign(m, { extra: 1 }))],
    ['MANIFEST_INVALID', 2, () => ({ manifestText: honest.manifestText.slice(0, -9) })],
    [
      'MANIFEST_INVALID',
      2,
      () => ({ manifestText: honest.manifestText.replace('{', '{"chainId": 1,') }),
    ],
    ['GENESIS_JSON_INVALID', 2, () => ({ genesisText: '{' })],
    [
      'RPC_UNREACHABLE',
      3,
      () => ({ source: createRpcSource('none', connectRpc('http://127.0.0.1:1')) }),
    ],
    [
      'EVIDENCE_INCOMPLETE',
      4,
      () => lying({ head: async () => ({ ...(await source.head()), number: 99 }) }),
    ],
  ])('%s, exit %i', async (code, exitCode, change) => {
    await expect(runAudit({ ...honest, ...change() })).rejects.toMatchObject({ code, exitCode });
  });
});

describe('createRebuild', () => {
  it('refuses an input that is damaged, naming the file', async () => {
    const folder = join(audited.folder, 'package');
    const inputs = join(folder, 'contracts', 'generated', 'inputs');
    mkdirSync(inputs, { recursive: true });
    cpSync(
      join(packageRoot(), 'contracts/generated/inputs/WMASA.json'),
      join(inputs, 'Other.json'),
    );
    const text = readFileSync(join(inputs, 'Other.json'), 'utf8');
    writeFileSync(join(inputs, 'Torn.json'), text.slice(0, 500));
    writeFileSync(join(inputs, 'Empty.json'), '{"settings":{"optimizer":{}}}');
    writeFileSync(join(inputs, 'Wrong.json'), text.replace('contract WMASA', 'contrac WMASA'));
    const rebuild = createRebuild(folder);
    for (const name of ['Other', 'Torn', 'Empty', 'Wrong'])
      await expect(rebuild(name)).rejects.toMatchObject({
        code: 'REBUILD_FAILED',
        where: join(inputs, `${name}.json`),
      });
    expect(await rebuild('Absent')).toBeUndefined();
  });
});

describe('masa audit deployment', () => {
  async function run(cwd: string, ...argv: string[]) {
    const out: string[] = [];
    const errors: string[] = [];
    const signal = new AbortController().signal;
    const bars: string[] = [];
    const context = await nodeContext({
      packageRoot: packageRoot(),
      signal,
      json: false,
      quiet: false,
      verbose: false,
    });
    const exitCode = await main(['audit', 'deployment', ...argv], {
      print: (text) => out.push(text),
      printError: (text) => errors.push(text),
      version: '0',
      signal,
      context: {
        ...context,
        cwd,
        progress: (label) => {
          bars.push(label);
          return { update() {}, stop: () => void bars.push(`${label} done`) };
        },
      },
    });
    return { exitCode, out: out.join('\n'), errors: errors.join('\n'), bars };
  }

  /** A folder in which `masa deploy run` left its files. */
  function folderOf(...chains: string[]): string {
    const folder = mkdtempSync(join(audited.folder, 'run '));
    for (const chain of chains) {
      const to = join(folder, '.masa', 'deploy', chain);
      mkdirSync(to, { recursive: true });
      cpSync(honest.manifestFile, join(to, 'deployment.json'));
      cpSync(honest.genesisFile, join(to, 'genesis.json'));
    }
    return folder;
  }

  it('finds the deployment by itself, shows progress and a verdict table, exit 0', async () => {
    const { chain } = audited;
    const { exitCode, out, errors, bars } = await run(folderOf('1339600'), '--rpc', chain.url);
    expect(errors).toBe('');
    expect(out).toMatch(/^pass {2}R-55 {3}every coin accounted for/m);
    expect(out).toMatch(/^skip .* no plan was given/m);
    expect(out.split('\n').at(-1)).toMatch(/^verdict pass: 13 of 13 checks passed, 1 skipped/);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThan(240);
    expect(bars).toEqual(['blocks', 'blocks done', 'checks', 'checks done']);
    expect(exitCode).toBe(0);
  });

  it('compiles the plan of the manifest again, and tells all of it as JSON', async () => {
    const argv = ['--rpc', audited.chain.url, '--plan', 'masa', '--node', audited.chain.url];
    const { exitCode, out } = await run(folderOf('1339600'), ...argv, '--json');
    const { verdict, findings, skipped } = JSON.parse(out);
    expect([exitCode, verdict, findings.length, skipped]).toEqual([0, 'pass', 14, []]);
  });

  it('names check, place, both values and the next step of what differs, exit 1', async () => {
    const folder = folderOf('1339600');
    const node = await startLyingNode(audited.chain.url, ({ method, result }) =>
      method === 'eth_getCode' ? { result: flip(result as string) } : undefined,
    );
    const { exitCode, out } = await run(folder, '--rpc', node.url, '--profile', 'calibrated');
    await node.stop();
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^fail {2}R-45 {3}accounts of the node/m);
    expect(out).toMatch(/^FAIL R-45 accounts of the node: 6 differences$/m);
    expect(out).toMatch(/^ {2}where {5}0x[0-9a-f]{40}: code$/m);
    expect(out).toMatch(/^ {2}expected {2}0x6.*\n {2}actual {4}0x6.*$/m);
    expect(out).toMatch(/^ {2}next {6}The node answers from a state/m);
    expect(out).toMatch(/^verdict fail: 12 of 13 checks passed/m);
  });

  it('audits what a node said without the node, with the same report', async () => {
    const folder = folderOf('1339600');
    const first = await run(folder, '--rpc', audited.chain.url, '--save', 'answers.json');
    const text = readFileSync(join(folder, 'answers.json'), 'utf8');
    const again = await run(folder, '--saved', 'answers.json', '--save', 'again.json');
    expect([again.exitCode, again.out]).toEqual([0, first.out]);
    expect(readFileSync(join(folder, 'again.json'), 'utf8')).toBe(text);

    writeFileSync(join(folder, 'answers.json'), text.replace('eth_chainId', 'eth_other'));
    const without = await run(folder, '--saved', 'answers.json');
    expect(without.errors).toContain('eth_chainId');
    expect(without.exitCode).toBe(4);
    for (const broken of [text.slice(0, -9), '{}', 'null']) {
      writeFileSync(join(folder, 'answers.json'), broken);
      const { exitCode, errors } = await run(folder, '--saved', 'answers.json');
      expect(errors).toContain('error ANSWERS_INVALID');
      expect(exitCode).toBe(2);
    }
  });

  it.each<[number, string, (folder: string) => string[]]>([
    [2, 'AUDIT_FILE_UNREADABLE', () => ['--manifest', 'none.json']],
    [2, 'AUDIT_FILE_UNREADABLE', () => ['--genesis', 'none.json']],
    [2, 'AUDIT_FILE_UNREADABLE', () => ['--upgrade', '.']],
    [2, 'AUDIT_FILE_UNREADABLE', () => ['--saved', 'none.json']],
    [2, 'MANIFEST_INVALID', () => ['--manifest', honest.genesisFile]],
    [2, 'GENESIS_JSON_INVALID', (folder) => ['--genesis', empty(folder)]],
    [2, 'PLAN_NOT_FOUND', () => ['--plan', 'none.yaml']],
    [2, 'NETWORK_INVALID', () => ['--network', 'moon']],
    [2, 'BLOCKCHAIN_ID_INVALID', () => ['--blockchain-id', '2FYz']],
    [2, 'TIMEOUT_INVALID', () => ['--timeout', '0']],
    [3, 'RPC_UNREACHABLE', () => ['--rpc', 'http://127.0.0.1:9']],
    [3, 'RPC_UNREACHABLE', () => ['--rpc', audited.chain.url, '--node', 'http://127.0.0.1:9']],
  ])('exits with %i for %s', async (code, name, argv) => {
    const folder = folderOf('1339600');
    const { exitCode, errors, out } = await run(folder, ...argv(folder));
    expect(errors).toContain(`error ${name}`);
    expect(errors).toContain('next: ');
    expect(errors).not.toContain('    at ');
    expect([exitCode, out]).toEqual([code, '']);
  });

  function empty(folder: string): string {
    writeFileSync(join(folder, 'empty.json'), '');
    return join(folder, 'empty.json');
  }

  it.each([
    [[], 'There is no deployment to audit here'],
    [['1', '2'], 'There are 2 deployments here'],
  ])('asks for a manifest where there are %j', async (chains, message) => {
    const { exitCode, errors } = await run(folderOf(...chains));
    expect(errors).toContain(`error AUDIT_MANIFEST_NOT_FOUND: ${message}`);
    expect(exitCode).toBe(2);
  });
});
