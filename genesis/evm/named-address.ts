import { Address } from '@ethereumjs/util';
import { hexToBytes } from '@noble/hashes/utils.js';
import type { Hex } from '../base/hash.js';

/** An address that knows its text: the EVM and the state ask for it a dozen times per transaction. */
export class NamedAddress extends Address {
  readonly #text: Hex;

  /** @param text Lower-case. */
  constructor(text: Hex) {
    super(hexToBytes(text.slice(2)));
    this.#text = text;
  }

  override toString(): Hex {
    return this.#text;
  }
}
