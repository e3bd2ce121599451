import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createCustomCommon, Hardfork, Mainnet } from '@ethereumjs/common';
import { createEVM } from '@ethereumjs/evm';
import { createAccount, createAddressFromString, hexToBytes } from '@ethereumjs/util';
import {
  type Abi,
  type AbiFunction,
  bytesToHex,
  decodeFunctionResult,
  encodeFunctionData,
  hashDomain,
} from 'viem';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ToolkitError } from '../base/errors.js';
import type { Hex } from '../base/hash.js';
import { resolvePlan } from '../plan/resolve-plan.js';
import type { ResolvedPlan } from '../plan/resolved-plan.js';
import { type CompiledGenesis, compileGenesis } from './compile-genesis.js';
import { describeGenesis } from './describe-genesis.js';
import { diffGenesis } from './diff-genesis.js';
import { formatGenesis } from './format-genesis.js';
import { lintGenesis } from './lint-genesis.js';
import { parseGenesis } from './parse-genesis.js';
import {
  type PredeployArtifact,
  type PredeployArtifacts,
  vaultBucketKey,
} from './plan-predeploys.js';
import { predeployArtifacts as artifacts } from './predeploy-artifacts.js';

const masa = readFileSync(new URL('../plans/masa.yaml', import.meta.url), 'utf8');
const planOf = (profile = 'calibrated', overlays?: string[]): ResolvedPlan =>
  resolvePlan({ text: masa, file: 'masa.yaml', profile, overlays });

/** Contracts with every trap of deployed code pasted from an artifact, compiled here. */
function compileStandins(): PredeployArtifacts {
  const require = createRequire(import.meta.url);
  const solc = require('solc') as { compile(input: string, callbacks: object): string };
  const read = (path: string) => ({ contents: readFileSync(require.resolve(path), 'utf8') });
  const output = JSON.parse(
    solc.compile(
      JSON.stringify({
        language: 'Solidity',
        sources: {
          'Standins.sol': {
            content: readFileSync(new URL('fixtures/Standins.sol', import.meta.url), 'utf8'),
          },
        },
        settings: {
          evmVersion: 'cancun',
          optimizer: { enabled: true, runs: 200 },
          outputSelection: {
            '*': { '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object'] },
          },
        },
      }),
      { import: read },
    ),
  );
  for (const { severity, formattedMessage } of output.errors ?? []) {
    if (severity === 'error') throw new TypeError(formattedMessage);
  }
  const found: Record<string, PredeployArtifact> = {};
  for (const file of Object.values(output.contracts) as Record<string, unknown>[]) {
    // biome-ignore lint/suspicious/noExplicitAny: the compiler's answer
    for (const [name, { abi, evm }] of Object.entries(file) as [string, any][]) {
      found[name] = { abi, creationCode: `0x${evm.bytecode.object}` };
    }
  }
  return { ...artifacts, ...found };
}

const lower = (address: string) => address.toLowerCase() as Hex;

/** Some argument of a type. */
function sample({ type }: { readonly type: string }): unknown {
  if (type.endsWith('[]')) return [];
  if (type.startsWith('uint')) return 0n;
  if (type === 'bool') return false;
  if (type === 'string') return '';
  if (type === 'bytes') return '0x';
  return `0x${'00'.repeat(type === 'address' ? 20 : Number(type.slice(5)))}`;
}

/** Answers view calls on block 0. */
async function caller({ genesis }: CompiledGenesis) {
  const chain = { chainId: Number(genesis.config.chainId), name: 'test' };
  const common = createCustomCommon(chain, Mainnet, { hardfork: Hardfork.Cancun });
  const evm = await createEVM({ common });
  for (const [address, { balance, nonce, code, storage }] of genesis.alloc) {
    const owner = createAddressFromString(address);
    await evm.stateManager.putAccount(owner, createAccount({ balance, nonce }));
    if (code !== '0x') await evm.stateManager.putCode(owner, hexToBytes(code));
    for (const [slot, word] of storage) {
      await evm.stateManager.putStorage(owner, hexToBytes(slot), hexToBytes(word));
    }
  }
  return async (
    abi: readonly unknown[],
    address: Hex,
    functionName: string,
    args: readonly unknown[] = [],
  ) => {
    const data = encodeFunctionData({ abi: abi as Abi, functionName, args });
    const { execResult } = await evm.runCall({
      to: createAddressFromString(address.toLowerCase()),
      data: hexToBytes(data),
      gasLimit: 10_000_000n,
    });
    if (execResult.exceptionError)
      throw new TypeError(`${functionName}: ${execResult.exceptionError.error}`);
    return decodeFunctionResult({
      abi: abi as Abi,
      functionName,
      data: bytesToHex(execResult.returnValue),
    });
  };
}

