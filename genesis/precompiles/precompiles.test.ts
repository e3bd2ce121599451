import { describe, expect, it } from 'vitest';
import type { Hex } from '../base/hash.js';
import { defaultFeeConfig, verifyFeeConfig } from './fee-config.js';
import { readJson } from './json/read-json.js';
import type { PrecompileChain } from './precompile.js';
import { findPrecompile, precompiles } from './registry.js';

const word = (digits: string): Hex => `0x${digits.padStart(64, '0')}`;
const left = (digits: string): Hex => `0x${digits.padEnd(64, '0')}`;
const [admin, manager, enabled] = ['1', '2', '3'].map((digit): Hex => `0x${digit.repeat(40)}`);
const roles = {
  adminAddresses: [admin],
  managerAddresses: [manager],
  enabledAddresses: [enabled],
  blockTimestamp: 100,
};
const roleWords = {
  [word('1'.repeat(40))]: word('2'),
  [word('2'.repeat(40))]: word('3'),
  [word('3'.repeat(40))]: word('1'),
};
const chain: PrecompileChain = {
  feeConfig: defaultFeeConfig,
  allowFeeRecipients: false,
  isDurango: (time) => time >= 50n,
};

/** Storage and balances that a configuration writes. */
const configure = (key: string, config: unknown, change: Partial<PrecompileChain> = {}) => {
  const precompile = findPrecompile(key)!;
  const decoded = precompile.decode(readJson(JSON.stringify(config)), undefined, '')!;
  expect(precompile.verify(decoded, chain)).toBeUndefined();
  const storage: Record<string, string> = {};
  const balances: Record<string, bigint> = {};
  precompile.configure(
    decoded,
    { ...chain, ...change },
    {
      setStorage(slot, value) {
        if (BigInt(value) !== 0n) storage[slot] = value;
      },
      addBalance(address, amount) {
        balances[address] = (balances[address] ?? 0n) + amount;
      },
    },
  );
  return { storage, balances };
};
const violation = (key: string, config: unknown) => {
  const precompile = findPrecompile(key)!;
  return precompile.verify(
    precompile.decode(readJson(JSON.stringify(config)), undefined, '')!,
    chain,
  )?.path;
};

