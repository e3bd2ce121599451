import { ToolkitError } from '../../base/errors.js';
import type { JsonMember, JsonNode } from './json-node.js';

/**
 * Turns a node into a value the way Go's encoding/json fills a variable: `current` is what the variable
 * holds already, which matters for duplicate keys (structs and maps are merged, the rest is replaced).
 */
export type Decoder<T> = (node: JsonNode, current: T | undefined, path: string) => T | undefined;

// biome-ignore lint/suspicious/noExplicitAny: a decoder of whatever type
type Any = any;
type Decoded<D> = D extends Decoder<infer T> ? T : never;

/** Thrown inside decoding; the caller adds file, line and column. */
export class DecodeError extends ToolkitError {
  readonly offset: number;
  readonly path: string;
  constructor(offset: number, path: string, message: string, allowed: string) {
    super({ code: 'GENESIS_VALUE_INVALID', message, allowed, exitCode: 2 });
    this.offset = offset;
    this.path = path;
  }
}

/** Reports a value that the type does not take. */
function refuse(node: JsonNode, path: string, allowed: string): never {
  const shown = node.raw.length > 80 ? `${node.raw.slice(0, 77)}…` : node.raw;
  throw new DecodeError(node.start, path, `${shown} is not accepted here.`, allowed);
}

/** Go's folding of a key for its case-insensitive match: ASCII letters, long s and the Kelvin sign. */
export function foldKey(key: string): string {
  return key
    .replace(/[a-z]+/g, (letters) => letters.toUpperCase())
    .replaceAll('\u017f', 'S')
    .replaceAll('\u212a', 'K');
}

/** The field that a key fills: the exact name, else the first that is equal when folded. */
export function findField(names: readonly string[], key: string): string | undefined {
  if (names.includes(key)) return key;
  const folded = foldKey(key);
  return names.find((name) => foldKey(name) === folded);
}

/** A Go struct: unknown keys are ignored, `null` changes nothing. */
export function struct<F extends Record<string, Decoder<Any>>>(
  fields: F,
): Decoder<{ [K in keyof F]?: Decoded<F[K]> | undefined }> {
  const names = Object.keys(fields);
  return (node, current, path) => {
    const result: Record<string, unknown> = { ...current };
    if (node.kind === 'null') return result as Any;
    if (node.kind !== 'object') refuse(node, path, 'an object');
    for (const member of node.members!) {
      const name = findField(names, member.key);
      if (name === undefined) continue;
      result[name] = fields[name]!(member.value, result[name], join(path, name));
    }
    return result as Any;
  };
}

/** A Go pointer: `null` empties it, anything else is decoded into what it points to. */
export function pointer<T>(target: Decoder<T>): Decoder<T> {
  return (node, current, path) => (node.kind === 'null' ? undefined : target(node, current, path));
}

/** A Go map; a key written twice keeps its last value, a map written twice is merged. */
export function map<T>(
  decodeKey: (member: JsonMember, path: string) => string,
  value: Decoder<T>,
): Decoder<Map<string, T | undefined>> {
  return (node, current, path) => {
    if (node.kind === 'null') return undefined;
    if (node.kind !== 'object') refuse(node, path, 'an object');
    const result = current ?? new Map<string, T | undefined>();
    for (const member of node.members!) {
      const decoded = value(member.value, undefined, join(path, member.key));
      result.set(decodeKey(member, join(path, member.key)), decoded);
    }
    return result;
  };
}

/** What a Go slice holds behind its length: decoding into it again meets the old elements. */
const backing = new WeakMap<readonly unknown[], unknown[]>();

/** A Go slice. */
export function slice<T>(element: Decoder<T>): Decoder<(T | undefined)[]> {
  return (node, current, path) => {
    if (node.kind === 'null') return undefined;
    if (node.kind !== 'array') refuse(node, path, 'an array');
    const store = (current && (backing.get(current) as (T | undefined)[])) || [];
    node.items!.forEach((item, index) => {
      store[index] = element(item, store[index], `${path}[${index}]`);
    });
    const result = store.slice(0, node.items!.length);
    backing.set(result, result.length === 0 ? [] : store);
    return result;
  };
}

/** A type with its own UnmarshalJSON: it sees the characters as written, `null` and objects included. */
export function custom<T>(parse: (raw: string) => T | undefined, allowed: string): Decoder<T> {
  return (node, _current, path) => parse(node.raw) ?? refuse(node, path, allowed);
}

/** A Go bool; `null` changes nothing. */
export const bool: Decoder<boolean> = (node, current, path) => {
  if (node.kind === 'null') return current;
  if (node.kind !== 'true' && node.kind !== 'false') refuse(node, path, 'true or false');
  return node.kind === 'true';
};

/** A Go uint64: a JSON number without fraction, exponent or sign; `null` changes nothing. */
export const uint64: Decoder<bigint> = (node, current, path) => {
  if (node.kind === 'null') return current;
  const value = node.kind === 'number' && /^[0-9]+$/.test(node.raw) ? BigInt(node.raw) : undefined;
  if (value === undefined || value >= 1n << 64n) {
    refuse(node, path, 'a JSON number from 0 to 18446744073709551615, without quotation marks');
  }
  return value;
};

function join(path: string, key: string): string {
  const part = /^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key);
  return path === '' ? part : `${path}.${part}`;
}
