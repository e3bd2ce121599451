import { bytesToHex } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHex } from './format-hex.js';

describe('formatHex', () => {
  it('writes two digits a byte', () => {
    expect(formatHex(new Uint8Array())).toBe('0x');
    expect(formatHex(Uint8Array.of(0, 1, 15, 16, 255))).toBe('0x00010f10ff');
  });

  it('gives what another implementation gives, also for more than its first buffer holds', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(formatHex(bytes)).toBe(`0x${bytesToHex(bytes)}`);
      }),
    );
    const long = Uint8Array.from({ length: 70_001 }, (_, index) => index * 7);
    expect(formatHex(long)).toBe(`0x${bytesToHex(long)}`);
  });
});
