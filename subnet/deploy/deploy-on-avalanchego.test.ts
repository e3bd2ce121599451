import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPublicClient, http, zeroAddress } from 'viem';
import { afterAll, describe, expect, it } from 'vitest';
import { masaStaking } from '../../contracts/generated/index.js';
import { compileGenesis } from '../../genesis/compile/compile-genesis.js';
import { resolvePlan } from '../../genesis/plan/resolve-plan.js';
import { type FoundNode, findNode } from '../avalanchego/binaries/find-node.js';
import { startSingle } from '../avalanchego/topologies/start-single.js';
import { deployPlan } from './deploy-plan.js';

let reason = '';
const binaries: FoundNode | undefined = await findNode({
  moduleFolder: join(import.meta.dirname, '../avalanchego/node'),
  home: process.env.MASA_HOME ?? join(homedir(), '.masa'),
  env: process.env,
}).catch((error) => {
  reason = ` (skipped: ${error.message} ${error.next})`;
  return undefined;
});
const folder = mkdtempSync(join(tmpdir(), 'masa-deploy-node-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(binaries === undefined)(`deployment onto a real AvalancheGo L1${reason}`, () => {
  it('has the genesis hash of the plan, gets the contracts once, and keeps the deployer without a role', {
    timeout: 90_000,
  }, async () => {
    const text = readFileSync(join(import.meta.dirname, '../../genesis/plans/masa.yaml'), 'utf8');
    const plan = resolvePlan({ text, file: 'masa.yaml' });
    const compiled = await compileGenesis(plan);
    const single = await startSingle({
      binaries: binaries!,
      folder: join(folder, 'network'),
      seed: 'deployment test',
      genesis: compiled.json,
      startTime: Math.floor(Date.now() / 1000) - 60,
    });
    try {
      const parameters = {
        plan,
        compiled,
        rpcUrl: single.rpcUrl,
        folder: join(folder, 'deployment'),
      };
      const first = await deployPlan(parameters);
      expect(first.sent).toBe(3);
      expect(first.manifest.transactions.map(({ gasUsed }) => gasUsed)).toEqual([
        1_308_845, 21_000, 67_111,
      ]);
      // Nobody stood between: the node's own block 0 has the hash that was computed offline.
      const client = createPublicClient({ transport: http(single.rpcUrl) });
      expect((await client.getBlock({ blockNumber: 0n })).hash).toBe(compiled.blockHash);

      const staking = first.manifest.contracts.find(({ name }) => name === 'MasaStaking')!;
      const read = (functionName: 'owner' | 'rewardPool' | 'totalFunded') =>
        client.readContract({
          address: staking.address as `0x${string}`,
          abi: masaStaking.abi,
          functionName,
        });
      expect(await read('owner')).toBe(plan.predeploys.timelock!.address);
      expect(await read('rewardPool')).toBe(plan.staking!.reserve);

      const { roles } = first.manifest;
      const timelock = plan.predeploys.timelock!.address;
      const holders = (contract: string, role: string) =>
        roles.find((entry) => entry.contract === contract && entry.role === role)?.holders;
      for (const name of ['contractNativeMinter', 'feeManager', 'rewardManager']) {
        expect(holders(name, 'admin'), name).toEqual([timelock]);
        expect(holders(name, 'manager'), name).toEqual([]);
      }
      expect(holders('TimelockController', 'DEFAULT_ADMIN_ROLE')).toEqual([timelock]);
      expect(holders('TimelockController', 'PROPOSER_ROLE')).toEqual([plan.accounts.admin]);
      expect(holders('MasaStaking', 'owner')).toEqual([timelock]);
      const everybody = roles.flatMap((entry) => entry.holders);
      expect(everybody).not.toContain(plan.accounts.deployer);
      expect(everybody).not.toContain(zeroAddress);

      const bytes = readFileSync(first.manifestFile);
      const height = await client.getBlockNumber();
      const second = await deployPlan(parameters);
      expect(second.sent).toBe(0);
      expect(readFileSync(second.manifestFile)).toEqual(bytes);
      expect(await client.getBlockNumber({ cacheTime: 0 })).toBe(height);
    } finally {
      await single.stop();
    }
  });
});