describe('precompiles', () => {
  it('are six, ascending by address, with distinct keys', () => {
    expect(precompiles.map(({ address }) => address)).toEqual(
      [0, 1, 2, 3, 4, 5].map((n) => `0x02${String(n).padStart(38, '0')}`),
    );
    expect(findPrecompile('rewardManager')).toBeUndefined();
  });

  it('given the allow lists, roles are stored by address', () => {
    for (const key of ['contractDeployerAllowListConfig', 'txAllowListConfig']) {
      expect(configure(key, roles)).toEqual({ storage: roleWords, balances: {} });
    }
  });

  it('given the native minter, initial mints are credited beside the roles', () => {
    const minted = configure('contractNativeMinterConfig', {
      ...roles,
      initialMint: { [admin!]: '0x10', [enabled!]: 7 },
    });
    expect(minted).toEqual({ storage: roleWords, balances: { [admin!]: 16n, [enabled!]: 7n } });
    expect(violation('contractNativeMinterConfig', { initialMint: { [admin!]: 0 } })).toContain(
      'initialMint',
    );
    expect(violation('contractNativeMinterConfig', { initialMint: { [admin!]: null } })).toContain(
      'initialMint',
    );
  });

  it('given the fee manager, eight words lie at 0x01… to 0x08…, and zero words are absent', () => {
    const expected = {
      ...roleWords,
      [left('01')]: word((8_000_000).toString(16)),
      [left('02')]: word('2'),
      [left('03')]: word((25_000_000_000).toString(16)),
      [left('04')]: word((15_000_000).toString(16)),
      [left('05')]: word('24'),
      [left('07')]: word((1_000_000).toString(16)),
      [left('08')]: word((200_000).toString(16)),
    };
    expect(configure('feeManagerConfig', roles).storage).toEqual(expected);
    const fees = {
      gasLimit: 1,
      targetBlockRate: 2,
      minBaseFee: 3,
      targetGas: 4,
      baseFeeChangeDenominator: 5,
      minBlockGasCost: 6,
      maxBlockGasCost: 7,
      blockGasCostStep: 8,
    };
    const own = configure('feeManagerConfig', { blockTimestamp: 100, initialFeeConfig: fees });
    expect(own.storage).toEqual(
      Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((n) => [left(`0${n}`), word(String(n))])),
    );
    expect(violation('feeManagerConfig', { initialFeeConfig: { ...fees, gasLimit: 0 } })).toBe(
      'initialFeeConfig.gasLimit',
    );
  });

  it('given the reward manager, slot "rask" holds the address, the blackhole or "afrav"', () => {
    const slot = left('7261736b');
    const stored = (config: object, change?: Partial<PrecompileChain>) =>
      configure('rewardManagerConfig', { blockTimestamp: 100, ...config }, change).storage;
    expect(stored({ initialRewardConfig: { rewardAddress: admin } })).toEqual({
      [slot]: word('1'.repeat(40)),
    });
    const blackhole = { [slot]: word(`01${'0'.repeat(38)}`) };
    expect(stored({ initialRewardConfig: {} })).toEqual(blackhole);
    expect(stored({})).toEqual(blackhole);
    const recipients = { [slot]: left('6166726176') };
    expect(stored({ initialRewardConfig: { allowFeeRecipients: true } })).toEqual(recipients);
    expect(stored({}, { allowFeeRecipients: true })).toEqual(recipients);
    expect(
      violation('rewardManagerConfig', {
        initialRewardConfig: { allowFeeRecipients: true, rewardAddress: admin },
      }),
    ).toBe('initialRewardConfig');
  });

  it('given Warp, nothing is stored; quorum and time are checked', () => {
    expect(configure('warpConfig', { blockTimestamp: 100 })).toEqual({ storage: {}, balances: {} });
    expect(violation('warpConfig', { blockTimestamp: 49 })).toBe('blockTimestamp');
    expect(violation('warpConfig', { quorumNumerator: 32 })).toBe('quorumNumerator');
    expect(violation('warpConfig', { quorumNumerator: 101 })).toBe('quorumNumerator');
    expect(violation('warpConfig', { quorumNumerator: 33 })).toBeUndefined();
  });

  it('given roles, overlaps, duplicates and early managers are refused', () => {
    const key = 'txAllowListConfig';
    expect(violation(key, { ...roles, blockTimestamp: 49 })).toBe('managerAddresses');
    expect(violation(key, { ...roles, enabledAddresses: [admin] })).toBe('adminAddresses[0]');
    expect(violation(key, { ...roles, adminAddresses: [manager] })).toBe('managerAddresses[0]');
    expect(violation(key, { enabledAddresses: [admin, admin] })).toBe('enabledAddresses[1]');
    expect(violation(key, { managerAddresses: [admin] })).toBeUndefined();
  });
});

describe('verifyFeeConfig', () => {
  const cases: readonly [string, bigint | undefined][] = [
    ['gasLimit', undefined],
    ['gasLimit', 0n],
    ['targetBlockRate', 0n],
    ['minBaseFee', -1n],
    ['targetGas', 0n],
    ['baseFeeChangeDenominator', 0n],
    ['minBlockGasCost', -1n],
    ['minBlockGasCost', 1_000_001n],
    ['maxBlockGasCost', 1n << 64n],
    ['blockGasCostStep', -1n],
    ['targetGas', 1n << 256n],
  ];
  for (const [name, value] of cases) {
    it(`given ${name} ${value}, it is refused`, () => {
      expect(verifyFeeConfig({ ...defaultFeeConfig, [name]: value })?.path).toBe(name);
    });
  }
});
