import { p256 } from '@noble/curves/nist.js';
import { BLS_ORDER, type BlsIdentity, getBlsIdentity } from './bls-key.js';
import { deriveKey } from './derive-key.js';
import { createNodeCertificate, type NodeCertificate } from './node-certificate.js';
import { formatNodeId, getNodeIdBytes } from './node-id.js';

/** Everything that makes one node that node. */
export interface NodeIdentity extends BlsIdentity {
  /** `NodeID-…` */
  readonly nodeId: string;
  readonly nodeIdBytes: Uint8Array;
  readonly certificate: NodeCertificate;
  /** 32 bytes: the content of the signer key file. */
  readonly blsSecretKey: Uint8Array;
}

/**
 * The identity of node number `index` of a throw-away network: staking certificate and BLS key from
 * one seed. Anyone who knows the seed owns the network, so use it on loopback only.
 *
 * @example
 * deriveNodeIdentity('my seed', 0).nodeId; // the same in every run
 */
export function deriveNodeIdentity(seed: string, index: number): NodeIdentity {
  const certificate = createNodeCertificate(
    deriveKey(seed, `node/${index}/certificate`, p256.Point.Fn.ORDER),
  );
  const blsSecretKey = deriveKey(seed, `node/${index}/bls`, BLS_ORDER);
  const nodeIdBytes = getNodeIdBytes(certificate.der);
  return {
    nodeId: formatNodeId(nodeIdBytes),
    nodeIdBytes,
    certificate,
    blsSecretKey,
    ...getBlsIdentity(blsSecretKey),
  };
}
