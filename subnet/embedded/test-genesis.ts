import { privateKeyToAccount } from 'viem/accounts';
import type { Hex } from '../../genesis/base/hash.js';

/** For tests: keys of the first two public test accounts. */
export const testKeys = [
  '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
  '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d',
] as const satisfies readonly Hex[];

/** For tests: a small chain whose test accounts are rich. `config` adds to its configuration. */
export function testGenesis(
  config: Record<string, unknown> = {},
  timestamp = '0x66172800',
): string {
  return JSON.stringify({
    config: {
      chainId: 4242,
      feeConfig: {
        gasLimit: 15_000_000,
        targetBlockRate: 2,
        minBaseFee: 1_000_000_000,
        targetGas: 15_000_000,
        baseFeeChangeDenominator: 36,
        minBlockGasCost: 0,
        maxBlockGasCost: 1_000_000,
        blockGasCostStep: 200_000,
      },
      graniteTimestamp: 253_399_622_400,
      ...config,
    },
    nonce: '0x0',
    timestamp,
    extraData: '0x',
    gasLimit: '0xe4e1c0',
    difficulty: '0x0',
    mixHash: `0x${'0'.repeat(64)}`,
    coinbase: `0x${'0'.repeat(40)}`,
    alloc: Object.fromEntries(
      testKeys.map((key) => [
        privateKeyToAccount(key).address.slice(2),
        { balance: `0x${(10n ** 24n).toString(16)}` },
      ]),
    ),
    number: '0x0',
    gasUsed: '0x0',
    parentHash: `0x${'0'.repeat(64)}`,
  });
}
