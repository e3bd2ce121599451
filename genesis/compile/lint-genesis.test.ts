import { describe, expect, it } from 'vitest';
import type { ToolkitError } from '../base/errors.js';
import { genesisRules, type LintOptions, lintGenesis, textRules } from './lint-genesis.js';

const time = 1_700_000_000;
const timelock = `0x${'11'.repeat(20)}`;
const splitter = `0x${'22'.repeat(20)}` as const;
const holder = `0x${'33'.repeat(20)}`;

// biome-ignore lint/suspicious/noExplicitAny: files are damaged in every way
type Damaged = any;

/** A genesis without a fault. */
const clean = (): Damaged => ({
  config: {
    chainId: 1_339_600,
    feeConfig: fees(),
    rewardManagerConfig: {
      blockTimestamp: time,
      adminAddresses: [timelock],
      initialRewardConfig: { rewardAddress: splitter },
    },
    feeManagerConfig: {
      blockTimestamp: time,
      adminAddresses: [timelock],
      managerAddresses: [holder],
      initialFeeConfig: fees(),
    },
    contractNativeMinterConfig: { blockTimestamp: time, adminAddresses: [timelock] },
    warpConfig: { blockTimestamp: time, quorumNumerator: 67 },
  },
  timestamp: time,
  gasLimit: 15_000_000,
  difficulty: '0x0',
  alloc: {
    [splitter]: {
      balance: '0x0',
      nonce: '0x1',
      code: '0x6001',
      storage: { [`0x${'0'.repeat(63)}1`]: '0x01' },
    },
    [holder]: { balance: '1000' },
  },
});
const fees = () => ({
  gasLimit: 15_000_000,
  targetBlockRate: 2,
  minBaseFee: 1_000_000_000,
  targetGas: 15_000_000,
  baseFeeChangeDenominator: 36,
  minBlockGasCost: 0,
  maxBlockGasCost: 1_000_000,
  blockGasCostStep: 200_000,
});

interface Fixture {
  damage?: (genesis: Damaged) => unknown;
  text?: (text: string) => string;
  upgrade?: unknown;
  known?: LintOptions;
}

/** For every rule a file that it, and it should, complain about. */
const fixtures: Record<string, Fixture> = {
  'unknown-key': {
    damage: (g) => {
      g.config.rewardManager = g.config.rewardManagerConfig;
      delete g.config.rewardManagerConfig;
    },
  },
  'duplicate-key': { text: (text) => text.replace('"timestamp"', '"timestamp":5,"timestamp"') },
  'key-case': { text: (text) => text.replace('"timestamp"', '"timeStamp"') },
  'quoted-number': { damage: (g) => (g.config.feeConfig.minBaseFee = '25000000000') },
  'missing-block-timestamp': { damage: (g) => delete g.config.warpConfig.blockTimestamp },
  'late-precompile': { damage: (g) => (g.config.warpConfig.blockTimestamp = time + 1) },
  'disabled-at-genesis': { damage: (g) => (g.config.warpConfig.disable = true) },
  'manager-before-durango': { damage: (g) => (g.config.feeManagerConfig.blockTimestamp = 0) },
  'warp-before-durango': { damage: (g) => (g.config.warpConfig.blockTimestamp = 0) },
  'warp-quorum': { damage: (g) => (g.config.warpConfig.quorumNumerator = 32) },
  'role-overlap': { damage: (g) => (g.config.feeManagerConfig.enabledAddresses = [timelock]) },
  'nobody-admin': { damage: (g) => (g.config.feeManagerConfig.adminAddresses = []) },
  'both-reward-options': {
    damage: (g) => (g.config.rewardManagerConfig.initialRewardConfig.allowFeeRecipients = true),
  },
  'reward-config-missing': {
    damage: (g) => delete g.config.rewardManagerConfig.initialRewardConfig,
  },
  'reward-address-without-code': { damage: (g) => delete g.alloc[splitter] },
  'initial-mint-over-alloc': {
    damage: (g) => (g.config.contractNativeMinterConfig.initialMint = { [holder]: 1 }),
  },
  'chain-id-missing': { damage: (g) => delete g.config.chainId },
  'chain-id-range': { damage: (g) => (g.config.chainId = 0) },
  'chain-id-taken': { damage: (g) => (g.config.chainId = 13_396) },
  'chain-id-mix-up': { damage: (g) => (g.config.chainId = 3454) },
  'future-timestamp': { known: { now: BigInt(time) - 1n } },
  'timestamp-before-forks': { damage: (g) => (g.timestamp = 0) },
  'ignored-fork-time': { damage: (g) => (g.config.cancunTime = 5) },
  'gas-limits-differ': {
    damage: (g) => (g.config.feeManagerConfig.initialFeeConfig.gasLimit = 8e6),
  },
  'min-base-fee-zero': { damage: (g) => (g.config.feeConfig.minBaseFee = 0) },
  'min-base-fee-too-large': {
    text: (text) => text.replace('"minBaseFee":1000000000', '"minBaseFee":9223372036854775808'),
  },
  'target-gas-unreachable': { damage: (g) => (g.config.feeConfig.targetGas = 75_000_001) },
  'gas-limit-too-small': { known: { largestDeploymentGas: 15_000_001n } },
  'supply-differs': { known: { supply: 1001n } },
  'burn-address-in-alloc': {
    damage: (g) => (g.alloc['0100000000000000000000000000000000000000'] = { balance: '0x0' }),
  },
  'alloc-over-precompile': {
    damage: (g) => (g.alloc['0x0200000000000000000000000000000000000003'] = { balance: '0x0' }),
  },
  'creation-code-in-alloc': {
    damage: (g) =>
      (g.alloc[splitter].code =
        `0x6080604052348015600f57600080fd5b50603f80601d6000396000f3fe6080604052600080fd`),
  },
  'immutable-missing': { damage: (g) => (g.alloc[splitter].code = `0x60017f${'0'.repeat(64)}00`) },
  'predeploy-differs': {
    known: { predeploys: new Map([[splitter, { name: 'FeeSplitter', code: '0x6002' }]]) },
  },
  'storage-without-code': { damage: (g) => delete g.alloc[splitter].code },
  'code-without-nonce': { damage: (g) => delete g.alloc[splitter].nonce },
  'secret-key-in-alloc': { damage: (g) => (g.alloc[holder].secretKey = `0x${'01'.repeat(32)}`) },
  'negative-balance': { damage: (g) => (g.alloc[holder].balance = '-1') },
  'upgrade-in-genesis': {
    upgrade: {
      precompileUpgrades: [
        { txAllowListConfig: { blockTimestamp: time, adminAddresses: [timelock] } },
      ],
    },
  },
  'state-upgrade-ignored': { upgrade: { stateUpgrades: [{ blockTimestamp: time, accounts: {} }] } },
  'state-upgrade-empty-member': {
    upgrade: {
      stateUpgrades: [{ blockTimestamp: time + 1, accounts: { [holder]: { storage: {} } } }],
    },
  },
  'state-upgrade-negative': {
    upgrade: {
      stateUpgrades: [
        { blockTimestamp: time + 1, accounts: { [holder]: { balanceChange: '-1' } } },
      ],
    },
  },
};

