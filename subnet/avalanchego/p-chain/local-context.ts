import type { Context, pvm } from '@avalabs/avalanchejs';
import { formatCb58 } from '../keys/cb58.js';
import { getAvaxAssetId } from './avax-asset-id.js';

/** The P-Chain's own ID on every network. */
export const P_CHAIN_ID = '11111111111111111111111111111111LpoYY';

/** Fee state of a P-Chain that has seen no load: one nAVAX per unit of gas, all capacity free. */
export const IDLE_FEE_STATE: pvm.FeeState = {
  capacity: 1_000_000n,
  excess: 0n,
  price: 1n,
  timestamp: '1970-01-01T00:00:00Z',
};

/**
 * What avalanchejs wants to know of a network, without asking one: the fee configuration that every
 * custom network has unless flags say otherwise, and an ID of AVAX that follows from the network ID.
 */
export function createLocalContext(networkId: number): Context.Context {
  return {
    networkID: networkId,
    hrp: 'custom',
    pBlockchainID: P_CHAIN_ID,
    xBlockchainID: P_CHAIN_ID,
    cBlockchainID: P_CHAIN_ID,
    avaxAssetID: formatCb58(getAvaxAssetId(networkId)),
    baseTxFee: 1_000_000n,
    createAssetTxFee: 1_000_000n,
    platformFeeConfig: {
      weights: [1, 1_000, 1_000, 4] as never,
      maxCapacity: 1_000_000n,
      maxPerSecond: 100_000n,
      targetPerSecond: 50_000n,
      minPrice: 1n,
      excessConversionConstant: 2_164_043n,
    },
  };
}
