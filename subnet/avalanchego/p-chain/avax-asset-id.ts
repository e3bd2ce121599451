import { sha256 } from '@noble/hashes/sha2.js';

/**
 * The 32-byte ID of AVAX on a network whose genesis gives no coin to the X-Chain: the hash of the
 * transaction that creates the asset, which then holds nothing but the network ID and the name. So
 * P-Chain transactions can be built and signed before any node exists.
 */
export function getAvaxAssetId(networkId: number): Uint8Array {
  const createAsset = 1;
  const bytes = Buffer.concat([
    uint16(0), // codec version
    uint32(createAsset),
    uint32(networkId),
    Buffer.alloc(32), // blockchain
    uint32(0), // outputs
    uint32(0), // inputs
    uint32(0), // memo
    text('Avalanche'),
    text('AVAX'),
    Buffer.of(9), // decimals
    uint32(0), // initial states
    uint32(0), // credentials
  ]);
  return sha256(bytes);
}

function uint16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16BE(value);
  return buffer;
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}

function text(value: string): Buffer {
  return Buffer.concat([uint16(value.length), Buffer.from(value, 'ascii')]);
}
