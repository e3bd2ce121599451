import type { GenesisCase } from './base-cases.js';

type Random = (bound: number) => number;

const now = 1_800_000_000;
const keys = [
  'contractDeployerAllowListConfig',
  'contractNativeMinterConfig',
  'txAllowListConfig',
  'feeManagerConfig',
  'rewardManagerConfig',
  'warpConfig',
];

/**
 * Files that are mostly well-formed and play with meaning: precompiles that go on and off round the genesis
 * time, mints to accounts that are in alloc or are precompiles, storage over role slots, forks in any order.
 */
export function randomCase(random: Random): GenesisCase {
  const pick = <T>(...values: readonly T[]) => values[random(values.length)]!;
  const chance = (percent: number) => random(100) < percent;
  const address = () =>
    pick(
      ...keys.map((_, index) => `0x020000000000000000000000000000000000000${index}`),
      ...['0', '1', '2', '3', 'a', 'f'].map((digit) => `0x${digit.repeat(40)}`),
    );
  const list = (bound: number) => Array.from({ length: random(bound) }, address);
  const time = () => pick(0, 1_607_144_399, 1_607_144_400, now - 5, now - 1, now, now + 1, now + 9);
  const fees = () => ({
    gasLimit: 8_000_000,
    targetBlockRate: pick(1, 2, 0),
    minBaseFee: pick(0, 1, 25_000_000_000),
    targetGas: pick(1, 15_000_000),
    baseFeeChangeDenominator: pick(1, 36),
    minBlockGasCost: pick(0, 5),
    maxBlockGasCost: pick(5, 1_000_000),
    blockGasCostStep: pick(0, 1),
  });
  const precompile = (key: string, at: number, disable = chance(5)) => ({
    ...(chance(95) ? { blockTimestamp: at } : {}),
    ...(disable ? { disable } : {}),
    ...(key === 'warpConfig'
      ? { quorumNumerator: pick(0, 33, 67, 100) }
      : {
          adminAddresses: list(3),
          ...(chance(30) ? { enabledAddresses: list(3) } : {}),
          ...(chance(20) ? { managerAddresses: list(2) } : {}),
        }),
    ...(key === 'contractNativeMinterConfig' && chance(60)
      ? {
          initialMint: Object.fromEntries(
            list(4).map((to) => [to, pick('1', '0x100', `0x${'f'.repeat(64)}`)]),
          ),
        }
      : {}),
    ...(key === 'feeManagerConfig' && chance(50) ? { initialFeeConfig: fees() } : {}),
    ...(key === 'rewardManagerConfig' && chance(70)
      ? {
          initialRewardConfig: pick<object>(
            {},
            { allowFeeRecipients: true },
            { rewardAddress: address() },
            { allowFeeRecipients: false, rewardAddress: address() },
          ),
        }
      : {}),
  });
  const word = () => `0x${pick('0', '1', 'ff', '3'.repeat(40), '2'.repeat(40)).padStart(64, '0')}`;
  const account = () => ({
    balance: pick('0', '1', '0xde0b6b3a7640000', '-1', `0x${'f'.repeat(64)}`),
    ...(chance(30) ? { nonce: pick('0', '1', '0xffffffffffffffff') } : {}),
    ...(chance(30) ? { code: pick('0x', '0x00', '0x6001600155', `0x${'5b'.repeat(300)}`) } : {}),
    ...(chance(40) ? { storage: Object.fromEntries([0, 1, 2].map(() => [word(), word()])) } : {}),
  });
  const upgradeTimes = () => ({
    ...(chance(20) ? { durangoTimestamp: time() } : {}),
    ...(chance(20) ? { etnaTimestamp: time() } : {}),
    ...(chance(20) ? { fortunaTimestamp: time() } : {}),
    ...(chance(40) ? { graniteTimestamp: pick(now - 1, now, now + 1, 253_399_622_400) } : {}),
  });
  const clock = { now: now - 20 };
  const upgrades = Array.from({ length: random(6) }, () => {
    const key = pick(...keys.slice(0, 3), 'feeManagerConfig', 'feeManagerConfig');
    clock.now += random(8);
    return { [key]: precompile(key, clock.now, chance(45)) };
  });
  const genesis = {
    config: {
      chainId: 1 + random(1_000),
      ...(chance(80) ? { feeConfig: fees() } : {}),
      ...(chance(30) ? { allowFeeRecipients: true } : {}),
      ...upgradeTimes(),
      ...Object.fromEntries(
        keys
          .filter(() => chance(45))
          .map((key) => [key, precompile(key, pick(now - 30, now, time()))]),
      ),
    },
    timestamp: pick(0, now, now, now, now),
    gasLimit: 8_000_000,
    difficulty: pick('0', '0x1', '0x100'),
    ...(chance(20) ? { baseFeePerGas: pick('0', '5') } : {}),
    ...(chance(10) ? { extraData: '0x0102' } : {}),
    alloc: Object.fromEntries(list(6).map((owner) => [owner, account()])),
  };
  const upgrade = {
    ...(chance(30) ? { networkUpgradeOverrides: upgradeTimes() } : {}),
    precompileUpgrades: upgrades,
  };
  return {
    genesis: JSON.stringify(genesis),
    upgrade: chance(70) ? JSON.stringify(upgrade) : '',
    network: pick('local', 'local', 'fuji', 'mainnet'),
  };
}
