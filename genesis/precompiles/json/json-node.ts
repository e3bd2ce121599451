/** A JSON value with its place in the text; numbers and strings stay text, so no digit is ever lost. */
export interface JsonNode {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'true' | 'false' | 'null';
  /** Offset of the first character. */
  readonly start: number;
  /** Offset after the last character. */
  readonly end: number;
  /** The characters as written, quotation marks and escapes included. */
  readonly raw: string;
  /** Members of an object in order of appearance, duplicates included. */
  readonly members?: readonly JsonMember[];
  /** Items of an array. */
  readonly items?: readonly JsonNode[];
}

/** One member of an object. */
export interface JsonMember {
  /** The key with escapes resolved. */
  readonly key: string;
  /** The key as written, with quotation marks. */
  readonly rawKey: string;
  readonly keyStart: number;
  readonly value: JsonNode;
}
