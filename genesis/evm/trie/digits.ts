/** Bytes as hexadecimal digits, two per byte: the path of a key. @example digits(Uint8Array.of(0x1f)) // [1, 15] */
export function digits(bytes: Uint8Array): Uint8Array {
  const path = new Uint8Array(bytes.length * 2);
  for (let index = 0; index < bytes.length; index += 1) {
    path[2 * index] = bytes[index]! >> 4;
    path[2 * index + 1] = bytes[index]! & 15;
  }
  return path;
}
