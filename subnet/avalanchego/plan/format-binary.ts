/** Text of a plain value that may hold byte arrays (no Buffers); {@link parseBinary} gives the value back. */
export function formatBinary(value: unknown): string {
  return JSON.stringify(value, (_, item) =>
    item instanceof Uint8Array ? { base64: Buffer.from(item).toString('base64') } : item,
  );
}

/** @example parseBinary(formatBinary({ a: Uint8Array.of(1) })) // { a: Uint8Array [1] } */
export function parseBinary<T>(text: string): T {
  return JSON.parse(text, (_, item) => {
    const keys = typeof item === 'object' && item !== null ? Object.keys(item) : [];
    if (keys.length !== 1 || keys[0] !== 'base64') return item;
    return new Uint8Array(Buffer.from((item as { base64: string }).base64, 'base64'));
  }) as T;
}
