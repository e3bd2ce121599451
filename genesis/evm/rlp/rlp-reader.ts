import { ToolkitError } from '../../base/errors.js';
import { formatHex } from '../../base/format-hex.js';

/** Walks over the items of RLP without copying them; refuses every encoding but the shortest. */
export class RlpReader {
  readonly #bytes: Uint8Array;
  #at: number;
  readonly #end: number;

  constructor(bytes: Uint8Array, from = 0, to = bytes.length) {
    this.#bytes = bytes;
    this.#at = from;
    this.#end = to;
  }

  /** Where the next item begins. */
  get at(): number {
    return this.#at;
  }

  get done(): boolean {
    return this.#at === this.#end;
  }

  /** The next item, which must be a string: a view of the bytes. @throws ToolkitError `RLP`. */
  bytes(): Uint8Array {
    const first = this.#first();
    if (first < 0x80) {
      this.#at += 1;
      return this.#bytes.subarray(this.#at - 1, this.#at);
    }
    if (first >= 0xc0) throw refuse('a list stands where a string should');
    const length = this.#take(first - 0x80);
    const start = this.#at - length;
    if (length === 1 && this.#bytes[start]! < 0x80)
      throw refuse('a byte below 0x80 has a head of its own');
    return this.#bytes.subarray(start, this.#at);
  }

  /** The next item, which must be a number of at most so many bytes. @throws ToolkitError `RLP`. */
  number(maxBytes: number): bigint {
    const bytes = this.bytes();
    if (bytes.length > maxBytes)
      throw refuse(`a number of ${bytes.length} bytes stands where ${maxBytes} fit`);
    if (bytes[0] === 0) throw refuse('a number has a leading zero');
    return numberOf(bytes);
  }

  /** The next item, which must be a list. @throws ToolkitError `RLP`. */
  list(): RlpReader {
    const first = this.#first();
    if (first < 0xc0) throw refuse('a string stands where a list should');
    const length = this.#take(first - 0xc0);
    return new RlpReader(this.#bytes, this.#at - length, this.#at);
  }

  #first(): number {
    if (this.#at >= this.#end) throw refuse('an item is missing');
    return this.#bytes[this.#at]!;
  }

  /** Goes behind an item whose head says `kind`. @returns The length of its content. */
  #take(kind: number): number {
    let length = kind;
    this.#at += 1;
    if (kind > 55) {
      const count = kind - 55;
      if (this.#at + count > this.#end || count > 6) throw refuse('a length is cut off');
      length = 0;
      for (let index = 0; index < count; index += 1)
        length = length * 256 + this.#bytes[this.#at + index]!;
      if (length < 56 || this.#bytes[this.#at] === 0)
        throw refuse('a length is not written the shortest way');
      this.#at += count;
    }
    if (this.#at + length > this.#end) throw refuse('an item is cut off');
    this.#at += length;
    return length;
  }
}

/** The number that bytes are, most significant first. */
export function numberOf(bytes: Uint8Array): bigint {
  if (bytes.length <= 6) {
    let small = 0;
    for (const byte of bytes) small = small * 256 + byte;
    return BigInt(small);
  }

  return BigInt(formatHex(bytes));
}

function refuse(message: string): ToolkitError {
  return new ToolkitError({
    code: 'RLP',
    message: `The bytes are not RLP of the expected shape: ${message}.`,
    exitCode: 2,
  });
}
