/** One question to the oracle: a genesis file, an upgrade file ('' for none) and the network. */
export interface GenesisCase {
  readonly genesis: string;
  readonly upgrade: string;
  readonly network: 'local' | 'fuji' | 'mainnet';
}

const time = 1_700_000_000;
const a = (digit: string) => `0x${digit.repeat(40)}`;
const word = (digits: string) => `0x${digits.padStart(64, '0')}`;

const fees = {
  gasLimit: 15_000_000,
  targetBlockRate: 2,
  minBaseFee: 1_000_000_000,
  targetGas: 15_000_000,
  baseFeeChangeDenominator: 36,
  minBlockGasCost: 0,
  maxBlockGasCost: 1_000_000,
  blockGasCostStep: 200_000,
};

const roles = (admin: string, manager: string, enabled: string) => ({
  blockTimestamp: time,
  adminAddresses: [a(admin)],
  managerAddresses: [a(manager)],
  enabledAddresses: [a(enabled), a('9')],
});

const full = {
  config: {
    chainId: 99_999,
    feeConfig: fees,
    allowFeeRecipients: true,
    contractDeployerAllowListConfig: roles('1', '2', '3'),
    contractNativeMinterConfig: {
      ...roles('1', '2', '3'),
      initialMint: { [a('4')]: '0xde0b6b3a7640000', [a('5')]: 7 },
    },
    txAllowListConfig: roles('4', '5', '6'),
    feeManagerConfig: { ...roles('7', '8', 'a'), initialFeeConfig: { ...fees, minBaseFee: 7 } },
    rewardManagerConfig: {
      ...roles('b', 'c', 'd'),
      initialRewardConfig: { rewardAddress: a('e') },
    },
    warpConfig: { blockTimestamp: time, quorumNumerator: 80, requirePrimaryNetworkSigners: true },
    graniteTimestamp: 1_800_000_000,
  },
  nonce: '0x5',
  timestamp: time,
  extraData: '0x00ff',
  gasLimit: '0xe4e1c0',
  difficulty: '0x1',
  mixHash: word('aa'),
  coinbase: a('f'),
  alloc: {
    [a('a')]: {
      balance: '0x1',
      nonce: '0x1',
      code: '0x6001',
      storage: { [word('1')]: word('2a'), '03': '0x', [word('4')]: word('0') },
      secretKey: '0x01',
    },
    ['b'.repeat(40)]: { balance: '1000000000000000000' },
    '0x0200000000000000000000000000000000000004': { balance: 5 },
  },
  airdropHash: word('0'),
  airdropAmount: 5,
  number: 0,
  gasUsed: '1',
  parentHash: word('bb'),
  baseFeePerGas: '0x77',
  excessBlobGas: 1,
  blobGasUsed: '2',
};

const upgrade = {
  networkUpgradeOverrides: {
    subnetEVMTimestamp: 0,
    durangoTimestamp: 1_607_144_400,
    etnaTimestamp: 1_607_144_401,
    fortunaTimestamp: 1_607_144_402,
    graniteTimestamp: 1_900_000_000,
    heliconTimestamp: 253_399_622_400,
  },
  stateUpgrades: [
    {
      blockTimestamp: 1_750_000_000,
      accounts: {
        [a('1')]: { code: '0x60', storage: { [word('1')]: word('2') }, balanceChange: '0x5' },
      },
    },
    { blockTimestamp: 1_750_000_001, accounts: {} },
  ],
  precompileUpgrades: [
    { warpConfig: { blockTimestamp: time - 10, quorumNumerator: 0 } },
    { feeManagerConfig: { blockTimestamp: time - 5, adminAddresses: [a('1')] } },
    { feeManagerConfig: { blockTimestamp: time - 4, disable: true } },
    {
      feeManagerConfig: {
        blockTimestamp: time,
        enabledAddresses: [a('2')],
        initialFeeConfig: fees,
      },
    },
    { txAllowListConfig: { blockTimestamp: time + 5, managerAddresses: [a('3')] } },
    { contractNativeMinterConfig: { blockTimestamp: time + 5, initialMint: { [a('1')]: 5 } } },
    { rewardManagerConfig: { blockTimestamp: time + 6, initialRewardConfig: {} } },
    { txAllowListConfig: { blockTimestamp: time + 7, disable: true } },
  ],
};

const zero = {
  homesteadBlock: 0,
  daoForkBlock: 0,
  daoForkSupport: true,
  eip150Block: 0,
  eip155Block: 0,
  eip158Block: 0,
  byzantiumBlock: 0,
  constantinopleBlock: 0,
  petersburgBlock: 0,
  istanbulBlock: 0,
  muirGlacierBlock: 0,
  berlinBlock: 0,
  londonBlock: 0,
  arrowGlacierBlock: 1,
  grayGlacierBlock: 2,
  mergeNetsplitBlock: 3,
};

const forks = {
  config: {
    chainId: 5,
    ...zero,
    shanghaiTime: 5,
    cancunTime: 6,
    pragueTime: 1_900_000_000,
    verkleTime: 1_950_000_000,
    terminalTotalDifficulty: 5,
    terminalTotalDifficultyPassed: true,
    ethash: {},
    clique: { period: 1, epoch: 2 },
    subnetEVMTimestamp: 0,
    durangoTimestamp: 1_709_740_800,
    etnaTimestamp: 1_734_368_400,
    fortunaTimestamp: 1_744_124_400,
    graniteTimestamp: 1_763_568_000,
    heliconTimestamp: 253_399_622_400,
    feeConfig: fees,
    rewardManagerConfig: {
      blockTimestamp: 1_764_000_000,
      initialRewardConfig: { allowFeeRecipients: true },
    },
    contractNativeMinterConfig: { blockTimestamp: 1_764_000_000, disable: false },
  },
  timestamp: 1_764_000_000,
  gasLimit: 15_000_000,
  difficulty: 0,
  alloc: {},
};

const plain = {
  config: { chainId: 43_214 },
  alloc: { [a('1')]: { balance: '0x10' } },
  difficulty: '0x0',
  gasLimit: 8_000_000,
  timestamp: 0,
};

const text = (value: unknown) => JSON.stringify(value);

/** Files that the node accepts and that together hold every member it reads. */
export const baseCases: readonly GenesisCase[] = [
  { genesis: text(full), upgrade: '', network: 'local' },
  { genesis: text(forks), upgrade: '', network: 'mainnet' },
  { genesis: text(forks), upgrade: '', network: 'fuji' },
  { genesis: text(plain), upgrade: '', network: 'local' },
  { genesis: text({ ...plain, timestamp: time }), upgrade: text(upgrade), network: 'local' },
];
