import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { verifyPointEvaluation } from './verify-point-evaluation.js';

/** The one vector of go-ethereum, core/vm/testdata/precompiles/pointEvaluation.json. */
const published = {
  z: '564c0a11a0f704f4fc3e8acfe0f8245f0ad1347b378fbf96e206da11a5d36306',
  y: '24d25032e67a7e6a4910df5834b8fe70e6bcfeeac0352434196bdf4b2485d5a1',
  commitment:
    '8f59a8d2a1a625a17f3fea0fe5eb8c896db3764f3185481bc22f91b4aaffcca25f26936857bc3a7c2539ea8ec3a952b7',
  proof:
    '873033e038326e87ed3e1276fd140253fa08e9fc25fb2d9a98527fc22a2c9612fbeafdad446cbc7bcdbdcd780af2c16a',
};
type Claim = typeof published;
const verify = (change: Partial<Claim> = {}) => {
  const { commitment, z, y, proof } = { ...published, ...change };
  return verifyPointEvaluation(`0x${commitment}`, `0x${z}`, `0x${y}`, `0x${proof}`);
};
const { G1, fields } = bls12_381;
const word = (value: bigint) => value.toString(16).padStart(64, '0');
const infinity = `c0${'00'.repeat(47)}`;
const times = (factor: bigint) => bytesToHex(G1.Point.BASE.multiply(factor).toBytes(true));
/** On the curve, but outside the subgroup: the smallest x whose point has another order. */
function outsideSubgroup(): string {
  for (let x = 1n; ; x += 1n) {
    const digits = (x | (1n << 383n)).toString(16).padStart(96, '0');
    const bytes = Uint8Array.from(digits.match(/../g)!, (pair) => Number.parseInt(pair, 16));
    const { beta } = { beta: fields.Fp.add(fields.Fp.pow(x, 3n), 4n) };
    if (fields.Fp.pow(beta, (fields.Fp.ORDER - 1n) / 2n) === 1n) return bytesToHex(bytes);
  }
}

describe('verifyPointEvaluation', () => {
  it('takes the vector that go-ethereum publishes', () => {
    expect(verify()).toBe(true);
  });

  it('takes a constant polynomial, whose proof is the point at infinity', () => {
    const claim = { commitment: times(5n), y: word(5n), proof: infinity };
    for (const z of [0n, 1n, fields.Fr.ORDER - 1n])
      expect(verify({ ...claim, z: word(z) })).toBe(true);
    expect(verify({ ...claim, y: word(6n) })).toBe(false);
    expect(verify({ commitment: infinity, y: word(0n), proof: infinity })).toBe(true);
    expect(verify({ commitment: infinity, y: word(1n), proof: infinity })).toBe(false);
  });

  it.each<[string, Partial<Claim>]>([
    ['another value', { y: word(BigInt(`0x${published.y}`) + 1n) }],
    ['another place', { z: word(BigInt(`0x${published.z}`) + 1n) }],
    ['another proof', { proof: published.commitment }],
    ['another commitment', { commitment: published.proof }],
    ['a value of the order of the curve or above', { y: word(fields.Fr.ORDER) }],
    ['the same value one order higher', { y: word(BigInt(`0x${published.y}`) + fields.Fr.ORDER) }],
    ['a place of the order of the curve or above', { z: word(fields.Fr.ORDER) }],
    ['a proof that is no point', { proof: 'ff'.repeat(48) }],
    ['a proof that is not compressed', { proof: `0${published.proof.slice(1)}` }],
    ['a proof outside the subgroup', { proof: outsideSubgroup() }],
    ['a commitment outside the subgroup', { commitment: outsideSubgroup() }],
  ])('refuses %s', (_, change) => {
    expect(verify(change)).toBe(false);
  });
});
