import { ToolkitError } from '../../genesis/base/errors.js';

export interface QueryResult {
  readonly columns: readonly string[];
  /** One array per column; numbers, strings, bigint or null. */
  readonly values: readonly (readonly unknown[])[];
}

/**
 * Runs one SQL statement over Parquet files with one thread, so that sums do not depend on scheduling.
 *
 * @param views Names that the statement may use, each with a file, a glob or a list of files.
 * @throws ToolkitError `STORE_QUERY_FAILED` for a bad statement or a torn file, with DuckDB's own words.
 * @example await queryParquet('SELECT max(price_usd) FROM daily', { daily: 'runs/a/*.parquet' })
 */
export async function queryParquet(
  sql: string,
  views: Readonly<Record<string, string | readonly string[]>>,
): Promise<QueryResult> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    for (const [name, path] of Object.entries(views)) {
      await connection.run(
        `CREATE VIEW "${name}" AS SELECT * FROM read_parquet([${[path].flat().map(quoteText)}], union_by_name = true)`,
      );
    }
    // A statement reads these files and no others, and writes none.
    const files = Object.values(views).flat();
    if (!files.some((file) => /[*?[]/.test(file))) {
      await connection.run(`SET allowed_paths = [${files.map(quoteText)}]`);
      await connection.run('SET enable_external_access = false');
      await connection.run('SET lock_configuration = true');
    }
    const reader = await connection.runAndReadAll(sql);
    return { columns: reader.columnNames(), values: reader.getColumns() };
  } catch (cause) {
    throw new ToolkitError({
      code: 'STORE_QUERY_FAILED',
      message: (cause as Error).message.split('\n')[0]!,
      where: Object.values(views)
        .map((path) => (typeof path === 'string' ? path : (path[0] ?? '(no file)')))
        .join(', '),
      next: `Tables: ${Object.keys(views).join(', ')}. A torn or foreign file is named above; delete it and run again.`,
      exitCode: 2,
      cause,
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
