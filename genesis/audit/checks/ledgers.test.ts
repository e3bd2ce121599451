import { readFileSync } from 'node:fs';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { masaStaking } from '../../../contracts/generated/index.js';
import { type Hex, keccak256 } from '../../base/hash.js';
import { compileGenesis } from '../../compile/compile-genesis.js';
import { parseGenesis } from '../../compile/parse-genesis.js';
import { type ChainBlock, genesisBlock } from '../../evm/chain-block.js';
import { createEngine, type Engine, pureCrypto } from '../../evm/engine.js';
import type { WorldState } from '../../evm/world-state.js';
import { resolvePlan } from '../../plan/resolve-plan.js';
import { blackhole } from '../../precompiles/reward-manager.js';
import type { AuditEvidence } from '../audit-evidence.js';
import { checkLedgers } from './ledgers.js';

const staking: Hex = '0x5300000000000000000000000000000000000001';
const spender: Hex = '0x5300000000000000000000000000000000000002';
let engine: Engine;
let head: ChainBlock;
let contracts: { readonly name: string; readonly address: Hex }[];
const at = (name: string) => contracts.find((one) => one.name === name)!.address;

beforeAll(async () => {
  const text = readFileSync(new URL('../../plans/masa.yaml', import.meta.url), 'utf8');
  const { json, predeploys } = await compileGenesis(resolvePlan({ text, file: 'masa.yaml' }));
  const genesis = parseGenesis(json);
  const first = genesisBlock(genesis, pureCrypto);
  engine = createEngine({ genesis, state: first.state });
  contracts = [
    ...predeploys.map(({ name, address }) => ({ name, address: address.toLowerCase() as Hex })),
    { name: 'MasaStaking', address: staking },
  ];
  // Its books need no immutables.
  const code = hexToBytes(masaStaking.runtimeCode.slice(2));
  const account = { nonce: 1n, balance: 0n, code, codeHash: keccak256(code) };
  const state = first.state.with([[staking, { account, cleared: false, storage: new Map() }]]);
  head = { ...first, state };
});

/** Without leading zeros, as states keep words. */
function wordOf(value: bigint): Uint8Array {
  const hex = value.toString(16);
  return value === 0n
    ? new Uint8Array()
    : hexToBytes(hex.padStart(hex.length + (hex.length % 2), '0'));
}

async function differences(state: WorldState, logs: readonly object[] = []) {
  const block = { ...head, state, receipts: [{ logs }] };
  const evidence = { manifest: { contracts }, engine, blocks: [block] };
  const outcome = await checkLedgers.run(evidence as unknown as AuditEvidence);
  return outcome.differences;
}

/** The state with another balance or with words in an account's storage. */
function changed(address: Hex, change: { balance?: bigint; storage?: ReadonlyMap<Hex, bigint> }) {
  const none = {
    nonce: 0n,
    balance: 0n,
    code: new Uint8Array(),
    codeHash: keccak256(new Uint8Array()),
  };
  const account = head.state.get(address) ?? none;
  const storage = new Map([...(change.storage ?? [])].map(([slot, word]) => [slot, wordOf(word)]));
  const balance = change.balance ?? account.balance;
  return head.state.with([
    [address, { account: { ...account, balance }, cleared: false, storage }],
  ]);
}

describe('checkLedgers', () => {
  it('passes where every contract covers what it owes', async () => {
    expect(await differences(head.state)).toEqual([]);
    const surplus = changed(at('VestingVault'), {
      balance: head.state.get(at('VestingVault'))!.balance + 1n,
    });
    expect(await differences(surplus)).toEqual([]);
  });

  it('fails when one wei of the vested coins is missing', async () => {
    const { balance } = head.state.get(at('VestingVault'))!;
    expect(balance).toBeGreaterThan(0n);
    const [difference, ...others] = await differences(
      changed(at('VestingVault'), { balance: balance - 1n }),
    );
    expect(others).toEqual([]);
    expect(difference).toEqual({
      where: 'VestingVault: balance',
      expected: `at least ${balance} wei`,
      actual: `${balance - 1n} wei`,
    });
  });

  it.each([
    ['totalPrincipal', 'MasaStaking: balance'],
    ['committedRewards', 'MasaStaking: balance', 'MasaStaking: rewards funded'],
    ['rewardPool', 'MasaStaking: balance', 'MasaStaking: rewards funded'],
    ['totalFunded', 'MasaStaking: rewards funded'],
    ['totalRewardsPaid', 'MasaStaking: rewards funded'],
  ])('fails when %s of the staking contract is too high', async (name, ...expected) => {
    const places = ['totalPrincipal', 'committedRewards', 'rewardPool', 'totalFunded'];
    const index = [...places, 'totalRewardsPaid'].indexOf(name);
    const slot = await slotOfCounter(index);
    const found = await differences(changed(staking, { storage: new Map([[slot, 5n]]) }));
    expect(found).toHaveLength(expected.length);
    for (const [position, where] of expected.entries())
      expect(found[position]!.where).toContain(where);
  });

  it('fails when the blackhole has less than the fee splitter burned', async () => {
    const burned = changed(blackhole, { balance: 0n });
    expect(await differences(burned)).toEqual([]);
    const found = [];
    for (let slot = 0; slot < 12; slot += 1) {
      const storage = new Map([[slotAt(slot), 7n]]);
      found.push(...(await differences(changed(at('FeeSplitter'), { storage }))));
    }
    expect(found).toContainEqual({
      where: 'FeeSplitter: coins in the blackhole',
      expected: 'at least 7 wei',
      actual: '0 wei',
    });
  });

  it('fails when somebody may take wrapped coins from a contract', async () => {
    const owner = at('FeeSplitter');
    const topic = (address: Hex) => `0x${address.slice(2).padStart(64, '0')}`;
    const log = {
      address: at('WMASA'),
      topics: [
        '0x8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925',
        topic(owner),
        topic(spender),
      ],
      data: '0x',
    };
    // Approved once, taken back since.
    expect(await differences(head.state, [log])).toEqual([]);
    // Where solady's ERC20 keeps an allowance.
    const slot: Hex = `0x${bytesToHex(
      keccak256(
        concatBytes(
          hexToBytes(owner.slice(2)),
          new Uint8Array(8),
          hexToBytes('7f5e9f20'),
          hexToBytes(spender.slice(2)),
        ),
      ),
    )}`;
    const state = changed(at('WMASA'), { storage: new Map([[slot, 3n]]) });
    expect(await differences(state, [log, { ...log, address: staking }])).toEqual([
      { where: `WMASA: allowance of ${owner} for ${spender}`, expected: '0', actual: '3' },
    ]);
    expect(await differences(state)).toEqual([]);
  });

  it('fails when a contract does not answer', async () => {
    const found = await differences(
      head.state.with([[at('WMASA'), { account: undefined, cleared: true, storage: new Map() }]]),
    );
    expect(found).toMatchObject([{ where: 'WMASA: totalSupply', expected: 'figures' }]);
  });
});

const slotAt = (slot: number): Hex => `0x${slot.toString(16).padStart(64, '0')}`;

/** The counters of the staking contract stand one after the other in its storage; the first slot that moves the balance check is the principal's. */
async function slotOfCounter(index: number): Promise<Hex> {
  for (let slot = 0; slot < 12; slot += 1) {
    const storage = new Map([[slotAt(slot), 5n]]);
    const found = await differences(changed(staking, { storage }));
    if (found.length === 1 && found[0]!.where === 'MasaStaking: balance')
      return slotAt(slot + index);
  }
  return '0x';
}
