const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;

function high(a: number, b: number): number {
  const al = a & 0xffff;
  const ah = a >>> 16;
  const bl = b & 0xffff;
  const bh = b >>> 16;
  const middle = (Math.imul(ah, bl) >>> 0) + (Math.imul(al, bl) >>> 16);
  const low = (middle & 0xffff) + (Math.imul(al, bh) >>> 0);
  return (Math.imul(ah, bh) + (middle >>> 16) + (low >>> 16)) >>> 0;
}

/**
 * Philox4x32-10 (Salmon et al., SC'11): four random words for a counter and a key.
 *
 * @param out Receives four unsigned words at `offset`.
 */
export function philox(
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
  out: Uint32Array,
  offset = 0,
): void {
  for (let round = 0; round < 10; round += 1) {
    const h0 = high(c0 >>> 0, M0);
    const l0 = Math.imul(c0, M0);
    const h1 = high(c2 >>> 0, M1);
    const l1 = Math.imul(c2, M1);
    c0 = h1 ^ c1 ^ k0;
    c1 = l1;
    c2 = h0 ^ c3 ^ k1;
    c3 = l0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[offset] = c0;
  out[offset + 1] = c1;
  out[offset + 2] = c2;
  out[offset + 3] = c3;
}
