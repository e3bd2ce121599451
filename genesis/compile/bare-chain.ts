import { parseGenesis } from './parse-genesis.js';
import type { ParsedGenesis } from './parsed-genesis.js';

/**
 * A chain of which nothing matters but its id and the time of its block 0: all upgrades of local networks, no precompiles,
 * no accounts.
 *
 * @param timestamp Unix seconds.
 */
export function bareChain(chainId: bigint, timestamp: bigint): ParsedGenesis {
  const gasLimit = 8_000_000;
  return parseGenesis(
    `{"config":{"chainId":${chainId},"feeConfig":{"gasLimit":${gasLimit},"targetBlockRate":2,"minBaseFee":1,` +
      '"targetGas":15000000,"baseFeeChangeDenominator":36,"minBlockGasCost":0,"maxBlockGasCost":0,"blockGasCostStep":0}},' +
      `"timestamp":${timestamp},"gasLimit":${gasLimit},"difficulty":0,"alloc":{}}`,
  );
}
