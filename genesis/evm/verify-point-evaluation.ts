import { bls12_381 } from '@noble/curves/bls12-381.js';
import { hexToBytes } from '@noble/hashes/utils.js';

const { G1, G2, fields, pairingBatch } = bls12_381;

/** The secret of Ethereum's KZG ceremony times the generator of G2: all that verifying needs of the trusted setup. */
const secretTimesG2 =
  'b5bfd7dd8cdeb128843bc287230af38926187075cbfbefa81009a2ce615ac53d2914e5870cb452d2afaaab24f3499f72' +
  '185cbfee53492714734429b7b38608e23926c911cceceac9a36851477ba4c60b087041de621000edc98edada20c1def2';
let secretPoint: InstanceType<typeof G2.Point> | undefined;

/**
 * Whether a polynomial with a commitment has the value y at z (EIP-4844, `verify_kzg_proof` of the consensus
 * specification): e(commitment - y·G1, -G2) · e(proof, secret·G2 - z·G2) = 1.
 *
 * @param commitment Compressed point of G1, 48 bytes in hexadecimal with `0x`; the proof too.
 * @param z Number below the order of the curve, 32 bytes in hexadecimal with `0x`; y too. Others are no proof.
 */
export function verifyPointEvaluation(
  commitment: string,
  z: string,
  y: string,
  proof: string,
): boolean {
  const [at, value] = [BigInt(z), BigInt(y)];
  if (at >= fields.Fr.ORDER || value >= fields.Fr.ORDER) return false;
  let points: InstanceType<typeof G1.Point>[];
  try {
    // Refuses what is not on the curve or not in the subgroup.
    points = [commitment, proof].map((one) => G1.Point.fromBytes(hexToBytes(one.slice(2))));
    for (const point of points) point.assertValidity();
  } catch {
    return false;
  }
  const [committed, proven] = points as [(typeof points)[0], (typeof points)[0]];
  secretPoint ??= G2.Point.fromBytes(hexToBytes(secretTimesG2));
  const pairs = [
    { g1: committed.subtract(G1.Point.BASE.multiplyUnsafe(value)), g2: G2.Point.BASE.negate() },
    { g1: proven, g2: secretPoint.subtract(G2.Point.BASE.multiplyUnsafe(at)) },
  ].filter(({ g1, g2 }) => !g1.is0() && !g2.is0());
  return pairs.length === 0 || fields.Fp12.eql(pairingBatch(pairs), fields.Fp12.ONE);
}
