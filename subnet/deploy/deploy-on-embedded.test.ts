import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createPublicClient,
  createWalletClient,
  encodeFunctionData,
  http,
  parseAbi,
  zeroHash,
} from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { timelockController } from '../../contracts/generated/index.js';
import type { Hex } from '../../genesis/base/hash.js';
import { compileGenesis } from '../../genesis/compile/compile-genesis.js';
import { resolvePlan } from '../../genesis/plan/resolve-plan.js';
import { precompiles } from '../../genesis/precompiles/registry.js';
import { type RunningEmbedded, startEmbedded } from '../embedded/start-embedded.js';
import { type DeployedPlan, deployPlan } from './deploy-plan.js';

const folder = mkdtempSync(join(tmpdir(), 'masa-deploy-embedded-'));
const text = readFileSync(join(import.meta.dirname, '../../genesis/plans/masa.yaml'), 'utf8');
const plan = resolvePlan({ text, file: 'masa.yaml' });
const compiled = await compileGenesis(plan);
const timelock = plan.predeploys.timelock!.address;
const deployer = plan.accounts.deployer!;
const allowList = parseAbi([
  'function setManager(address) external',
  'function readAllowList(address) view returns (uint256)',
]);
const phrase = 'test test test test test test test test test test test junk';
let chain: RunningEmbedded;
let first: DeployedPlan;
const run = () => deployPlan({ plan, compiled, rpcUrl: chain.url, folder });

beforeAll(async () => {
  chain = await startEmbedded({ genesis: compiled.json, port: 0 });
  first = await run();
});
afterAll(async () => {
  await chain.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a deployment onto the embedded chain, which has the precompiles of the plan', () => {
  it('uses the gas that a real AvalancheGo v1.14.2 uses, and nothing the second time', async () => {
    expect(first.sent).toBe(3);
    expect(first.manifest.transactions.map(({ gasUsed }) => gasUsed)).toEqual([
      1_308_845, 21_000, 67_111,
    ]);
    const manifest = readFileSync(first.manifestFile, 'utf8');
    expect((await run()).sent).toBe(0);
    expect(readFileSync(first.manifestFile, 'utf8')).toBe(manifest);
  });

  it('leaves roles with the timelock and its proposer only', async () => {
    const held = first.manifest.roles.flatMap(({ contract, role, holders }) =>
      holders.map((holder) => `${contract} ${role} ${holder}`),
    );
    const { admin } = plan.accounts;
    expect(held.sort()).toEqual(
      [
        ...['FeeSplitter', 'VestingVault', 'MasaStaking'].map(
          (name) => `${name} owner ${timelock}`,
        ),
        ...['contractNativeMinter', 'feeManager', 'rewardManager'].map(
          (name) => `${name} admin ${timelock}`,
        ),
        `TimelockController DEFAULT_ADMIN_ROLE ${timelock}`,
        ...['PROPOSER', 'EXECUTOR', 'CANCELLER'].map(
          (role) => `TimelockController ${role}_ROLE ${admin}`,
        ),
      ].sort(),
    );
    const client = createPublicClient({ transport: http(chain.url) });
    for (const { address, key } of precompiles) {
      const name = key.replace(/Config$/, '');
      if (name === 'warp' || !(name in plan.chain.precompiles)) continue;
      for (const account of Object.values(plan.accounts)) {
        const call = { address, abi: allowList, functionName: 'readAllowList', args: [account] };
        expect(await client.readContract(call as never), `${name} ${account}`).toBe(0n);
      }
    }
    expect(first.strangers).toEqual([]);
  });

  it('lets the timelock act on a precompile, and then names whom it let in', async () => {
    const client = createPublicClient({ transport: http(chain.url), cacheTime: 0 });
    const account = mnemonicToAccount(phrase, { addressIndex: 3 });
    expect(account.address).toBe(plan.accounts.admin);
    // The plan gives the proposer no coins; the deployment says so.
    expect(first.remaining).toEqual([expect.stringContaining(account.address)]);
    const coins = { method: 'anvil_setBalance', params: [account.address, '0xde0b6b3a7640000'] };
    await client.request(coins as never);
    const wallet = createWalletClient({ account, transport: http(chain.url) });
    const feeManager = precompiles.find(({ key }) => key === 'feeManagerConfig')!.address;
    const stranger: Hex = '0x00000000000000000000000000000000DeaDBeef';
    const data = encodeFunctionData({
      abi: allowList,
      functionName: 'setManager',
      args: [stranger],
    });
    const operation = [feeManager, 0n, data, zeroHash, zeroHash];
    const send = async (functionName: string, args: readonly unknown[]) => {
      const call = { address: timelock, abi: timelockController.abi, functionName, args };
      const hash = await wallet.writeContract({ ...call, chain: null } as never);
      return (await client.waitForTransactionReceipt({ hash, pollingInterval: 20 })).status;
    };
    const delay = plan.predeploys.timelock!.minDelaySeconds;
    expect(await send('schedule', [...operation, BigInt(delay)])).toBe('success');
    await expect(send('execute', operation)).rejects.toThrow();
    // Blocks made at once have times ahead of the clock.
    await client.request({ method: 'evm_increaseTime', params: [delay + 60] } as never);
    await client.request({ method: 'evm_mine' } as never);
    expect(await send('execute', operation)).toBe('success');
    const again = await run();
    expect(again.remaining).toEqual([]);
    expect(again.strangers).toEqual([stranger]);
    expect(again.manifest.roles).toContainEqual({
      ...{ contract: 'feeManager', address: feeManager, role: 'manager', holders: [stranger] },
    });
    expect(again.manifest.roles.flatMap(({ holders }) => holders)).not.toContain(deployer);
  });
});
