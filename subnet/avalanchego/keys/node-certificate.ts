import { createPrivateKey } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';

/** A certificate's validity: fixed, so that the same key gives the same bytes and the same NodeID. */
const NOT_BEFORE = '20000101000000Z';
const NOT_AFTER = '21000101000000Z';

const ECDSA_WITH_SHA256 = sequence(
  objectIdentifier([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]),
);
const EC_PUBLIC_KEY_P256 = sequence(
  objectIdentifier([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01]),
  objectIdentifier([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]),
);

export interface NodeCertificate {
  /** The certificate's DER bytes; the NodeID is a hash of them. */
  readonly der: Uint8Array;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/**
 * The self-signed P-256 certificate of a node (X.509 v3, serial 0, empty names, valid 2000 to 2099,
 * for digital signatures). The signature's nonce follows RFC 6979, so the bytes, and with them the
 * NodeID, depend on the key alone.
 *
 * @param secretKey 32 bytes in `[1, order of P-256)`.
 */
export function createNodeCertificate(secretKey: Uint8Array): NodeCertificate {
  const point = p256.getPublicKey(secretKey, false);
  const emptyName = sequence();
  const body = sequence(
    element(0xa0, integer(2)), // version 3
    integer(0),
    ECDSA_WITH_SHA256,
    emptyName,
    sequence(utcTime(NOT_BEFORE), element(0x18, ascii(NOT_AFTER))),
    emptyName,
    sequence(EC_PUBLIC_KEY_P256, bitString(point)),
    element(0xa3, sequence(keyUsage(), basicConstraints())),
  );
  const signature = p256.sign(body, secretKey, { format: 'der' }); // hashes with SHA-256 itself
  const der = sequence(body, ECDSA_WITH_SHA256, bitString(signature));
  const privateKey = createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      d: base64url(secretKey),
      x: base64url(point.subarray(1, 33)),
      y: base64url(point.subarray(33)),
    },
  });
  return {
    der,
    certificatePem: pem('CERTIFICATE', der),
    privateKeyPem: privateKey.export({ format: 'pem', type: 'pkcs8' }) as string,
  };
}

/** Critical, with the one bit "digital signature". */
function keyUsage(): Uint8Array {
  const bits = Uint8Array.of(0x03, 0x02, 0x07, 0x80);
  return sequence(objectIdentifier([0x55, 0x1d, 0x0f]), TRUE, element(0x04, bits));
}

/** Critical, not a certificate authority. */
function basicConstraints(): Uint8Array {
  return sequence(objectIdentifier([0x55, 0x1d, 0x13]), TRUE, element(0x04, sequence()));
}

const TRUE = Uint8Array.of(0x01, 0x01, 0xff);

function element(tag: number, content: Uint8Array): Uint8Array {
  const length =
    content.length < 0x80
      ? [content.length]
      : content.length < 0x100
        ? [0x81, content.length]
        : [0x82, content.length >> 8, content.length & 0xff];
  return Uint8Array.of(tag, ...length, ...content);
}

function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return element(0x30, Uint8Array.from(parts.flatMap((part) => [...part])));
}

function objectIdentifier(encoded: readonly number[]): Uint8Array {
  return element(0x06, Uint8Array.from(encoded));
}

function integer(small: number): Uint8Array {
  return element(0x02, Uint8Array.of(small));
}

function bitString(content: Uint8Array): Uint8Array {
  return element(0x03, Uint8Array.of(0, ...content));
}

/** X.509 demands the two-digit form for years before 2050. */
function utcTime(full: string): Uint8Array {
  return element(0x17, ascii(full.slice(2)));
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'ascii'));
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
