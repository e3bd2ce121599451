import { describe, expect, it } from 'vitest';
import type { Hex } from '../base/hash.js';
import { defaultFeeConfig } from '../precompiles/fee-config.js';
import { hashGenesis } from './hash-genesis.js';
import { parseGenesis } from './parse-genesis.js';
import { type ParsedGenesis, type UpgradeName, upgradeNames } from './parsed-genesis.js';

const zeroHash: Hex = `0x${'0'.repeat(64)}`;

/** A genesis with the first `count` upgrades active from time 0. */
const genesisAt = (count: number, change: Partial<ParsedGenesis> = {}): ParsedGenesis => {
  const active = new Set<UpgradeName>(upgradeNames.slice(0, count));
  return {
    network: 'local',
    config: {
      chainId: 1n,
      forks: { londonBlock: 0n, ...(active.has('etna') ? { cancunTime: 0n } : {}) },
      upgrades: Object.fromEntries([...active].map((name) => [name, 0n])),
      feeConfig: defaultFeeConfig,
      allowFeeRecipients: false,
      precompiles: new Map(),
      precompileUpgrades: [],
      stateUpgrades: [],
    },
    nonce: 0n,
    timestamp: 0n,
    extraData: '0x',
    gasLimit: 0n,
    difficulty: 131_072n,
    mixHash: zeroHash,
    coinbase: `0x${'0'.repeat(40)}`,
    alloc: new Map(),
    number: 0n,
    gasUsed: 0n,
    parentHash: zeroHash,
    ...change,
  };
};
const first: Hex = `0x01${'0'.repeat(38)}`;
const account = { balance: 1n, nonce: 0n, code: '0x', storage: new Map<Hex, Hex>() } as const;
const slot: Hex = `0x01${'0'.repeat(62)}`;

describe('hashGenesis against the hashes of upstream’s own tests', () => {
  const golden: readonly [string, ParsedGenesis, Hex][] = [
    [
      'one wei, base fee 225 gwei, Granite',
      genesisAt(5, { alloc: new Map([[first, account]]), baseFeePerGas: 225_000_000_000n }),
      '0x7d576d17f8083b02cada42b908f66c0f45a9be57a06a4673b89e53b81053a787',
    ],
    [
      'one wei and a storage slot, before SubnetEVM, gas limit 8,000,000',
      genesisAt(0, {
        alloc: new Map([[first, { ...account, storage: new Map([[slot, slot]]) }]]),
        gasLimit: 8_000_000n,
      }),
      '0x4a12fe7bf8d40d152d7e9de22337b115186a4662aa3a97217b36146202bbfc66',
    ],
    [
      'nothing, before SubnetEVM',
      genesisAt(0),
      '0x6116de25352c93149542e950162c7305f207bbc17b0eb725136b78c80aed79cc',
    ],
    [
      'nothing, Durango',
      genesisAt(2),
      '0x74dd5d404823f342fb3d372ea289565e5b1ff25d07e48a59db8130c5f61e941a',
    ],
    [
      'nothing, Etna and Fortuna',
      genesisAt(4),
      '0xa5de01cb7e5c6d721be62ab4b37878e863d65e0c1fe308e5df1f4c5b148650f9',
    ],
    [
      'nothing, Granite and Helicon',
      genesisAt(6),
      '0x4d5ff1b8509d30c6b7842b784a6cf8be78e34c78bc5de8559ea6f15ad18d6a10',
    ],
  ];
  for (const [title, genesis, hash] of golden) {
    it(`given ${title}, the block hash is equal`, () => {
      expect(hashGenesis(genesis).blockHash).toBe(hash);
    });
  }

  it('given one changed balance, the root and the hash change', () => {
    const text = (balance: number) =>
      `{"config":{"chainId":1},"gasLimit":8000000,"difficulty":0,"alloc":{"${first}":{"balance":${balance}}}}`;
    const [a, b] = [1, 2].map((balance) => hashGenesis(parseGenesis(text(balance))));
    expect(a!.stateRoot).not.toBe(b!.stateRoot);
    expect(a!.blockHash).not.toBe(b!.blockHash);
  });

  it('given a time before all upgrades, the header has no base fee', () => {
    const { header } = hashGenesis(genesisAt(0));
    expect(header.baseFee).toBeUndefined();
    expect(header.minDelayExcess).toBeUndefined();
  });
});
