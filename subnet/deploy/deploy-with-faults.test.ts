import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { createPublicClient, createWalletClient, http, keccak256, parseTransaction } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDeploymentManifest } from '../../genesis/audit/deployment-manifest.js';
import type { ToolkitError } from '../../genesis/base/errors.js';
import type { Hex } from '../../genesis/base/hash.js';
import { compileGenesis } from '../../genesis/compile/compile-genesis.js';
import { resolvePlan } from '../../genesis/plan/resolve-plan.js';
import { connectRpc } from '../clients/connect-rpc.js';
import { startEmbedded } from '../embedded/start-embedded.js';
import { type DeployedPlan, deployPlan } from './deploy-plan.js';
import { type CallFault, type FaultDoor, openFaultDoor } from './fault-door.js';
import { spawnAnvil } from './spawn-anvil.js';

const folder = mkdtempSync(join(tmpdir(), 'masa-deploy-faults-'));
const text = readFileSync(join(import.meta.dirname, '../../genesis/plans/masa.yaml'), 'utf8');
const plan = resolvePlan({ text, file: 'masa.yaml' });
const compiled = await compileGenesis(plan);
const deployer = plan.accounts.deployer!;
const phrase = 'test test test test test test test test test test test junk';
const patience = { looks: 80, checkEvery: 3, replaceAfter: 12, receiptLag: 3 };
const stops: (() => unknown)[] = [];
afterAll(async () => {
  for (const stop of stops) await stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What happens to the chain itself, after a call. */
type ChainFault = 'reorganisation' | 'base fee tripled' | 'nonce taken';
const callFaults: readonly CallFault[] = [
  ...(['cut-before', 'cut-after', 'late', 'twice', 'swallowed', 'down'] as const),
  ...(['says already known', 'says nonce too low'] as const),
  'says replacement transaction underpriced',
];
const chainFaults: readonly ChainFault[] = ['reorganisation', 'base fee tripled', 'nonce taken'];

const engines = {
  embedded: async () => {
    const chain = await startEmbedded({ genesis: compiled.json, port: 0 });
    stops.push(() => chain.stop());
    return { behind: chain.url, existingChain: false };
  },
  anvil: async () => {
    const rich = ['--chain-id', String(plan.chain.chainId), '--balance', '2000000000'];
    const chain = await spawnAnvil(...rich);
    stops.push(() => chain.stop());
    return { behind: chain.url, existingChain: true };
  },
};

describe.each(Object.keys(engines) as (keyof typeof engines)[])(
  'through bad connections to %s',
  (engine) => {
    let door: FaultDoor;
    let existingChain: boolean;
    let call: (method: string, params?: readonly unknown[]) => Promise<unknown>;
    let client: ReturnType<typeof createPublicClient>;
    let fresh: unknown;
    let outs = 0;
    let reference: DeployedPlan;

    const run = (out: string) =>
      deployPlan({
        ...{ plan, compiled, existingChain, patience, pollMilliseconds: 10 },
        rpcUrl: door.url,
        folder: join(folder, `${engine} ${out}`),
      });
    const reset = async () => {
      door.fault = () => undefined;
      door.after = async () => {};
      door.revive();
      door.sent.length = 0;
      await call('evm_revert', [fresh]);
      fresh = await call('evm_snapshot');
      outs += 1;
      return `${outs}`;
    };

    beforeAll(async () => {
      const { behind, existingChain: existing } = await engines[engine]();
      existingChain = existing;
      door = await openFaultDoor(behind);
      stops.push(() => door.stop());
      const ask = connectRpc(behind);
      call = (method, params = []) => ask(method, params);
      client = createPublicClient({ transport: http(behind), cacheTime: 0 });
      fresh = await call('evm_snapshot');
      reference = await run('reference');
    });

    /** What the deployment is for, read from the chain. */
    const readState = async () =>
      Promise.all(
        reference.manifest.contracts.map(async ({ name, address }) => [
          name,
          keccak256((await client.getCode({ address: address as Hex })) ?? '0x'),
          // Fees differ: replacements pay more, strangers pay too.
          name === 'FeeSplitter' ? 0n : await client.getBalance({ address: address as Hex }),
        ]),
      );

    it('replaces a transaction that waits below the base fee', async () => {
      const out = await reset();
      await call('evm_setAutomine', [false]);
      let waiting: string[] = [];
      door.after = async (method) => {
        if (method !== 'eth_sendRawTransaction') return;
        if (door.sent.length > 1) {
          await call('evm_setAutomine', [true]);
          await call('evm_mine');
          door.after = async () => {};
          return;
        }
        waiting = [...door.sent];
        // The block is made without it: its fee is below what the block asks for.
        const { maxFeePerGas } = parseTransaction(door.sent[0] as Hex);
        await call('anvil_setNextBlockBaseFeePerGas', [`0x${(maxFeePerGas! + 1n).toString(16)}`]);
        await call('evm_mine');
      };
      const { manifest } = await run(out);
      expect(waiting).toHaveLength(1);
      const [first, second] = door.sent.map((raw) => parseTransaction(raw as Hex));
      expect(second!.nonce).toBe(first!.nonce);
      expect(second!.data).toBe(first!.data);
      expect(second!.maxFeePerGas! * 100n).toBeGreaterThanOrEqual(first!.maxFeePerGas! * 110n);
      expect(manifest.transactions).toHaveLength(reference.manifest.transactions.length);
      expect((await run(out)).sent).toBe(0);
    });

    it('ends in the same state after any faults and resumes; then sends nothing', {
      timeout: 600_000,
    }, async () => {
      await reset();
      const clean = await run('clean');
      const wanted = await readState();
      const entry = fc.tuple(fc.nat({ max: 12 }), fc.constantFrom(...callFaults, ...chainFaults));
      const strangers = mnemonicToAccount(phrase, { addressIndex: 0 });
      expect(strangers.address).toBe(deployer);
      const wallet = createWalletClient({ account: strangers, transport: http(door.url) });
      await fc.assert(
        fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 5 }), async (drawn) => {
          const script = [...drawn];
          const out = await reset();
          let left = script[0]![0];
          let pending: ChainFault | undefined;
          let undo = await call('evm_snapshot');
          door.fault = () => {
            left -= 1;
            if (left >= 0 || script.length === 0) return undefined;
            const [, fault] = script.shift()!;
            left = script[0]?.[0] ?? 0;
            if ((callFaults as readonly string[]).includes(fault)) return fault as CallFault;
            pending = fault as ChainFault;
            return undefined;
          };
          door.after = async () => {
            const fault = pending;
            pending = undefined;
            if (fault === 'reorganisation') {
              await call('evm_revert', [undo]);
              undo = await call('evm_snapshot');
            }
            if (fault === 'base fee tripled') {
              const { baseFeePerGas } = await client.getBlock();
              await call('anvil_setNextBlockBaseFeePerGas', [
                `0x${(baseFeePerGas! * 3n).toString(16)}`,
              ]);
            }
            if (fault === 'nonce taken') {
              const own = door.fault;
              const after = door.after;
              door.fault = () => undefined;
              door.after = async () => {};
              const gas = { maxFeePerGas: 10n ** 12n, maxPriorityFeePerGas: 1n, gas: 21_000n };
              await wallet.sendTransaction({ chain: null, to: deployer, value: 0n, ...gas });
              door.fault = own;
              door.after = after;
            }
          };
          for (let attempt = 0; ; attempt += 1) {
            const quiet = script.length === 0;
            try {
              await run(out);
              if (quiet) break;
            } catch (error) {
              const { code, stack } = error as ToolkitError;
              const expected =
                /^(RPC_UNREACHABLE|RPC_REFUSED|DEPLOY_(NOT_MINED|FEE_CAP|NONCE_MOVED|NONCE_CONTESTED|UNSTABLE|CONDITION_NOT_MET))$/;
              expect(code, stack).toMatch(expected);
              door.revive();
            }
            expect(attempt).toBeLessThan(30);
          }
          expect(await readState()).toEqual(wanted);
          const { sent, manifestFile } = await run(out);
          expect(sent).toBe(0);
          const manifest = parseDeploymentManifest(
            readFileSync(manifestFile, 'utf8'),
            manifestFile,
          );
          const promised = ({ contracts, roles, transactions }: typeof manifest) => ({
            contracts: contracts.map(({ transactionHash: _, ...contract }) => contract),
            steps: transactions.map(({ step }) => step),
            roles,
          });
          expect(promised(manifest)).toEqual(promised(clean.manifest));
          for (const { step, hash, blockNumber } of manifest.transactions) {
            if (hash === undefined) continue;
            const receipt = await client.getTransactionReceipt({ hash: hash as Hex });
            expect([step, receipt.status, Number(receipt.blockNumber)]).toEqual([
              ...[step, 'success', blockNumber],
            ]);
          }
        }),
        { numRuns: Number(process.env.FUZZ_RUNS ?? 3) },
      );
    });
  },
);
