import type { Hex } from '../../base/hash.js';
import { custom, DecodeError, type Decoder } from './decode.js';
import type { JsonMember } from './json-node.js';

/** Go's big.Int: a JSON number of any size without fraction or exponent; no quotation marks. */
export const bigInteger: Decoder<bigint> = custom(
  (raw) => (/^-?[0-9]+$/.test(raw) ? BigInt(raw) : undefined),
  'a whole JSON number, without quotation marks, fraction or exponent',
);

/** geth's HexOrDecimal256: a number, or a decimal or 0x string, of at most 256 bits; a sign is taken, "" is zero. */
export const quantity256: Decoder<bigint> = custom((raw) => {
  const value = parseQuantity(raw, '[+-]?');
  return value === undefined || (value < 0n ? -value : value) >> 256n !== 0n ? undefined : value;
}, 'a number, or a decimal or "0x…" string, of at most 256 bits');

/** geth's HexOrDecimal64: as HexOrDecimal256 but unsigned and of at most 64 bits. */
export const quantity64: Decoder<bigint> = custom((raw) => {
  const value = parseQuantity(raw, '');
  return value === undefined || value >> 64n !== 0n ? undefined : value;
}, 'a number, or a decimal or "0x…" string, from 0 to 18446744073709551615');

/** geth's hexutil.Bytes: "" or a string "0x" with an even number of hexadecimal digits. */
export const bytes: Decoder<Hex> = custom((raw) => {
  if (raw === '""') return '0x';
  return raw.length % 2 === 0 ? parseHex(raw, /^"0[xX]([0-9a-fA-F]*)"$/) : undefined;
}, 'a string "0x" with an even number of hexadecimal digits');

/** geth's common.Address as a value: "0x" and 40 hexadecimal digits, in any case. */
export const address: Decoder<Hex> = custom(
  (raw) => parseHex(raw, /^"0[xX]([0-9a-fA-F]{40})"$/),
  'an address: "0x" and 40 hexadecimal digits',
);

/** geth's common.Hash as a value: "0x" and 64 hexadecimal digits. */
export const hash: Decoder<Hex> = custom(
  (raw) => parseHex(raw, /^"0[xX]([0-9a-fA-F]{64})"$/),
  'a hash: "0x" and 64 hexadecimal digits',
);

/** A storage word of a genesis account: up to 64 hexadecimal digits, even in number, with or without 0x. */
export const storageWord: Decoder<Hex> = (node, _current, path) => {
  // Go asks no text type about null and leaves the word as it was: zero.
  if (node.kind === 'null') return `0x${'0'.repeat(64)}`;
  const text =
    node.kind === 'string' ? parseStorageWord(JSON.parse(node.raw) as string) : undefined;
  if (text === undefined)
    throw new DecodeError(node.start, path, `${node.raw} is not accepted here.`, STORAGE_WORD);
  return text;
};

/** Key of a genesis account's storage. */
export function storageKey(member: JsonMember, path: string): string {
  const word = parseStorageWord(member.key);
  if (word === undefined) throw refuseKey(member, path, STORAGE_WORD);
  return word;
}

/** Key of the genesis allocation: 40 hexadecimal digits with or without 0x. */
export function unprefixedAddressKey(member: JsonMember, path: string): string {
  const match = /^(?:0[xX])?([0-9a-fA-F]{40})$/.exec(member.key);
  if (match === null) throw refuseKey(member, path, '40 hexadecimal digits, with or without 0x');
  return `0x${match[1]!.toLowerCase()}`;
}

/** Key of the other maps by address: "0x" and 40 hexadecimal digits, no escapes. */
export function addressKey(member: JsonMember, path: string): string {
  const key = parseHex(member.rawKey, /^"0[xX]([0-9a-fA-F]{40})"$/);
  if (key === undefined) throw refuseKey(member, path, '"0x" and 40 hexadecimal digits');
  return key;
}

/** Key of the storage of a state upgrade: "0x" and 64 hexadecimal digits. */
export function hashKey(member: JsonMember, path: string): string {
  const key = parseHex(member.rawKey, /^"0[xX]([0-9a-fA-F]{64})"$/);
  if (key === undefined) throw refuseKey(member, path, '"0x" and 64 hexadecimal digits');
  return key;
}

const STORAGE_WORD =
  'a string of at most 64 hexadecimal digits, even in number, with or without "0x"';

function parseStorageWord(text: string): Hex | undefined {
  const match = /^(?:0x)?((?:[0-9a-fA-F]{2}){0,32})$/.exec(text);
  return match === null ? undefined : `0x${match[1]!.toLowerCase().padStart(64, '0')}`;
}

function parseQuantity(raw: string, sign: string): bigint | undefined {
  const text = raw.startsWith('"') ? raw.slice(1, -1) : raw;
  if (text === '') return 0n;
  const match =
    new RegExp(`^0[xX](${sign})([0-9a-fA-F]+)$`).exec(text) ??
    new RegExp(`^(${sign})([0-9]+)$`).exec(text);
  if (match === null) return undefined;
  const digits = BigInt(/^0[xX]/.test(text) ? `0x${match[2]}` : match[2]!);
  return match[1] === '-' ? -digits : digits;
}

function parseHex(raw: string, pattern: RegExp): Hex | undefined {
  const match = pattern.exec(raw);
  return match === null ? undefined : `0x${match[1]!.toLowerCase()}`;
}

function refuseKey(member: JsonMember, path: string, allowed: string): DecodeError {
  return new DecodeError(
    member.keyStart,
    path,
    `The key ${member.rawKey} is not accepted here.`,
    allowed,
  );
}
