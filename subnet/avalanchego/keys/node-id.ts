import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { formatCb58 } from './cb58.js';

/** 20 bytes: `ripemd160(sha256(certificate DER))`. */
export function getNodeIdBytes(certificateDer: Uint8Array): Uint8Array {
  return ripemd160(sha256(certificateDer));
}

/**
 * The NodeID of a certificate in its usual form.
 *
 * @example
 * formatNodeId(getNodeIdBytes(der)); // 'NodeID-7Xhw2mDxuDS44j42TCB6U5579esbSt3Lg'
 */
export function formatNodeId(bytes: Uint8Array): string {
  return `NodeID-${formatCb58(bytes)}`;
}