const lint = ({ damage, text, upgrade, known }: Fixture) => {
  const genesis = clean();
  damage?.(genesis);
  const written = JSON.stringify(genesis);
  return lintGenesis(text?.(written) ?? written, {
    now: BigInt(time),
    supply: 1000n,
    ...(upgrade === undefined ? {} : { upgradeText: JSON.stringify(upgrade) }),
    ...known,
  });
};

describe('lintGenesis', () => {
  it('given a genesis without a fault, it says nothing', () => {
    expect(lint({})).toEqual([]);
  });

  it('given the rules, each has a failing fixture and no fixture lacks its rule', () => {
    const codes = [...textRules, ...genesisRules].map(({ code }) => code);
    expect(Object.keys(fixtures).sort()).toEqual([...codes].sort());
    expect(new Set(codes).size).toBe(codes.length);
  });

  for (const [code, fixture] of Object.entries(fixtures)) {
    it(`given its failing file, ${code} complains and says what to do`, () => {
      const found = lint(fixture).find((finding) => finding.code === code);
      expect(found).toBeDefined();
      expect(found!.fix.length).toBeGreaterThan(5);
      const rules = [...textRules, ...genesisRules];
      expect(found!.severity).toBe(rules.find((rule) => rule.code === code)!.severity);
    });
  }

  it('given a slip in a key, it names the right one', () => {
    const found = lint(fixtures['unknown-key']!).find(({ code }) => code === 'unknown-key');
    expect(found).toMatchObject({ fix: 'Did you mean "rewardManagerConfig"?' });
  });

  it('given a precompile key in another case, it is unknown: these keys must match exactly', () => {
    const findings = lint({ text: (text) => text.replace('"warpConfig"', '"WarpConfig"') });
    expect(findings).toMatchObject([{ code: 'unknown-key', fix: 'Did you mean "warpConfig"?' }]);
  });

  it('given several lines, it says the line', () => {
    const genesis = clean();
    genesis.config.chainId = 1;
    const [finding] = lintGenesis(JSON.stringify(genesis, undefined, 2));
    expect(finding).toMatchObject({ code: 'chain-id-taken', line: 3, path: 'config.chainId' });
  });

  it('given an own chain id, it is not taken', () => {
    expect(
      lint({ damage: (g) => (g.config.chainId = 13_396), known: { ownChainId: 13_396n } }),
    ).toEqual([]);
  });

  it('given a postponed Granite, a high targetGas is reachable', () => {
    const damage = (g: Damaged) => {
      g.config.graniteTimestamp = 253_399_622_400;
      g.config.feeConfig.targetGas = 1e9;
    };
    expect(lint({ damage })).toEqual([]);
  });

  it('given an account with and without 0x, it is a duplicate', () => {
    const damage = (g: Damaged) => (g.alloc[holder.slice(2)] = { balance: '1000' });
    expect(lint({ damage })).toMatchObject([{ code: 'duplicate-key' }]);
  });

  it('given unknown keys in upgrade.json, it finds them there', () => {
    const findings = lint({ upgrade: { precompileUpgrade: [], stateUpgrades: [] } });
    expect(findings).toMatchObject([
      { code: 'unknown-key', file: 'upgrade', fix: 'Did you mean "precompileUpgrades"?' },
    ]);
  });

  it('given a file that the node refuses, it says so among its findings', () => {
    const codes = lint(fixtures['role-overlap']!).map(({ code }) => code);
    expect(codes).toEqual(['role-overlap', 'refused']);
    expect(lint({ damage: (g) => delete g.difficulty })).toMatchObject([{ code: 'refused' }]);
  });

  it('given no JSON, it refuses', () => {
    expect(() => lintGenesis('{,}')).toThrow(
      expect.objectContaining({ code: 'GENESIS_JSON_INVALID', exitCode: 2 }) as ToolkitError,
    );
  });
});
