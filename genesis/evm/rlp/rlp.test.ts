import { RLP } from '@ethereumjs/rlp';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHex } from '../../base/format-hex.js';
import { RlpReader } from './rlp-reader.js';
import { RlpWriter } from './rlp-writer.js';

type Item = Uint8Array | bigint | Item[];

const { item } = fc.letrec<{ item: Item }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 4 },
    fc.uint8Array({ maxLength: 80 }),
    fc.bigInt({ min: 0n, max: (1n << 256n) - 1n }),
    fc.array(tie('item'), { maxLength: 6 }),
  ),
}));

function write(writer: RlpWriter, value: Item): void {
  if (typeof value === 'bigint') writer.number(value);
  else if (value instanceof Uint8Array) {
    // Both ways to write bytes.
    if (value.length % 2 === 0) writer.bytes(value);
    else writer.hex(formatHex(value));
  } else {
    const end = writer.end();
    for (const one of [...value].reverse()) write(writer, one);
    writer.list(end);
  }
}

function readAll(reader: RlpReader, shape: Item): Item {
  if (typeof shape === 'bigint') return reader.number(32);
  if (shape instanceof Uint8Array) return reader.bytes();
  const inner = reader.list();
  const items = shape.map((one) => readAll(inner, one));
  expect(inner.done).toBe(true);
  return items;
}

describe('RLP', () => {
  const writer = new RlpWriter();

  it('writes what another implementation writes and reads it back', () => {
    fc.assert(
      fc.property(item, (value) => {
        writer.begin();
        write(writer, value);
        const bytes = writer.take();
        expect(bytesToHex(bytes)).toBe(bytesToHex(RLP.encode(value as never)));
        const reader = new RlpReader(bytes);
        expect(readAll(reader, value)).toEqual(value);
        expect(reader.done).toBe(true);
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 200) },
    );
  });

  it.each([0, 1, 55, 56, 255, 256, 65_535, 65_536, 100_000])('writes %i bytes', (length) => {
    const bytes = new Uint8Array(length).fill(200);
    writer.begin();
    const raw = writer.bytes(bytes).list(0).take();
    expect(bytesToHex(raw)).toBe(bytesToHex(RLP.encode([bytes])));
    expect(new RlpReader(raw).list().bytes()).toEqual(bytes);
  });

  it.each([
    ['nothing', '', 'bytes'],
    ['a cut string', '83aabb', 'bytes'],
    ['a cut long string', 'b838aa', 'bytes'],
    ['a cut length', 'b9', 'bytes'],
    ['a length with a leading zero', `b90038${'aa'.repeat(56)}`, 'bytes'],
    ['a long head for a short string', 'b801aa', 'bytes'],
    ['a head before a small byte', '8105', 'bytes'],
    ['a list for a string', 'c0', 'bytes'],
    ['a string for a list', '80', 'list'],
    ['a cut list', 'c301', 'list'],
    ['a length of a whole exabyte', 'ff0fffffffffffffff', 'list'],
    ['a leading zero', '00', 'number'],
    ['a zero and one', '820001', 'number'],
    ['a number that is too large', '89ffffffffffffffffff', 'number'],
  ] as const)('refuses %s', (_, hex, kind) => {
    const reader = new RlpReader(hexToBytes(hex));
    const read = () => (kind === 'number' ? reader.number(8) : reader[kind]());
    expect(read).toThrow(expect.objectContaining({ code: 'RLP', exitCode: 2 }));
  });
});
