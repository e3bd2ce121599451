import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CompiledNetwork, compileNetwork, type NetworkParameters } from './compile-network.js';
import type { Memo } from './memo.js';
import { networkManifestSchema } from './network-manifest.js';
import { nameStep, planNetwork } from './plan-network.js';
import { listNodes } from './topology.js';

const fixture = join(import.meta.dirname, '../../../genesis/evm/fixtures/granite');
const genesis = readFileSync(join(fixture, 'genesis.json'), 'utf8').trimEnd();
const parameters: NetworkParameters = {
  topology: 'standard',
  validators: 2,
  seed: 'plan test',
  version: 'v1.14.2',
  genesis,
  startTime: 1_700_000_000,
};
const nothing = { running: [], orphaned: [], committed: [] };
let network: CompiledNetwork;
beforeAll(async () => {
  network = await compileNetwork(parameters);
});
const names = (...observed: Parameters<typeof planNetwork>) =>
  planNetwork(...observed).map(nameStep);

describe('planNetwork', () => {
  it('starts every process before it waits for one, and sends in order', () => {
    expect(names(network.manifest, nothing)).toEqual([
      'write',
      'start primary-1',
      'start primary-2',
      'start validator-1',
      'start validator-2',
      'await-node primary-1',
      'await-node primary-2',
      'create-subnet',
      'create-chain',
      'await-node validator-1',
      'await-node validator-2',
      'await-chain validator-1',
      'await-chain validator-2',
      'convert',
      'verify',
    ]);
  });

  it('plans only what is missing', () => {
    const { manifest } = network;
    const running = ['primary-1', 'primary-2', 'validator-1'];
    const steps = names(manifest, {
      manifest,
      running,
      orphaned: ['validator-2'],
      committed: ['create-subnet', 'create-chain'],
    });
    expect(steps.slice(0, 2)).toEqual(['sweep validator-2', 'start validator-2']);
    expect(steps).not.toContain('write');
    expect(steps.filter((step) => /start|create|convert/.test(step))).toEqual([
      'start validator-2',
      'convert',
    ]);
    const all = manifest.nodes.map(({ name }) => name);
    const committed = Object.keys(manifest.transactions);
    const rest = names(manifest, { manifest, running: all, orphaned: [], committed });
    expect(rest.every((step) => /^(await|verify)/.test(step))).toBe(true);
  });

  it('has neither conversion nor further nodes without sybil protection', async () => {
    const off = await compileNetwork({ ...parameters, topology: 'sybil-off', validators: 1 });
    expect(names(off.manifest, nothing).slice(0, 5)).toEqual([
      'write',
      'start node-1',
      'await-node node-1',
      'create-subnet',
      'create-chain',
    ]);
    expect(off.transactions.map(({ step }) => step)).not.toContain('convert');
  });

  it('refuses a folder with another network, and shows both sides', async () => {
    const other = await compileNetwork({ ...parameters, seed: 'another', validators: 1 });
    let error: { code?: string; problems?: readonly { path: string; message: string }[] } = {};
    try {
      planNetwork(network.manifest, { ...nothing, manifest: other.manifest });
    } catch (thrown) {
      error = thrown as typeof error;
    }
    expect(error.code).toBe('NETWORK_DIFFERENT');
    const subnet = error.problems?.find(({ path }) => path === 'subnetId');
    expect(subnet?.message).toContain(network.manifest.subnetId);
    expect(subnet?.message).toContain(other.manifest.subnetId);
    expect(error.problems?.find(({ path }) => path === 'nodes.3')?.message).toContain(
      'validator-2',
    );
  });
});

describe('compileNetwork', () => {
  it('gives the same network again, another for another seed, and a manifest that can be read back', async () => {
    const again = await compileNetwork(parameters);
    expect(again.manifest).toEqual(network.manifest);
    expect(again.transactions).toEqual(network.transactions);
    const other = await compileNetwork({ ...parameters, seed: 'plan test 2' });
    expect(other.manifest.subnetId).not.toBe(network.manifest.subnetId);
    expect(other.manifest.nodes.map(({ nodeId }) => nodeId)).not.toEqual(
      network.manifest.nodes.map(({ nodeId }) => nodeId),
    );
    const text = JSON.stringify(network.manifest);
    expect(networkManifestSchema.parse(JSON.parse(text))).toEqual(network.manifest);
    expect(text).not.toContain('plan test'); // the seed is a secret
    const block = JSON.parse(readFileSync(join(fixture, 'blocks.jsonl'), 'utf8').split('\n')[0]!);
    expect(network.manifest.chain.genesisHash).toBe(block.hash); // as the real node had it
  });

  it('gives the same from a memo, and does the slow parts once', async () => {
    const kept = new Map<string, string>();
    let made = 0;
    const memo: Memo = async (name, inputs, make) => {
      const key = JSON.stringify([name, ...inputs]);
      if (!kept.has(key)) {
        made += 1;
        kept.set(key, await make());
      }
      return kept.get(key)!;
    };
    expect(await compileNetwork(parameters, memo)).toEqual(network);
    expect(made).toBe(5); // four nodes and the L1
    expect(await compileNetwork(parameters, memo)).toEqual(network);
    expect(made).toBe(5);
    await compileNetwork({ ...parameters, genesis: ` ${genesis}` }, memo);
    expect(made).toBe(6);
  });

  it.each([1, 5, 12_345])('refuses network %d, whose keys are real', async (networkId) => {
    await expect(compileNetwork({ ...parameters, networkId })).rejects.toMatchObject({
      code: 'NETWORK_ID_RESERVED',
      exitCode: 2,
    });
  });
});

describe('listNodes', () => {
  it.each([
    ['single', 2],
    ['sybil-off', 3],
    ['standard', 0],
    ['standard', 1.5],
    ['standard', 51],
    ['standard', Number.NaN],
  ] as const)('refuses %s with %d validators', (topology, validators) => {
    expect(() => listNodes(topology, validators)).toThrow(
      expect.objectContaining({ code: 'NETWORK_TOPOLOGY' }),
    );
  });

  it('keeps the identities of the first nodes when more are wanted', () => {
    const few = listNodes('standard', 1);
    expect(listNodes('standard', 5).slice(0, few.length)).toEqual(few);
  });
});