describe('compileGenesis', () => {
  const plan = planOf();
  let compiled: CompiledGenesis;
  beforeAll(async () => {
    compiled = await compileGenesis(plan);
  });

  it('given the same plan, the bytes are the same, and another plan gives others', async () => {
    expect((await compileGenesis(planOf(), { artifacts })).json).toBe(compiled.json);
    const other = await compileGenesis(planOf('low-float'), { artifacts });
    expect(other.blockHash).not.toBe(compiled.blockHash);
    expect(other.stateRoot).not.toBe(compiled.stateRoot);
  });

  it('given the file, balances add up to the supply exactly and the lint says nothing', () => {
    let total = 0n;
    for (const { balance } of compiled.genesis.alloc.values()) total += balance;
    expect(total).toBe(plan.token.supply);
    const predeploys = new Map(
      compiled.predeploys.map(({ address, name, code }) => [
        address.toLowerCase() as Hex,
        { name, code },
      ]),
    );
    expect(lintGenesis(compiled.json, { supply: plan.token.supply, predeploys })).toEqual([]);
  });

  it('given every profile and overlay, a genesis comes out that the node takes', async () => {
    for (const profile of ['calibrated', 'low-float', 'high-float']) {
      for (const overlays of [[], ['local'], ['local-fast'], ['testnet']]) {
        const { genesis } = await compileGenesis(planOf(profile, overlays), { artifacts });
        expect(genesis.config.precompiles.size).toBeGreaterThan(2);
      }
    }
  });

  it('given the predeploys, every view function answers', async () => {
    const call = await caller(compiled);
    let answered = 0;
    for (const { name, address } of compiled.predeploys) {
      if (name === 'Create2Factory') continue;
      const { abi } = artifacts[name];
      for (const entry of abi as readonly AbiFunction[]) {
        if (entry.type !== 'function') continue;
        if (entry.stateMutability !== 'view' && entry.stateMutability !== 'pure') continue;
        expect(
          await call(abi, address, entry.name, entry.inputs.map(sample)),
          `${name}.${entry.name}`,
        ).toBeDefined();
        answered += 1;
      }
    }
    expect(answered).toBeGreaterThan(30);
  });

  it('given immutables, cached domain separators and constructor storage, all are there', async () => {
    const standins = compileStandins();
    const call = await caller(await compileGenesis(plan, { artifacts: standins }));
    const { feeSplitter, timelock, wmasa } = plan.predeploys;
    const splitter = standins.FeeSplitter.abi;
    expect(await call(splitter, feeSplitter!.address, 'admin')).toBe(timelock!.address);
    expect(await call(splitter, feeSplitter!.address, 'burnBasisPoints')).toBe(
      plan.fees.burnBasisPoints,
    );
    for (const [index, payee] of plan.fees.payees.entries()) {
      expect(await call(splitter, feeSplitter!.address, 'payees', [BigInt(index)])).toBe(
        payee.address,
      );
      expect(await call(splitter, feeSplitter!.address, 'shareOf', [payee.address])).toBe(
        payee.basisPoints,
      );
    }
    const wrapped = standins.WMASA.abi;
    expect(await call(wrapped, wmasa!.address, 'name')).toBe('Wrapped MASA');
    expect(await call(wrapped, wmasa!.address, 'createdAt')).toBe(BigInt(plan.chain.timestamp));
    const domain = {
      name: 'Wrapped MASA',
      version: '1',
      chainId: BigInt(plan.chain.chainId),
      verifyingContract: wmasa!.address,
    };
    const types = {
      EIP712Domain: [
        { name: 'name', type: 'string' },
        { name: 'version', type: 'string' },
        { name: 'chainId', type: 'uint256' },
        { name: 'verifyingContract', type: 'address' },
      ],
    } as const;
    expect(await call(wrapped, wmasa!.address, 'DOMAIN_SEPARATOR')).toBe(
      hashDomain({ domain, types }),
    );
  });

  it('given the plan, timelock, vault and splitter hold what it says', async () => {
    const call = await caller(compiled);
    const { feeSplitter, timelock, vestingVault } = plan.predeploys;
    const lock = artifacts.TimelockController.abi;
    expect(await call(lock, timelock!.address, 'getMinDelay')).toBe(
      BigInt(timelock!.minDelaySeconds),
    );
    const role = await call(lock, timelock!.address, 'PROPOSER_ROLE');
    for (const proposer of timelock!.proposers) {
      expect(await call(lock, timelock!.address, 'hasRole', [role, proposer])).toBe(true);
    }
    const admin = await call(lock, timelock!.address, 'DEFAULT_ADMIN_ROLE');
    expect(await call(lock, timelock!.address, 'hasRole', [admin, plan.accounts.deployer])).toBe(
      false,
    );
    const vault = artifacts.VestingVault.abi;
    expect(await call(vault, vestingVault!.address, 'owner')).toBe(vestingVault!.admin);
    const groups = plan.allocation.flatMap((group) =>
      group.grants.map((grant) => ({ ...grant, group: group.id })),
    );
    expect(await call(vault, vestingVault!.address, 'grantCount')).toBe(BigInt(groups.length));
    for (const [index, grant] of groups.entries()) {
      const stored = await call(vault, vestingVault!.address, 'position', [BigInt(index)]);
      expect(stored).toMatchObject({
        grant: {
          beneficiary: grant.beneficiary,
          amount: grant.amount,
          tgeAmount: grant.tgeAmount,
          start: BigInt(grant.start),
          lockSeconds: grant.lockSeconds,
          linearSeconds: grant.linearSeconds,
          mode: grant.mode === 'cliff' ? 1 : 0,
          revocable: grant.revocable,
          bucket: vaultBucketKey(grant.group, grant.bucket),
        },
        released: 0n,
      });
    }
    const granted = groups.reduce((sum, { amount }) => sum + amount, 0n);
    expect(await call(vault, vestingVault!.address, 'liabilities')).toBe(granted);
    expect(compiled.genesis.alloc.get(lower(vestingVault!.address))!.balance).toBe(granted);
    const splitter = artifacts.FeeSplitter.abi;
    expect(await call(splitter, feeSplitter!.address, 'burnBasisPoints')).toBe(
      plan.fees.burnBasisPoints,
    );
    expect(await call(splitter, feeSplitter!.address, 'owner')).toBe(timelock!.address);
    const payees = plan.fees.payees.map(({ address, basisPoints }) => [address, basisPoints]);
    const stored = (await call(splitter, feeSplitter!.address, 'payees')) as object[];
    expect(stored.map((payee) => Object.values(payee))).toEqual(payees);
  });

  it('given the CREATE2 factory, its code is the well-known 69 bytes', () => {
    const { code, nonce, balance } = compiled.genesis.alloc.get(
      '0x4e59b44847b379578588920ca78fbf26c0b4956c',
    )!;
    expect(code).toBe(
      '0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3',
    );
    expect([code.length / 2 - 1, nonce, balance]).toEqual([69, 1n, 0n]);
  });

  it('given the plan’s roles, precompiles hold them and fees go to the splitter', () => {
    const description = describeGenesis(compiled.genesis, compiled.names);
    const text = description.precompiles.map(({ name, value }) => `${name} ${value}`).join('\n');
    expect(text).toMatch(/admin 0x\w+ TimelockController \(predeploy\)/);
    expect(text).toMatch(/fees go to 0x\w+ FeeSplitter \(predeploy\)/);
    expect(text).toContain('contract deployer allow list off');
    expect(description.accounts.some(({ name }) => name.includes('deployer'))).toBe(true);
    expect(description.header.find(({ name }) => name === 'block hash')!.value).toBe(
      compiled.blockHash,
    );
    expect(description.upgrades.find(({ name }) => name === 'granite')!.value).toContain('later');
    expect(description.upgrades.find(({ name }) => name === 'fortuna')!.value).toBe('never');
  });

  it('given one changed slot in the file, the comparison names it', () => {
    const changed = compiled.json.replace(/("balance": "0x)1/, '$12');
    expect(changed).not.toBe(compiled.json);
    const paths = diffGenesis(compiled.genesis, parseGenesis(changed)).map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        'header.hash',
        'header.stateRoot',
        expect.stringMatching(/^account\.0x\w{40}\.balance$/),
      ]),
    );
    expect(paths).toHaveLength(3);
  });

  it('given fees that are burned or left to validators, no splitter is made', async () => {
    for (const mode of ['burn-all', 'validators'] as const) {
      const other = { ...plan, fees: { ...plan.fees, mode } };
      const { predeploys } = await compileGenesis(other, { artifacts });
      expect(predeploys.map(({ name }) => name)).not.toContain('FeeSplitter');
    }
  });

  it('given grants without a vault, a wrong sum or a reverting constructor, it refuses', async () => {
    const { vestingVault: _, ...others } = plan.predeploys;
    const refusals: [ResolvedPlan, string][] = [
      [{ ...plan, predeploys: others }, 'GENESIS_NO_VAULT'],
      [
        { ...plan, token: { ...plan.token, supply: (plan.token.supply + 1n) as never } },
        'GENESIS_SUPPLY_MISMATCH',
      ],
    ];
    for (const [bad, code] of refusals) {
      await expect(compileGenesis(bad, { artifacts })).rejects.toMatchObject({ code, exitCode: 2 });
    }
    const mismatch = { ...artifacts, WMASA: artifacts.FeeSplitter };
    await expect(compileGenesis(plan, { artifacts: mismatch })).rejects.toMatchObject({
      code: 'GENESIS_CONSTRUCTOR_MISMATCH',
    } satisfies Partial<ToolkitError>);
    const reverting = { ...artifacts, WMASA: { abi: [], creationCode: '0x60006000fd' as Hex } };
    await expect(compileGenesis(plan, { artifacts: reverting })).rejects.toMatchObject({
      code: 'GENESIS_CONSTRUCTOR_FAILED',
    });
  });
});

describe('formatGenesis', () => {
  it('given large integers, every digit stands as a JSON number', () => {
    expect(formatGenesis({ a: 2n ** 200n, b: [], c: {}, d: undefined, e: [true, 'x'] })).toBe(
      `{\n  "a": ${2n ** 200n},\n  "b": [],\n  "c": {},\n  "e": [\n    true,\n    "x"\n  ]\n}\n`,
    );
  });
});
