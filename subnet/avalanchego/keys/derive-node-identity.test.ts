import { createPublicKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { getBlsIdentity } from './bls-key.js';
import { formatCb58 } from './cb58.js';
import { deriveKey } from './derive-key.js';
import { deriveNodeIdentity } from './derive-node-identity.js';
import published from './fixtures/local-stakers.json' with { type: 'json' };
import { formatNodeId, getNodeIdBytes } from './node-id.js';

const hex = (bytes: Uint8Array) => `0x${Buffer.from(bytes).toString('hex')}`;

describe('identities that AvalancheGo publishes', () => {
  it.each(published.stakers)('$nodeId follows from certificate and signer key', (staker) => {
    const der = Buffer.from(staker.certificateDerBase64, 'base64');
    expect(formatNodeId(getNodeIdBytes(der))).toBe(staker.nodeId);
    const bls = getBlsIdentity(Buffer.from(staker.blsSecretKey.slice(2), 'hex'));
    expect(hex(bls.publicKey)).toBe(staker.publicKey);
    expect(hex(bls.proofOfPossession)).toBe(staker.proofOfPossession);
  });

  it('cb58 of zeros is the P-Chain ID', () => {
    expect(formatCb58(new Uint8Array(32))).toBe('11111111111111111111111111111111LpoYY');
  });
});

describe('deriveNodeIdentity', () => {
  const identity = deriveNodeIdentity('some seed', 0);

  it('gives the same bytes again, others for another index or seed', () => {
    expect(deriveNodeIdentity('some seed', 0)).toEqual(identity);
    for (const other of [deriveNodeIdentity('some seed', 1), deriveNodeIdentity('other seed', 0)]) {
      expect(other.nodeId).not.toBe(identity.nodeId);
      expect(hex(other.publicKey)).not.toBe(hex(identity.publicKey));
    }
  });

  it('makes a certificate that OpenSSL reads, self-signed with the key that goes with it', () => {
    const certificate = new X509Certificate(identity.certificate.certificatePem);
    expect(Buffer.compare(certificate.raw, identity.certificate.der)).toBe(0);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(certificate.validFrom).toContain('2000');
    expect(certificate.validTo).toContain('2100');
    expect(certificate.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
    const fromPrivate = createPublicKey(identity.certificate.privateKeyPem);
    expect(fromPrivate.equals(certificate.publicKey)).toBe(true);
    expect(identity.certificate.der.length).toBeLessThan(2_048);
  });
});

describe('deriveKey', () => {
  it('stays below the order and differs by label', () => {
    const order = 1n << 253n; // one attempt in eight fits: the counter is exercised
    for (let index = 0; index < 20; index += 1) {
      const key = deriveKey('seed', `label ${index}`, order);
      expect(BigInt(hex(key))).toBeLessThan(order);
      expect(BigInt(hex(key))).toBeGreaterThan(0n);
    }
    expect(() => deriveKey('seed', 'label', 1n)).toThrow(
      expect.objectContaining({ code: 'NODE_KEY_ORDER' }),
    );
    expect(hex(deriveKey('ab', 'c', order))).not.toBe(hex(deriveKey('a', 'bc', order)));
  });
});
