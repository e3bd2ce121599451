import { z } from 'zod';
import { topologies } from './topology.js';

const hash = z.string().regex(/^0x[0-9a-f]{64}$/);

/**
 * What a network is, and stays: everything that may not change between two starts. Ports and processes are not part of
 * it. Secrets are not either: the seed lies in a file of its own.
 */
export const networkManifestSchema = z.strictObject({
  format: z.literal(1),
  /** AvalancheGo's release; its data folders belong to it. */
  version: z.string(),
  topology: z.enum(topologies),
  /** Network ID of AvalancheGo, not the chain id of the L1. */
  networkId: z.number().int(),
  /** Start of the primary network, seconds. */
  startTime: z.number().int(),
  nodes: z.array(
    z.strictObject({
      name: z.string(),
      nodeId: z.string(),
      primary: z.boolean(),
      validator: z.boolean(),
    }),
  ),
  /** P-Chain address that owns the subnet and pays for its transactions. */
  fundingAddress: z.string(),
  subnetId: z.string(),
  blockchainId: z.string(),
  /** IDs by step, in the order of sending; known before they are sent. */
  transactions: z.record(z.string(), z.string()),
  chain: z.strictObject({
    chainId: z.number().int(),
    genesisHash: hash,
    stateRoot: hash,
    /** SHA-256 of the exact texts. */
    genesisFile: hash,
    upgradeFile: hash.optional(),
  }),
  networkUpgradeFile: hash,
});

export type NetworkManifest = z.infer<typeof networkManifestSchema>;
