import { RLP } from '@ethereumjs/rlp';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { type Hex, keccak256 } from '../../../genesis/base/hash.js';
import type { Dice } from './dice.js';
import { contracts, everywhere, ordinary, people, stateful } from './places.js';
import { randomInput } from './random-input.js';
import { randomCreation } from './random-program.js';

interface Surroundings {
  readonly chainId: bigint;
  readonly baseFee: bigint;
  readonly gasLimit: bigint;
  nonceOf(address: Hex): bigint;
}

const integer = (value: bigint) =>
  value === 0n
    ? new Uint8Array()
    : hexToBytes(value.toString(16).padStart(2 * Math.ceil(value.toString(16).length / 2), '0'));

/** A signed transaction of any type, mostly one that a block can hold. Raw bytes. */
export function randomTransaction(dice: Dice, around: Surroundings): Uint8Array {
  const { secret, address } = dice.pick(people);
  const to = dice.chance(0.2)
    ? undefined
    : dice.chance(0.4)
      ? dice.pick(stateful)
      : dice.chance(0.5)
        ? dice.pick(contracts)
        : dice.chance(0.3)
          ? dice.pick(ordinary)
          : dice.pick(everywhere);
  const data = hexToBytes(to === undefined ? randomCreation(dice) : randomInput(dice, to));
  const nonce = around.nonceOf(address) + (dice.chance(0.01) ? 1n : 0n);
  const tip = BigInt(dice.pick([0, 1, 1_000_000_000, 40_000_000_000]));
  const cap = dice.chance(0.02)
    ? around.baseFee - 1n
    : around.baseFee + BigInt(dice.pick([0, 1, 1_000_000_000_000]));
  const gas = dice.chance(0.03)
    ? BigInt(dice.pick([20_999, 21_000, 53_000]))
    : BigInt(dice.pick([60_000, 150_000, 400_000, 1_500_000, 3_000_000]));
  const value = dice.chance(0.01) ? 10n ** 25n : BigInt(dice.pick([0, 0, 0, 1, 1_000_000]));
  const accessList = dice.chance(0.6)
    ? []
    : Array.from({ length: dice.below(4) }, () => [...randomEntry(dice)]);
  const body = [
    integer(gas < around.gasLimit ? gas : around.gasLimit),
    to === undefined ? new Uint8Array() : hexToBytes(to.slice(2)),
    integer(value),
    data,
  ];
  const type = dice.below(3);
  const chain = integer(around.chainId);
  if (type === 0) {
    const head = [integer(nonce), integer(cap), ...body];
    const bare = dice.chance(0.2);
    const signature = sign(RLP.encode(bare ? head : [...head, chain, '0x', '0x']), secret);
    const v = bare ? 27n : 35n + 2n * around.chainId;
    return RLP.encode([...head, integer(v + signature.recovery), signature.r, signature.s]);
  }
  const prices = type === 1 ? [integer(cap)] : [integer(tip < cap ? tip : cap), integer(cap)];
  const fields = [chain, integer(nonce), ...prices, ...body, accessList];
  const signature = sign(typed(type, fields as never), secret);
  return typed(type, [...fields, integer(signature.recovery), signature.r, signature.s] as never);
}

/** An address and slots; for warp mostly the chunks of a message, whose signature nobody can verify. */
function randomEntry(dice: Dice): [Uint8Array, Uint8Array[]] {
  const address = dice.chance(0.15) ? stateful[5]! : dice.pick(everywhere);
  const chunks =
    address === stateful[5] && dice.chance(0.9)
      ? randomPredicate(dice)
      : Array.from({ length: dice.below(4) }, () => dice.below(6).toString(16).padStart(64, '0'));
  return [hexToBytes(address.slice(2)), chunks.map(hexToBytes)];
}

/** A signed warp message in chunks of 32 bytes, in one of ten cases damaged. */
function randomPredicate(dice: Dice): string[] {
  const sized = (digits: string) => (digits.length / 2).toString(16).padStart(8, '0') + digits;
  const payload = dice.chance(0.3)
    ? `000000000000${dice.digits(32)}`
    : `000000000001${sized(dice.digits(dice.pick([20, 20, 3, 33])))}${sized(dice.digits(dice.below(80)))}`;
  const signers = dice.pick(['', '01', 'ff07', '0001', '00']);
  let message = `000000003039${dice.digits(32)}${sized(payload)}00000000${sized(signers)}${dice.digits(96)}`;
  if (dice.chance(0.05)) message += dice.digits(1);
  if (dice.chance(0.05)) message = message.slice(0, -2);
  message += dice.chance(0.96) ? 'ff' : '';
  if (dice.chance(0.04)) message += '00'.repeat(40);
  return message.padEnd(64 * Math.ceil(message.length / 64), '0').match(/.{64}/g) ?? [];
}

function typed(type: number, fields: never): Uint8Array {
  return Uint8Array.of(type, ...RLP.encode(fields));
}

function sign(message: Uint8Array, secret: Uint8Array) {
  const signature = secp256k1.sign(keccak256(message), secret, {
    prehash: false,
    format: 'recovered',
  });
  const short = (bytes: Uint8Array) => bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  return {
    recovery: BigInt(signature[0]!),
    r: short(signature.subarray(1, 33)),
    s: short(signature.subarray(33)),
  };
}
