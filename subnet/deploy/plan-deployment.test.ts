import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  concat,
  decodeAbiParameters,
  getAddress,
  keccak256,
  parseAbiParameters,
  toFunctionSelector,
} from 'viem';
import { describe, expect, it } from 'vitest';
import { masaStaking } from '../../contracts/generated/index.js';
import type { Hex } from '../../genesis/base/hash.js';
import { type CompiledGenesis, compileGenesis } from '../../genesis/compile/compile-genesis.js';
import { resolvePlan } from '../../genesis/plan/resolve-plan.js';
import type { ResolvedPlan } from '../../genesis/plan/resolved-plan.js';
import { compiler } from './compile-manifest.js';
import { deriveTestSigners } from './derive-test-signers.js';
import { planDeployment } from './plan-deployment.js';

const root = join(import.meta.dirname, '../..');
const planOf = (name: string, profile?: string): ResolvedPlan =>
  resolvePlan({
    text: readFileSync(join(root, 'genesis/plans', `${name}.yaml`), 'utf8'),
    file: name,
    profile,
  });
const masa = planOf('masa');
const compiled: CompiledGenesis = await compileGenesis(masa);
const planned = await planDeployment(masa, compiled);
const staking = planned.contracts.find(({ name }) => name === 'MasaStaking')!;
const [create, gas, fund] = planned.steps;

describe('planDeployment', () => {
  it('predicts the address by the rule of EIP-1014, from the bytes that the factory gets', () => {
    const salt = create!.data.slice(0, 66) as Hex;
    const initcode: Hex = `0x${create!.data.slice(66)}`;
    const factory = '0x4e59b44847b379578588920cA78FbF26c0B4956C';
    const digest = keccak256(concat(['0xff', factory, salt, keccak256(initcode)]));
    expect(create!.to).toBe(factory);
    expect(staking.address).toBe(getAddress(`0x${digest.slice(26)}`));
    expect(staking.salt).toBe(salt);
  });

  it('predicts the code: what the compiler made, with the immutables of the plan in their places', () => {
    const words = [masa.staking!.periodSeconds, masa.staking!.cooldownSeconds].map((value) =>
      value.toString(16).padStart(64, '0'),
    );
    const references = Object.entries(masaStaking.immutableReferences)
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([, places]) => places);
    expect(references).toHaveLength(2);
    let code: string = masaStaking.runtimeCode.slice(2);
    for (const [index, places] of references.entries()) {
      for (const { start, length } of places) {
        code = code.slice(0, 2 * start) + words[index] + code.slice(2 * (start + length));
      }
    }
    expect(staking.runtimeCodeHash).toBe(keccak256(`0x${code}`));
    expect(create!.condition).toEqual({
      kind: 'code',
      address: staking.address,
      codeHash: staking.runtimeCodeHash,
    });
  });

  it('takes every constructor argument from the plan, with the timelock as owner', () => {
    const [owner, period, cooldown, periods, rates] = decodeAbiParameters(
      parseAbiParameters('address, uint32, uint32, uint16[], uint256[]'),
      staking.constructorArguments,
    );
    expect(owner).toBe(masa.predeploys.timelock!.address);
    expect([period, cooldown]).toEqual([30 * 86_400, 21 * 86_400]);
    expect(periods).toEqual([3, 6, 9]);
    expect(rates).toEqual([3_750_000n, 10_000_000n, 18_750_000n]);
    expect(staking.creationCodeHash).toBe(keccak256(masaStaking.creationCode));
  });

  it('pays the whole reserve, told by a figure that only grows', () => {
    expect(fund).toMatchObject({
      from: masa.staking!.reserveAddress,
      to: staking.address,
      data: toFunctionSelector('fund()'),
      value: masa.staking!.reserve,
      condition: {
        kind: 'at-least',
        data: toFunctionSelector('totalFunded()'),
        minimum: masa.staking!.reserve,
      },
    });
    expect(gas).toMatchObject({ from: planned.deployer, to: masa.staking!.reserveAddress });
    expect(gas!.value).toBeLessThan(10n ** 17n);
  });

  it('names every contract of block 0 with the hash of the code that stands there', () => {
    const predeploys = planned.contracts.filter(({ kind }) => kind === 'predeploy');
    expect(predeploys.map(({ name }) => name).sort()).toEqual([
      'Create2Factory',
      'FeeSplitter',
      'TimelockController',
      'VestingVault',
      'WMASA',
    ]);
    const { alloc } = JSON.parse(compiled.json);
    for (const { name, address, runtimeCodeHash } of predeploys) {
      expect(keccak256(alloc[address.toLowerCase()].code), name).toBe(runtimeCodeHash);
    }
  });

  it('has nothing to send for a plan without staking, and nothing to pay without a reserve', async () => {
    const neutral = planOf('neutral');
    expect((await planDeployment(neutral, await compileGenesis(neutral))).steps).toEqual([]);
    const low = planOf('masa', 'low-float');
    expect(low.staking!.reserve).toBe(0n);
    expect((await planDeployment(low, compiled)).steps.map(({ id }) => id)).toEqual([
      'create:MasaStaking',
    ]);
  });

  it.each<[string, Partial<ResolvedPlan>]>([
    ['accounts.deployer', { accounts: {} }],
    ['predeploys.create2Factory', { predeploys: { timelock: masa.predeploys.timelock! } }],
    [
      'predeploys.timelock',
      {
        accounts: { ...masa.accounts, admin: masa.accounts.deployer! },
        predeploys: { create2Factory: masa.predeploys.create2Factory! },
      },
    ],
  ])('refuses a plan without %s', async (where, change) => {
    await expect(planDeployment({ ...masa, ...change }, compiled)).rejects.toMatchObject({
      code: 'DEPLOY_PLAN_INCOMPLETE',
      where,
      exitCode: 2,
    });
  });
});

describe('compiler settings of the manifest', () => {
  const folder = join(root, 'contracts/generated/inputs');
  it.each(readdirSync(folder))('are those of %s', (file) => {
    const { settings } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    expect(settings.evmVersion).toBe(compiler.evmVersion);
    expect(settings.optimizer).toEqual({ enabled: true, runs: compiler.optimizerRuns });
  });
});

describe('deriveTestSigners', () => {
  it('gives the accounts of the local overlay', () => {
    const signers = deriveTestSigners(['local'], 'http://localhost:1').map(
      ({ address }) => address,
    );
    for (const [name, address] of Object.entries(masa.accounts)) {
      expect(signers, name).toContain(address);
    }
  });

  it.each([
    [['local-fast'], 'http://10.0.0.1:8545'],
    [['local-fast'], 'https://127.0.0.1.example.com'],
    [['local-fast'], 'http://localhost.example.com'],
    [['testnet'], 'http://127.0.0.1:8545'],
    [[], 'http://127.0.0.1:8545'],
  ])('gives none for overlays %j at %s', (overlays, url) => {
    expect(deriveTestSigners(overlays, url)).toEqual([]);
  });

  it.each(['http://127.0.0.1:1', 'http://127.8.9.1:1', 'http://[::1]:1'])('knows %s', (url) => {
    expect(deriveTestSigners(['local'], url)).toHaveLength(20);
  });
});
