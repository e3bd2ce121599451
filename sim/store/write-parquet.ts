import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ToolkitError } from '../../genesis/base/errors.js';

/** A named column; every column of a file has the same length. Amounts beyond 2^53 go as decimal strings. */
export interface TableColumn {
  readonly name: string;
  readonly type: 'double' | 'bigint' | 'text';
  readonly values: ArrayLike<number> | ArrayLike<bigint> | readonly string[];
}

/**
 * Writes a Parquet file (zstd) that is either whole or absent: the bytes go to a hidden file of the same folder, which is
 * synced and renamed. One thread, so that the same columns give the same file.
 *
 * @param path Where the file ends up.
 * @throws ToolkitError `STORE_WRITE_FAILED` when the disk is full or the folder cannot be written; nothing is left behind.
 */
export async function writeParquet(path: string, columns: readonly TableColumn[]): Promise<void> {
  const { DuckDBInstance, DuckDBDataChunk, DOUBLE, BIGINT, VARCHAR } = await import(
    '@duckdb/node-api'
  );
  const types = columns.map(({ type }) =>
    type === 'double' ? DOUBLE : type === 'bigint' ? BIGINT : VARCHAR,
  );
  const rows = columns[0]?.values.length ?? 0;
  const folder = dirname(path);
  const temporary = join(folder, `.${process.pid}-${path.slice(folder.length + 1)}.tmp`);
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    mkdirSync(folder, { recursive: true });
    const list = columns.map(({ name }, index) => `${quoteName(name)} ${types[index]}`).join(', ');
    await connection.run(`CREATE TABLE part (${list})`);
    const appender = await connection.createAppender('part');
    for (let first = 0; first < rows; first += chunkRows) {
      const chunk = DuckDBDataChunk.create(types, Math.min(chunkRows, rows - first));
      for (const [index, { type, values }] of columns.entries()) {
        const slice = Array.prototype.slice.call(values, first, first + chunkRows);
        chunk.setColumnValues(
          index,
          type === 'bigint' ? slice.map((value) => BigInt(value)) : slice,
        );
      }
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
    await connection.run(`COPY part TO ${quoteText(temporary)} (FORMAT parquet, COMPRESSION zstd)`);
    syncPath(temporary);
    renameSync(temporary, path);
    syncPath(folder);
  } catch (cause) {
    removeIfThere(temporary);
    throw new ToolkitError({
      code: 'STORE_WRITE_FAILED',
      message: `The results could not be written: ${(cause as Error).message}`,
      where: path,
      next: 'Make room on the disk or choose another --out folder; finished runs are kept and are not computed again.',
      cause,
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const chunkRows = 2048;

function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The folder itself is missing or is a file: there is nothing to remove, and the first error says more.
  }
}

function syncPath(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
