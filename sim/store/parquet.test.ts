import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { queryParquet } from './query-parquet.js';
import { type TableColumn, writeParquet } from './write-parquet.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "masa store's "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const rows = 5000;
const columns: TableColumn[] = [
  { name: 'day', type: 'bigint', values: Float64Array.from({ length: rows }, (_, day) => day) },
  {
    name: 'odd "name"',
    type: 'double',
    values: Float64Array.from({ length: rows }, (_, day) => day / 3),
  },
  {
    name: 'supply',
    type: 'text',
    values: Array.from({ length: rows }, (_, day) => `${10n ** 27n + BigInt(day)}`),
  },
];

describe('writeParquet', () => {
  it('reads back every value', async () => {
    const path = join(folder, 'part.parquet');
    await writeParquet(path, columns);
    const { columns: names, values } = await queryParquet('SELECT * FROM t ORDER BY day', {
      t: path,
    });
    expect(names).toEqual(['day', 'odd "name"', 'supply']);
    expect(values[0]).toEqual(Array.from({ length: rows }, (_, day) => BigInt(day)));
    expect(values[1]).toEqual([...(columns[1]!.values as Float64Array)]);
    expect(values[2]).toEqual(columns[2]!.values);
  });

  it('gives the same bytes for the same columns and leaves no other file', async () => {
    const hashes = [];
    for (const name of ['a', 'b']) {
      await writeParquet(join(folder, name), columns);
      hashes.push(
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      );
    }
    expect(hashes[0]).toBe(hashes[1]);
    expect(readdirSync(folder).sort()).toEqual(['a', 'b']);
  });

  it('leaves nothing when it cannot write', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(writeParquet(join(folder, 'file', 'part.parquet'), columns)).rejects.toMatchObject(
      {
        code: 'STORE_WRITE_FAILED',
      },
    );
    await expect(writeParquet('/dev/full/part.parquet', columns)).rejects.toMatchObject({
      code: 'STORE_WRITE_FAILED',
    });
    expect(readdirSync(folder)).toEqual(['file']);
  });
});

describe('queryParquet', () => {
  it('names a torn file and a bad statement', async () => {
    const path = join(folder, 'part.parquet');
    await writeParquet(path, columns);
    await expect(queryParquet('SELECT nothing FROM t', { t: path })).rejects.toMatchObject({
      code: 'STORE_QUERY_FAILED',
    });
    writeFileSync(path, readFileSync(path).subarray(0, 1000));
    await expect(queryParquet('SELECT * FROM t', { t: path })).rejects.toMatchObject({
      code: 'STORE_QUERY_FAILED',
      exitCode: 2,
    });
  });
});
