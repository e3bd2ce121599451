import type { Hex } from '../../base/hash.js';

/**
 * Writes RLP from its end to its beginning: the length of a list is known when its head is written, so nothing is
 * encoded twice or copied. Items of a list are therefore written last one first.
 *
 * @example
 * const end = writer.begin();
 * writer.number(2n).number(1n).list(end);
 * writer.take() // c2 01 02
 */
export class RlpWriter {
  #bytes = new Uint8Array(1024);
  #at = 1024;

  /** Starts again; what was not taken is dropped. @returns The end of an outermost list. */
  begin(): number {
    this.#at = this.#bytes.length;
    return 0;
  }

  /** Where a list that holds what is written next ends. */
  end(): number {
    return this.#bytes.length - this.#at;
  }

  /** Bytes that are RLP already. */
  encoded(bytes: Uint8Array): this {
    this.#make(bytes.length);
    this.#at -= bytes.length;
    this.#bytes.set(bytes, this.#at);
    return this;
  }

  bytes(bytes: Uint8Array): this {
    this.encoded(bytes);
    if (bytes.length !== 1 || bytes[0]! >= 0x80) this.#head(0x80, bytes.length);
    return this;
  }

  /** The bytes that hexadecimal digits stand for. */
  hex(hex: Hex): this {
    return this.#digits(hex, 2);
  }

  /** A number without leading zeros; zero is an empty string. */
  number(value: bigint): this {
    if (value > 0xffff_ffff_ffffn) return this.#digits(value.toString(16), 0);
    this.#make(9);
    let rest = Number(value);
    const end = this.#at;
    for (; rest > 0; rest = Math.floor(rest / 256)) {
      this.#at -= 1;
      this.#bytes[this.#at] = rest % 256;
    }
    const length = end - this.#at;
    if (length !== 1 || this.#bytes[this.#at]! >= 0x80) this.#head(0x80, length);
    return this;
  }

  /** Makes a list of everything that was written since its end was asked for. */
  list(end: number): this {
    this.#head(0xc0, this.end() - end);
    return this;
  }

  /** A copy of everything that was written. */
  take(): Uint8Array {
    return this.#bytes.slice(this.#at);
  }

  #digits(digits: string, from: number): this {
    const count = digits.length - from;
    const length = (count + 1) >> 1;
    this.#make(length);
    const bytes = this.#bytes;
    let at = this.#at;
    let index = digits.length - 1;
    for (; index > from; index -= 2) {
      at -= 1;
      bytes[at] = (digitOf(digits.charCodeAt(index - 1)) << 4) | digitOf(digits.charCodeAt(index));
    }
    if (index === from) {
      at -= 1;
      bytes[at] = digitOf(digits.charCodeAt(index));
    }
    this.#at = at;
    if (length !== 1 || bytes[at]! >= 0x80) this.#head(0x80, length);
    return this;
  }

  /** Head of a string (0x80) or a list (0xc0). */
  #head(kind: number, length: number): void {
    this.#make(9);
    if (length < 56) {
      this.#at -= 1;
      this.#bytes[this.#at] = kind + length;
      return;
    }
    const end = this.#at;
    for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) {
      this.#at -= 1;
      this.#bytes[this.#at] = rest % 256;
    }
    const count = end - this.#at;
    this.#at -= 1;
    this.#bytes[this.#at] = kind + 55 + count;
  }

  #make(room: number): void {
    if (this.#at >= room) return;
    const used = this.end();
    const larger = new Uint8Array(2 * (used + room));
    larger.set(this.#bytes.subarray(this.#at), larger.length - used);
    this.#bytes = larger;
    this.#at = larger.length - used;
  }
}

function digitOf(code: number): number {
  return code < 58 ? code - 48 : code < 71 ? code - 55 : code - 87;
}
