import { readFileSync } from 'node:fs';
import { keccak256, toBytes } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { parseTokens } from '../base/amount.js';
import { SECONDS_PER_MONTH } from '../base/time.js';
import { parsePlanText } from './parse-plan-text.js';
import { leavesOf } from './plan-node.js';
import { hashPlan, resolvePlan } from './resolve-plan.js';
import { selectPlan } from './select-plan.js';
import { unlockedSupply } from './unlocked-supply.js';

const text = readFileSync(new URL('../plans/masa.yaml', import.meta.url), 'utf8');
const resolve = (profile?: string, overlays?: readonly string[]) =>
  resolvePlan({ text, file: 'masa.yaml', profile, overlays });
const millions = (wei: bigint) => Number(wei / 10n ** 20n) / 10_000;
const choices = ['calibrated', 'low-float', 'high-float'].flatMap((profile) =>
  [[], ['local'], ['local-fast'], ['testnet']].map((overlays) => ({ profile, overlays })),
);

describe('masa.yaml', () => {
  it('states the supply and the live chain id without an overlay', () => {
    const plan = resolve(undefined, []);
    expect(plan.token).toEqual({
      name: 'MASA',
      symbol: 'MASA',
      decimals: 18,
      supply: 1_588_866_523n * 10n ** 18n,
    });
    expect(plan.chain.chainId).toBe(13396);
    expect(plan.chain.timestamp).toBe(Date.UTC(2024, 3, 11) / 1000);
    expect(plan.profile).toBe('calibrated');
  });

  it.each(choices)('adds up to the wei with $profile and $overlays', ({ profile, overlays }) => {
    const plan = resolve(profile, overlays);
    const sum = (list: readonly { amount: bigint }[]) =>
      list.reduce((left, { amount }) => left + amount, 0n);
    expect(sum(plan.allocation)).toBe(plan.token.supply);
    for (const group of plan.allocation) {
      expect(sum(group.buckets)).toBe(group.amount);
      expect(sum(group.grants) + sum(group.liquid)).toBe(group.amount);
      expect(sum(group.liquid)).toBe(group.tgeAmount);
      for (const bucket of group.buckets) {
        const inBucket = <T extends { bucket: string }>(list: readonly T[]) =>
          list.filter((item) => item.bucket === bucket.id);
        expect(sum(inBucket(group.grants)) + sum(inBucket(group.liquid))).toBe(bucket.amount);
      }
      expect(new Set(group.grants.map(({ id }) => id)).size).toBe(group.grants.length);
    }
  });

  // Months and M tokens as calibrated; 15.57 months is 28 July 2025, when trackers showed 558,800,582 in circulation.
  it.each([
    [0, 200.5, 0.1],
    [3, 245.5, 0.15],
    [6, 290.6, 0.15],
    [9, 364.8, 0.15],
    [12, 439.0, 0.15],
    [15.57, 558.8, 0.15],
    [24, 841.7, 0.15],
    [36, 1244, 0.6],
    [48, 1589, 0.6],
  ])('has at month %d an unlocked supply of %d M', (month, expected, tolerance) => {
    const { total } = unlockedSupply(resolve(), Math.round(month * SECONDS_PER_MONTH));
    expect(Math.abs(millions(total) - expected)).toBeLessThanOrEqual(tolerance);
  });

  it('releases the growth group evenly although its grants differ', () => {
    const plan = resolve();
    const growth = plan.allocation.find(({ id }) => id === 'growth')!;
    for (let month = 0; month <= 48; month += 0.5) {
      const seconds = month * SECONDS_PER_MONTH;
      const even =
        growth.tgeAmount + ((growth.amount - growth.tgeAmount) * BigInt(seconds)) / 126_144_000n;
      const unlocked = unlockedSupply(plan, seconds).groups.growth!;
      expect(even - unlocked).toBeGreaterThanOrEqual(-1n);
      expect(even - unlocked).toBeLessThanOrEqual(BigInt(growth.grants.length));
    }
  });

  it('keeps two thirds of the node rewards ahead of their release in year one', () => {
    const plan = resolve();
    const growth = plan.allocation.find(({ id }) => id === 'growth')!;
    const budget = plan.programmes.find(({ id }) => id === 'node-rewards')!.budget;
    const grant = growth.grants.find(({ id }) => id === 'node-rewards')!;
    const liquid = growth.liquid.find(({ account }) => account === 'node-rewards')!.amount;
    for (const month of [3, 6, 9, 12, 18, 24]) {
      const emitted =
        month <= 12
          ? (((budget * 2n) / 3n) * BigInt(month)) / 12n
          : (budget * 2n) / 3n + ((budget / 3n) * BigInt(month - 12)) / 12n;
      expect(liquid + (grant.amount * BigInt(month)) / 24n).toBeGreaterThanOrEqual(emitted);
    }
  });

  it('has floats of about 0 and 30 % of growth in the other profiles', () => {
    const tge = (profile: string) => {
      const growth = resolve(profile).allocation.find(({ id }) => id === 'growth')!;
      return Number((growth.tgeAmount * 10_000n) / growth.amount) / 100;
    };
    expect(tge('low-float')).toBe(0);
    expect(tge('high-float')).toBe(30);
    expect(tge('calibrated')).toBeCloseTo(9.47, 1);
    for (const profile of ['low-float', 'high-float']) {
      const liquid = resolve(profile).allocation.flatMap((group) => group.liquid);
      const gas = liquid.find(({ account }) => account === 'deployer')!.amount;
      expect(gas).toBeGreaterThanOrEqual(parseTokens('100'));
    }
  });

  it('divides growth as stated: 5, 15, 2, 10 and 18.13 % of the supply', () => {
    const plan = resolve();
    const growth = plan.allocation.find(({ id }) => id === 'growth')!;
    const shares = growth.buckets.map(
      ({ amount }) => Number((amount * 10_000n) / plan.token.supply) / 100,
    );
    expect(shares).toEqual([5, 15, 2, 10, 18.13]);
  });

  it('has the staking terms of the contracts in millionths of a percent', () => {
    const { staking } = resolve();
    expect(staking?.periodSeconds).toBe(2_592_000);
    expect(staking?.cooldownSeconds).toBe(1_814_400);
    expect(staking?.terms).toEqual([
      { periods: 3, rewardMicroPercent: 3_750_000n },
      { periods: 6, rewardMicroPercent: 10_000_000n },
      { periods: 9, rewardMicroPercent: 18_750_000n },
    ]);
    expect(staking?.reserve).toBeGreaterThan(parseTokens('1152208'));
  });

  it('gives every precompile to the timelock and to nobody else, from genesis', () => {
    const { chain, predeploys } = resolve();
    const { warp, ...managed } = chain.precompiles;
    expect(Object.keys(managed).sort()).toEqual([
      'contractNativeMinter',
      'feeManager',
      'rewardManager',
    ]);
    for (const roles of Object.values(managed)) {
      expect(roles).toMatchObject({
        blockTimestamp: chain.timestamp,
        admins: [predeploys.timelock?.address],
        managers: [],
        enabled: [],
      });
    }
    expect(chain.precompiles.rewardManager?.rewardAddress).toBe(predeploys.feeSplitter?.address);
    expect(warp).toEqual({
      blockTimestamp: chain.timestamp,
      quorumNumerator: 67,
      requirePrimaryNetworkSigners: false,
    });
  });

  it('postpones Granite and raises the gas target in local-fast only', () => {
    const fast = resolve(undefined, ['local-fast']).chain;
    const real = resolve(undefined, ['local']).chain;
    expect(fast.upgrades).toEqual({ graniteTimestamp: 253_399_622_400 });
    expect(fast.feeConfig.targetGas).toBe(10n ** 9n);
    expect(real.upgrades).toEqual({});
    expect(real.feeConfig).toMatchObject({ gasLimit: 8_000_000n, targetGas: 25_000_000n });
    expect(fast.chainId).toBe(real.chainId);
    expect([13396, 103454, 3454]).not.toContain(real.chainId);
    expect(resolve().chain).toEqual(fast);
  });

  it('uses the public test phrase for local accounts, in order, and stores no key', () => {
    const { accounts } = resolve(undefined, ['local']);
    const phrase = 'test test test test test test test test test test test junk';
    const names = Object.keys(accounts);
    const order = ['deployer', 'treasury', 'faucet', 'admin', 'team'];
    for (const [index, name] of order.entries()) {
      expect(accounts[name]).toBe(mnemonicToAccount(phrase, { addressIndex: index }).address);
    }
    const derived = names.map(
      (_, addressIndex) => mnemonicToAccount(phrase, { addressIndex }).address,
    );
    expect(Object.values(accounts).sort()).toEqual(derived.sort());
    expect(text).not.toMatch(/0x[0-9a-fA-F]{64}/);
  });

  it('has placeholders that nobody can hold a key for in the base plan', () => {
    const { accounts } = resolve(undefined, []);
    for (const [name, address] of Object.entries(accounts)) {
      if (name === 'admin') continue;
      const hash = keccak256(toBytes(`masa plan account ${name}`));
      expect(address.toLowerCase()).toBe(`0x${hash.slice(26)}`);
    }
  });

  it.each(choices)('knows where every value comes from with $profile and $overlays', (choice) => {
    const { node } = selectPlan(parsePlanText(text, 'masa.yaml'), 'masa.yaml', choice);
    const { provenance } = resolve(choice.profile, choice.overlays);
    const leaves = [...leavesOf(node)];
    expect(leaves.length).toBeGreaterThan(300);
    const numeric = /^[0-9._]+$/;
    for (const [path, { value, source }] of leaves) {
      if (typeof value === 'string' && !numeric.test(value)) continue;
      if (path === 'version') continue;
      expect(source, path).toBeDefined();
      expect(provenance[path], path).toMatchObject({ value, confidence: source?.confidence });
      expect(provenance[path]?.unit, path).not.toBe('');
      expect(source?.source.length, path).toBeGreaterThan(10);
    }
    const cited = Object.values(provenance).map(({ source, note }) => `${source} ${note ?? ''}`);
    expect(cited.filter((words) => /shared\/|\.\.\//.test(words))).toEqual([]);
  });

  it('resolves to the same hash every time, and to another for another choice', () => {
    expect(hashPlan(resolve())).toBe(hashPlan(resolve()));
    const hashes = choices.map(({ profile, overlays }) => hashPlan(resolve(profile, overlays)));
    expect(new Set(hashes).size).toBe(choices.length);
  });
});
