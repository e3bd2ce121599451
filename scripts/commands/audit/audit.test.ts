import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeploymentManifest } from '../../../genesis/audit/deployment-manifest.js';
import type { EvidenceSource } from '../../../genesis/audit/evidence-source.js';
import { type AuditResult, runAudit } from '../../../genesis/audit/run-audit.js';
import { type Hex, sha256 } from '../../../genesis/base/hash.js';
import { compileGenesis } from '../../../genesis/compile/compile-genesis.js';
import { connectRpc } from '../../../subnet/clients/connect-rpc.js';
import { loadNativeCrypto } from '../../../subnet/clients/native-crypto.js';
import { deployPlan } from '../../../subnet/deploy/deploy-plan.js';
import { type RunningEmbedded, startEmbedded } from '../../../subnet/embedded/start-embedded.js';
import { createRpcSource } from '../../../subnet/evidence/rpc-source.js';
import { loadPlan } from '../../load-plan.js';
import { main } from '../../main.js';
import { packageRoot } from '../../package-root.js';
import { useContracts } from '../demo/use-contracts.js';
import { createRebuild } from './rebuild-contract.js';

let folder: string;
let chain: RunningEmbedded;
let manifestFile: string;
let manifest: DeploymentManifest;
let genesisText: string;
let source: EvidenceSource;
const rebuild = createRebuild(packageRoot());

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'masa audit '));
  const plan = await loadPlan({ plan: 'masa' }, { cwd: folder, packageRoot: packageRoot() });
  const compiled = await compileGenesis(plan);
  chain = await startEmbedded({ genesis: compiled.json, port: 0 });
  const deployed = await deployPlan({ plan, compiled, rpcUrl: chain.url, folder });
  await useContracts(plan, deployed.manifest, chain.url);
  ({ manifestFile } = deployed);
  manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
  genesisText = readFileSync(deployed.genesisFile, 'utf8');
  source = createRpcSource(chain.url, connectRpc(chain.url));
});
afterAll(async () => {
  await chain.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Case {
  readonly manifest?: (good: DeploymentManifest) => unknown;
  readonly genesis?: (good: string) => string;
  readonly source?: Partial<EvidenceSource>;
  readonly rebuild?: (name: string) => Promise<Hex | undefined>;
}

async function audit(changes: Case = {}): Promise<AuditResult> {
  return runAudit({
    manifestFile: 'deployment.json',
    manifestText: JSON.stringify(changes.manifest?.(structuredClone(manifest)) ?? manifest),
    genesisFile: 'genesis.json',
    genesisText: changes.genesis?.(genesisText) ?? genesisText,
    source: { ...source, ...changes.source },
    crypto: await loadNativeCrypto(),
    rebuild: changes.rebuild ?? rebuild,
  });
}

const red = ({ findings }: AuditResult) =>
  findings.filter(({ status }) => status === 'fail').map(({ check }) => check);
/** Another last digit. */
const flip = <T extends string>(hex: T) =>
  `${hex.slice(0, -1)}${hex.endsWith('0') ? '1' : '0'}` as T;
const contract = (list: DeploymentManifest, name: string) =>
  list.contracts.find((one) => one.name === name)!;

describe('runAudit', () => {
  it('finds nothing on the chain that was promised, and says the same twice', async () => {
    const first = await audit();
    expect(red(first)).toEqual([]);
    expect(first.verdict).toBe('pass');
    expect(first.findings).toHaveLength(10);
    expect(first.blocks).toBeGreaterThan(4);
    expect(await audit()).toEqual(first);
  });

  it.each<[string, string[], Case]>([
    ['the genesis file has another space', ['R-3'], { genesis: (text) => `${text} ` }],
    [
      'the manifest names another genesis hash',
      ['R-8'],
      { manifest: (m) => ({ ...m, genesisHash: flip(m.genesisHash) }) },
    ],
    [
      'the manifest names another state root',
      ['R-8'],
      { manifest: (m) => ({ ...m, genesisStateRoot: flip(m.genesisStateRoot) }) },
    ],
    ['the node has another chain id', ['R-9'], { source: { chainId: async () => 1 } }],
    [
      'the node reports another receipt',
      ['R-35'],
      {
        source: {
          receipts: async (number) =>
            (await source.receipts(number)).map((receipt) => ({
              ...receipt,
              cumulativeGasUsed: receipt.cumulativeGasUsed + 1n,
            })),
        },
      },
    ],
    [
      'the node reports another log',
      ['R-35'],
      {
        source: {
          receipts: async (number) =>
            (await source.receipts(number)).map((receipt) => ({
              ...receipt,
              logs: receipt.logs.map((log) => ({ ...log, data: flip(log.data) })),
            })),
        },
      },
    ],
    [
      'the sources give other creation code',
      ['R-22'],
      {
        rebuild: async (name) => (name === 'WMASA' ? flip((await rebuild(name))!) : rebuild(name)),
      },
    ],
    [
      'a contract has no sources',
      ['R-22'],
      { rebuild: async (name) => (name === 'WMASA' ? undefined : rebuild(name)) },
    ],
    [
      'the manifest names other runtime code',
      ['R-22'],
      {
        manifest: (m) => {
          contract(m, 'MasaStaking').runtimeCodeHash = flip(
            contract(m, 'MasaStaking').runtimeCodeHash,
          );
          return m;
        },
      },
    ],
    [
      'the manifest names other constructor arguments',
      ['R-22'],
      {
        manifest: (m) => {
          contract(m, 'TimelockController').constructorArguments = flip(
            contract(m, 'TimelockController').constructorArguments,
          );
          return m;
        },
      },
    ],
    [
      'the manifest names another salt',
      ['R-22'],
      {
        manifest: (m) => {
          contract(m, 'MasaStaking').salt = flip(contract(m, 'MasaStaking').salt!);
          return m;
        },
      },
    ],
    [
      'the node reports another balance',
      ['R-45'],
      {
        source: {
          account: async (address, block) => {
            const account = await source.account(address, block);
            return { ...account, balance: account.balance + 1n };
          },
        },
      },
    ],
    [
      'the node reports other code',
      ['R-45'],
      { source: { code: async (address, block) => flip(await source.code(address, block)) } },
    ],
    [
      'the manifest gives the deployer a role',
      ['R-49'],
      {
        manifest: (m) => ({
          ...m,
          roles: [
            ...m.roles,
            { contract: 'MasaStaking', address: m.deployer, role: 'owner', holders: [m.deployer] },
          ],
        }),
      },
    ],
    [
      'an account with a role at a precompile is said to have none',
      ['R-49'],
      {
        manifest: (m) => ({
          ...m,
          rolelessAccounts: [...m.rolelessAccounts, contract(m, 'TimelockController').address],
          roles: [],
        }),
      },
    ],
  ])('goes red when %s', async (_, checks, changes) => {
    const result = await audit(changes);
    expect(result.verdict).toBe('fail');
    expect(red(result)).toEqual(checks);
  });

  it('goes red when the genesis is another', async () => {
    const other = genesisText.replace(
      /"timestamp": ?"0x(\w+)"/,
      (_, digits: string) => `"timestamp":"0x${(Number.parseInt(digits, 16) + 1).toString(16)}"`,
    );
    expect(other).not.toBe(genesisText);
    const result = await audit({ genesis: () => other });
    expect(red(result)).toEqual(expect.arrayContaining(['R-3', 'R-8', 'R-9', 'R-37']));
  });

  it('goes red at the first block that does not follow', async () => {
    const swapped = {
      ...source,
      rawBlock: (number: number) => source.rawBlock(number === 2 ? 3 : number),
    };
    const result = await audit({ source: swapped });
    expect(red(result)).toContain('R-37');
    expect(result.findings.find(({ check }) => check === 'R-37')!.differences[0]!.where).toBe(
      'block 2',
    );
  });

  it('catches one flipped byte anywhere in a block', async () => {
    const raw = await source.rawBlock(1);
    for (let trial = 0; trial < 25; trial += 1) {
      const at = 2 + Math.floor(((raw.length - 4) * (trial + 0.5)) / 25);
      const digit = raw[at] === 'a' ? 'b' : 'a';
      const torn = `${raw.slice(0, at)}${digit}${raw.slice(at + 1)}` as Hex;
      const result = await audit({
        source: { rawBlock: async (number) => (number === 1 ? torn : source.rawBlock(number)) },
      });
      expect(red(result), `digit ${at}`).toContain('R-37');
    }
  });

  it('goes red when the chain changes while it is looked at', async () => {
    let asked = 0;
    const { number } = await source.head();
    const result = await audit({
      source: {
        rawBlock: async (height) => {
          if (height !== number) return source.rawBlock(height);
          asked += 1;
          return source.rawBlock(asked > 1 ? number - 1 : number);
        },
      },
    });
    expect(red(result)).toEqual(['R-62']);
  });

  it('counts every token', async () => {
    const { findings } = await audit();
    const supply = findings.find(({ check }) => check === 'R-55')!;
    expect(supply.detail).toContain(
      'genesis 1588866523000000000000000000 + minted 0 = balances 1588866523000000000000000000',
    );
    expect(sha256(genesisText)).toBe(manifest.genesisFileHash);
  });
});

describe('masa audit deployment', () => {
  async function run(...argv: string[]) {
    const out: string[] = [];
    const errors: string[] = [];
    const exitCode = await main(['audit', 'deployment', ...argv], {
      print: (text) => out.push(text),
      printError: (text) => errors.push(text),
      version: '0',
      signal: new AbortController().signal,
    });
    return { exitCode, out: out.join('\n'), errors: errors.join('\n') };
  }

  it('passes with exit code 0', async () => {
    const { exitCode, out, errors } = await run('--manifest', manifestFile, '--rpc', chain.url);
    expect(errors).toBe('');
    expect(out).toContain('verdict pass');
    expect(exitCode).toBe(0);
  });

  it.each([
    [
      2,
      'AUDIT_FILE_UNREADABLE',
      () => ['--manifest', join(folder, 'none.json'), '--rpc', chain.url],
    ],
    [2, 'MANIFEST_INVALID', () => ['--manifest', join(folder, 'genesis.json'), '--rpc', chain.url]],
    [3, 'RPC_UNREACHABLE', () => ['--manifest', manifestFile, '--rpc', 'http://127.0.0.1:9']],
    [2, 'USAGE', () => []],
  ])('exits with %i for %s', async (code, name, argv) => {
    const { exitCode, errors } = await run(...argv());
    expect(errors).toContain(name);
    expect(exitCode).toBe(code);
  });
});
