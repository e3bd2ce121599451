import { defineCommand } from '../../command.js';

export const command = defineCommand({
  command: 'sql <study> <statement>',
  describe: 'Ask a study in SQL; the table is daily(scenario, run, day, ...)',
  options: {},
  positionals: {
    study: { type: 'string', describe: 'Folder, or beginning of the hash' },
    statement: { type: 'string', describe: 'One SQL statement for DuckDB' },
  },
  examples: [
    [
      'masa sim sql 3f "SELECT scenario, avg(priceUsd) FROM daily WHERE day = 365 GROUP BY 1"',
      'mean price after a year',
    ],
  ],
  async run(argv, context) {
    const { ToolkitError } = await import('../../../genesis/base/errors.js');
    const { queryParquet } = await import('../../../sim/store/query-parquet.js');
    const { findStudyFolder } = await import('../../../sim/store/study-folder.js');
    const { verifyStudyFolder } = await import('../../../sim/store/verify-study-folder.js');
    const { formatTable } = await import('../../output.js');
    const { findStudy } = await import('./find-study.js');
    const path = findStudy(String(argv.study), context);
    const folder = findStudyFolder(path);
    const files = verifyStudyFolder(folder).map((shard) => folder.daily(shard));
    if (files.length === 0) {
      throw new ToolkitError({
        code: 'STUDY_EMPTY',
        message: 'No run of this study is finished.',
        where: path,
        next: `masa sim resume ${path}`,
        exitCode: 2,
      });
    }
    const { columns, values } = await queryParquet(String(argv.statement), { daily: files });
    const rows = Array.from({ length: values[0]?.length ?? 0 }, (_, row) =>
      values.map((column) => column[row]),
    );
    const plain = (value: unknown) =>
      typeof value === 'object' && value !== null ? String(value) : value;
    return {
      text: formatTable(
        columns,
        rows.map((row) => row.map((value) => String(value))),
      ),
      json: { columns, rows: rows.map((row) => row.map(plain)) },
    };
  },
});
