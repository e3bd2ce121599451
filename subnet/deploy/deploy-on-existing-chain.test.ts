import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Abi,
  createPublicClient,
  createWalletClient,
  encodeFunctionData,
  getAddress,
  http,
  parseAbi,
  zeroHash,
} from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { afterAll, describe, expect, it } from 'vitest';
import { masaStaking, timelockController, vestingVault } from '../../contracts/generated/index.js';
import { parseDeploymentManifest } from '../../genesis/audit/deployment-manifest.js';
import type { Hex } from '../../genesis/base/hash.js';
import { compileGenesis } from '../../genesis/compile/compile-genesis.js';
import { resolvePlan } from '../../genesis/plan/resolve-plan.js';
import { deployPlan } from './deploy-plan.js';
import { create2FactoryCode } from './find-factory.js';
import { type SpawnedAnvil, spawnAnvil } from './spawn-anvil.js';

const folder = mkdtempSync(join(tmpdir(), 'masa-deploy-existing-'));
const chains: SpawnedAnvil[] = [];
afterAll(() => {
  for (const chain of chains) chain.stop();
  rmSync(folder, { recursive: true, force: true });
});
const text = readFileSync(join(import.meta.dirname, '../../genesis/plans/masa.yaml'), 'utf8');
const plan = resolvePlan({ text, file: 'masa.yaml' });
const compiled = await compileGenesis(plan);
const deployer = plan.accounts.deployer!;
const rich = ['--chain-id', String(plan.chain.chainId), '--balance', '2000000000'];
const grants = plan.allocation.flatMap((group) => group.grants);
const roleEvents = parseAbi([
  'event RoleGranted(bytes32 indexed role, address indexed account, address indexed sender)',
  'event RoleRevoked(bytes32 indexed role, address indexed account, address indexed sender)',
  'event OwnershipTransferred(address indexed previousOwner, address indexed newOwner)',
]);
let outs = 0;

async function start(...options: string[]) {
  const chain = await spawnAnvil(...options);
  chains.push(chain);
  outs += 1;
  const parameters = {
    ...{ plan, compiled, rpcUrl: chain.url, existingChain: true },
    folder: join(folder, `${outs}`),
  };
  const client = createPublicClient({ transport: http(chain.url), cacheTime: 0 });
  return { chain, parameters, client };
}
const transactionsOf = async (client: Awaited<ReturnType<typeof start>>['client']) =>
  client.getTransactionCount({ address: deployer });

