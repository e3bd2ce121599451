import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bn254 } from '@noble/curves/bn254.js';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Hex } from '../../../genesis/base/hash.js';
import { sha256 } from '../../../genesis/base/hash.js';
import { selectorOf } from '../../../genesis/evm/precompiles/abi-words.js';
import type { Dice } from './dice.js';
import { everywhere, ordinary, people, stateful } from './places.js';

const word = (value: bigint | number | Hex) => BigInt(value).toString(16).padStart(64, '0');

/** Input for an address: mostly what a precompile there understands, sometimes damaged. Digits without `0x`. */
export function randomInput(dice: Dice, to: Hex | undefined): string {
  const kind = stateful.indexOf(to as Hex);
  let digits =
    kind >= 0
      ? statefulInput(dice, kind)
      : ordinary.includes(to as Hex)
        ? ordinaryInput(dice, Number(BigInt(to as Hex)))
        : dice.chance(0.5)
          ? ''
          : dice.digits(dice.below(100));
  if (dice.chance(0.08)) digits = digits.slice(0, 2 * dice.below(digits.length / 2 + 1));
  if (dice.chance(0.05)) digits += dice.digits(dice.between(1, 40));
  if (dice.chance(0.03) && digits.length > 2) {
    const at = 2 * dice.below(digits.length / 2);
    digits = digits.slice(0, at) + dice.digits(1) + digits.slice(at + 2);
  }
  return digits;
}

const roleFunctions = ['setAdmin', 'setManager', 'setEnabled', 'setNone', 'readAllowList'];

function statefulInput(dice: Dice, kind: number): string {
  const call = (signature: string, ...words: (bigint | number | Hex)[]) =>
    selectorOf(signature).slice(2) + words.map(word).join('');
  const someone = () => dice.pick(everywhere);
  if (kind !== 5 && (dice.chance(0.5) || kind === 0 || kind === 2)) {
    const account = dice.chance(0.8) ? dice.pick(people).address : someone();
    return call(`${dice.pick(roleFunctions)}(address)`, account);
  }
  if (kind === 1) {
    const amount = dice.chance(0.1) ? (1n << 256n) - 5n : dice.chance(0.2) ? 0n : dice.word();
    return call('mintNativeCoin(address,uint256)', someone(), amount);
  }
  if (kind === 3) {
    const signature = `setFeeConfig(${Array(8).fill('uint256').join(',')})`;
    if (dice.chance(0.7)) return call(signature, ...randomFees(dice));
    if (dice.chance(0.4))
      return call(signature, ...randomFees(dice).map((fee) => (dice.chance(0.1) ? 0n : fee)));
    return call(dice.pick(['getFeeConfig()', 'getFeeConfigLastChangedAt()']));
  }
  if (kind === 4) {
    if (dice.chance(0.4))
      return call('setRewardAddress(address)', dice.chance(0.1) ? 0n : someone());
    const names = ['allowFeeRecipients', 'disableRewards', 'currentRewardAddress'];
    return call(`${dice.pick([...names, 'areFeeRecipientsAllowed'])}()`);
  }
  if (dice.chance(0.3)) return call('getBlockchainID()');
  if (dice.chance(0.5))
    return call(
      `getVerifiedWarp${dice.pick(['Message', 'BlockHash'])}(uint32)`,
      dice.pick([0, 1, 2, 0x7fffffff, 0x80000000, 0x100000000]),
    );
  const length = dice.below(200);
  const body = dice.digits(length).padEnd(64 * Math.ceil(length / 32), '0');
  return call('sendWarpMessage(bytes)', dice.chance(0.9) ? 32 : dice.below(200), length) + body;
}

/** Fee settings under which a chain goes on: gas limit, target rate, base fee, target gas, denominator, block gas cost. */
export function randomFees(dice: Dice): bigint[] {
  const low = BigInt(dice.pick([0, 0, 100]));
  return [
    BigInt(dice.between(8_000_000, 20_000_000)),
    BigInt(dice.between(1, 3)),
    BigInt(dice.pick([1, 7, 1_000_000_000, 25_000_000_000])),
    BigInt(dice.pick([50_000, 1_000_000, 15_000_000])),
    BigInt(dice.pick([8, 36, 1_000])),
    low,
    low + BigInt(dice.below(2_000)),
    BigInt(dice.pick([0, 10, 400])),
  ];
}

function ordinaryInput(dice: Dice, kind: number): string {
  switch (kind) {
    case 1: {
      const hash = hexToBytes(dice.digits(32));
      const secret = dice.pick(people).secret;
      const signature = secp256k1.sign(hash, secret, { prehash: false, format: 'recovered' });
      const [recovery] = signature;
      let s = BigInt(`0x${bytesToHex(signature.subarray(33))}`);
      let v = 27 + recovery!;
      if (dice.chance(0.3)) {
        s = secp256k1.Point.Fn.ORDER - s;
        v = 55 - v;
      }
      if (dice.chance(0.1)) s = dice.pick([0n, secp256k1.Point.Fn.ORDER]);
      if (dice.chance(0.1)) v = dice.below(40);
      return bytesToHex(hash) + word(v) + bytesToHex(signature.subarray(1, 33)) + word(s);
    }
    case 5: {
      const lengths = [dice.below(70), dice.below(12), dice.below(70)];
      if (dice.chance(0.1)) lengths[dice.below(3)] = 0;
      return lengths.map(word).join('') + dice.digits(lengths.reduce((a, b) => a + b, 0));
    }
    case 6:
    case 7: {
      const point = (): string => {
        if (dice.chance(0.2)) return word(0) + word(0);
        const { x, y } = bn254.G1.Point.BASE.multiply(dice.word() + 1n).toAffine();
        return word(x) + word(dice.chance(0.05) ? y + 1n : y);
      };
      return kind === 6 ? point() + point() : point() + word(dice.chance(0.3) ? 0n : dice.word());
    }
    case 8: {
      const factor = dice.word() + 1n;
      const pair = (a: bigint, b: bigint) => {
        const g1 = bn254.G1.Point.BASE.multiply(a).toAffine();
        const g2 = bn254.G2.Point.BASE.multiply(b).toAffine();
        return [g1.x, g1.y, g2.x.c1, g2.x.c0, g2.y.c1, g2.y.c0].map(word).join('');
      };
      if (dice.chance(0.1)) return '';
      if (dice.chance(0.2)) return '0'.repeat(384);
      return pair(factor, 1n) + pair(1n, dice.chance(0.7) ? bn254.fields.Fr.neg(factor) : factor);
    }
    case 9:
      return (
        dice.below(30).toString(16).padStart(8, '0') +
        dice.digits(208) +
        `0${dice.chance(0.1) ? 2 : dice.below(2)}`
      );
    case 10: {
      // A constant polynomial: its commitment is the value times the generator, its proof is infinity.
      const value = dice.word() + 1n;
      const commitment = bytesToHex(bls12_381.G1.Point.BASE.multiply(value).toBytes(true));
      const hash = sha256(hexToBytes(commitment)).slice(4);
      const claimed = dice.chance(0.8) ? value : value + 1n;
      return `01${hash}${dice.digits(31).padStart(64, '0')}${word(claimed)}${commitment}c0${'0'.repeat(94)}`;
    }
    case 0x100: {
      const hash = hexToBytes(dice.digits(32));
      const secret = hexToBytes(dice.digits(32));
      const signature = p256.sign(hash, secret, { prehash: false });
      const key = p256.getPublicKey(secret, false).subarray(1);
      return bytesToHex(hash) + bytesToHex(signature) + bytesToHex(key);
    }
    default:
      return dice.digits(dice.below(150));
  }
}
