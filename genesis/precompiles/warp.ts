import { bool, pointer, struct, uint64 } from './json/decode.js';
import type { Activation, Precompile } from './precompile.js';

export interface WarpConfig extends Activation {
  /** Percent of the signing weight; 0 or absent means 67. */
  readonly quorumNumerator?: bigint | undefined;
  readonly requirePrimaryNetworkSigners?: boolean | undefined;
}

const fields = {
  blockTimestamp: pointer(uint64),
  disable: bool,
  quorumNumerator: uint64,
  requirePrimaryNetworkSigners: bool,
};

/** Avalanche Warp Messaging; has no roles and no storage. */
export const warp: Precompile<WarpConfig> = {
  key: 'warpConfig',
  address: '0x0200000000000000000000000000000000000005',
  title: 'warp messenger',
  fields: Object.keys(fields),
  decode: struct(fields),
  verify(config, chain) {
    const time = config.blockTimestamp;
    if (time !== undefined && !chain.isDurango(time)) {
      return {
        path: 'blockTimestamp',
        message: `Warp cannot be activated before Durango (blockTimestamp ${time}).`,
      };
    }
    const quorum = config.quorumNumerator ?? 0n;
    if (quorum > 100n || (quorum !== 0n && quorum < 33n)) {
      return {
        path: 'quorumNumerator',
        message: `quorumNumerator is ${quorum}; allowed are 0 (meaning 67) and 33 to 100.`,
      };
    }
    return undefined;
  },
  configure() {},
  abi: [
    'struct WarpMessage { bytes32 sourceChainID; address originSenderAddress; bytes payload; }',
    'struct WarpBlockHash { bytes32 sourceChainID; bytes32 blockHash; }',
    'function sendWarpMessage(bytes payload) returns (bytes32 messageID)',
    'function getVerifiedWarpMessage(uint32 index) view returns (WarpMessage message, bool valid)',
    'function getVerifiedWarpBlockHash(uint32 index) view returns (WarpBlockHash warpBlockHash, bool valid)',
    'function getBlockchainID() view returns (bytes32 blockchainID)',
    'event SendWarpMessage(address indexed sender, bytes32 indexed messageID, bytes message)',
  ],
};