describe('a chain that was not started from the plan', () => {
  it.each([
    ['with the CREATE2 factory', [], 7],
    ['without it: the deployer makes its own', ['--disable-default-create2-deployer'], 8],
  ])(
    '%s gets everything, funded, owned by the timelock; a second run sends nothing',
    async (_, options, sent) => {
      const { chain, parameters, client } = await start(...rich, ...options);
      // The reserve account has less than the plan gives it; the faucet has nothing.
      for (const account of ['staking-rewards', 'faucet']) {
        await chain.call('anvil_setBalance', [plan.accounts[account], '0x0']);
      }
      const first = await deployPlan(parameters);
      expect(first.sent).toBe(sent + 1);
      const manifest = parseDeploymentManifest(
        readFileSync(first.manifestFile, 'utf8'),
        'manifest',
      );
      expect(existsSync(first.genesisFile)).toBe(false);
      expect(manifest.genesisHash).toBe((await client.getBlock({ blockNumber: 0n })).hash);
      const at = (name: string) =>
        manifest.contracts.find((contract) => contract.name === name)!.address as Hex;
      expect(await client.getCode({ address: at('Create2Factory') })).toBe(create2FactoryCode);
      expect(manifest.contracts.map(({ name }) => name)).toEqual([
        ...['Create2Factory', 'FeeSplitter', 'TimelockController', 'WMASA', 'VestingVault'],
        'MasaStaking',
      ]);

      // Funding: as the plan says, to the wei.
      const read = (address: Hex, abi: Abi, functionName: string, args: unknown[] = []) =>
        client.readContract({ address, abi, functionName, args });
      const vault = at('VestingVault');
      expect(await read(vault, vestingVault.abi, 'grantCount')).toBe(BigInt(grants.length));
      expect(await client.getBalance({ address: vault })).toBe(
        grants.reduce((sum, { amount }) => sum + amount, 0n),
      );
      expect(await read(at('MasaStaking'), masaStaking.abi, 'rewardPool')).toBe(
        plan.staking!.reserve,
      );
      const faucet = plan.allocation
        .flatMap((group) => group.liquid)
        .find(({ account }) => account === 'faucet')!;
      expect(await client.getBalance({ address: faucet.address })).toBe(faucet.amount);

      // Roles: whoever any event of the chain names, asked for what he holds now.
      const timelock = at('TimelockController');
      const logs = await client.getLogs({ events: roleEvents, fromBlock: 0n });
      expect(logs.length).toBeGreaterThan(6);
      const named = logs.flatMap(({ topics }) =>
        topics.slice(1).flatMap((topic) => (/^0x0{24}/.test(topic!) ? [topic!.slice(26)] : [])),
      );
      const accounts = [...new Set(named)].map((hex) => getAddress(`0x${hex}`));
      expect(accounts).toContain(plan.accounts.admin);
      const held = new Map<string, string[]>();
      const hold = (who: Hex, what: string) => held.set(who, [...(held.get(who) ?? []), what]);
      for (const role of [
        'PROPOSER_ROLE',
        'EXECUTOR_ROLE',
        'CANCELLER_ROLE',
        'DEFAULT_ADMIN_ROLE',
      ]) {
        const hash =
          role === 'DEFAULT_ADMIN_ROLE'
            ? zeroHash
            : await read(timelock, timelockController.abi, role);
        for (const account of accounts) {
          if (await read(timelock, timelockController.abi, 'hasRole', [hash, account])) {
            hold(account, role);
          }
        }
      }
      for (const name of ['FeeSplitter', 'VestingVault', 'MasaStaking']) {
        hold((await read(at(name), masaStaking.abi, 'owner')) as Hex, `owner of ${name}`);
      }
      expect(Object.fromEntries(held)).toEqual({
        [plan.accounts.admin!]: ['PROPOSER_ROLE', 'EXECUTOR_ROLE', 'CANCELLER_ROLE'],
        [timelock]: [
          'DEFAULT_ADMIN_ROLE',
          ...['FeeSplitter', 'VestingVault', 'MasaStaking'].map((name) => `owner of ${name}`),
        ],
      });
      expect(first.strangers).toEqual([]);
      expect(manifest.roles.flatMap(({ holders }) => holders)).not.toContain(deployer);

      // The timelock can act: its proposer schedules, time passes, its executor executes.
      const admin = mnemonicToAccount(
        'test test test test test test test test test test test junk',
        { addressIndex: 3 },
      );
      expect(admin.address).toBe(plan.accounts.admin);
      const wallet = createWalletClient({ account: admin, transport: http(chain.url) });
      const send = async (functionName: string, args: unknown[]) => {
        const { abi } = timelockController;
        const call = { address: timelock, abi, functionName, args, chain: null } as never;
        const hash = await wallet.writeContract(call);
        return (await client.waitForTransactionReceipt({ hash, pollingInterval: 20 })).status;
      };
      const setTerm = encodeFunctionData({
        abi: masaStaking.abi,
        functionName: 'setTerm',
        args: [12, 20_000_000n],
      });
      const operation = [at('MasaStaking'), 0n, setTerm, zeroHash, zeroHash];
      const delay = BigInt(plan.predeploys.timelock!.minDelaySeconds);
      expect(await send('schedule', [...operation, delay])).toBe('success');
      await expect(send('execute', operation)).rejects.toThrow();
      await chain.call('evm_increaseTime', [Number(delay)]);
      expect(await send('execute', operation)).toBe('success');
      expect(await read(at('MasaStaking'), masaStaking.abi, 'rewardFor', [12, 10n ** 8n])).toBe(
        20_000_000n,
      );

      // The faucet has been used; nothing is sent again, and no byte changes.
      await chain.call('anvil_setBalance', [faucet.address, '0x1']);
      await chain.call('anvil_setNonce', [faucet.address, '0x5']);
      const bytes = readFileSync(first.manifestFile);
      const count = await transactionsOf(client);
      expect((await deployPlan(parameters)).sent).toBe(0);
      expect(await transactionsOf(client)).toBe(count);
      expect(readFileSync(first.manifestFile)).toEqual(bytes);
      // With journal and manifest lost, everything is found on the chain.
      rmSync(parameters.folder, { recursive: true });
      expect((await deployPlan(parameters)).sent).toBe(0);
    },
  );

  it('is refused without --existing-chain, before anything is sent', async () => {
    const { parameters, client } = await start(...rich);
    await expect(deployPlan({ ...parameters, existingChain: false })).rejects.toMatchObject({
      code: 'DEPLOY_WRONG_GENESIS',
      exitCode: 2,
      next: expect.stringContaining('--existing-chain'),
    });
    expect(await transactionsOf(client)).toBe(0);
    expect(existsSync(parameters.folder)).toBe(false);
  });

  it('must have the chain id of the plan', async () => {
    const { parameters, client } = await start();
    await expect(deployPlan(parameters)).rejects.toMatchObject({
      code: 'DEPLOY_WRONG_CHAIN_ID',
      exitCode: 2,
    });
    expect(await transactionsOf(client)).toBe(0);
  });

  it('gets nothing from a deployer who cannot pay for everything', async () => {
    const { parameters, client } = await start('--chain-id', String(plan.chain.chainId));
    await expect(deployPlan(parameters)).rejects.toMatchObject({
      code: 'DEPLOY_UNFUNDED',
      where: deployer,
      allowed: expect.stringContaining('at least'),
    });
    expect(await transactionsOf(client)).toBe(0);
  });

  it('is refused when something else stands where the factory should be', async () => {
    const { chain, parameters, client } = await start(...rich);
    await chain.call('anvil_setCode', [plan.predeploys.create2Factory!.address, '0xfe']);
    await expect(deployPlan(parameters)).rejects.toMatchObject({ code: 'DEPLOY_FOREIGN_CODE' });
    expect(await transactionsOf(client)).toBe(0);
  });

  it('names accounts outside of the plan that hold a role', async () => {
    const { chain, parameters } = await start(...rich);
    const { manifest } = await deployPlan(parameters);
    const timelock = manifest.contracts.find(({ name }) => name === 'TimelockController')!;
    const stranger = getAddress('0x00000000000000000000000000000000deadbeef');
    await chain.call('anvil_setBalance', [timelock.address, '0xde0b6b3a7640000']);
    await chain.call('anvil_impersonateAccount', [timelock.address]);
    const { abi } = timelockController;
    const args = [zeroHash, stranger] as const;
    await chain.call('eth_sendTransaction', [
      {
        from: timelock.address,
        to: timelock.address,
        data: encodeFunctionData({ abi, functionName: 'grantRole', args }),
      },
    ]);
    const again = await deployPlan(parameters);
    expect(again.strangers).toEqual([stranger]);
    expect(again.manifest.roles).toContainEqual(
      expect.objectContaining({
        role: 'DEFAULT_ADMIN_ROLE',
        holders: [timelock.address, stranger],
      }),
    );
  });
});
