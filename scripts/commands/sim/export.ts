import { defineCommand } from '../../command.js';

export const command = defineCommand({
  command: 'export <study>',
  describe: 'Write the daily columns of a study as one CSV file or as JSON lines',
  options: {
    out: { type: 'string', describe: 'File (default: daily.csv or daily.jsonl in this folder)' },
    scenario: { type: 'string', describe: 'Only this scenario' },
    force: { type: 'boolean', default: false, describe: 'Replace an existing file' },
    lines: { type: 'boolean', default: false, describe: 'JSON lines instead of CSV' },
  },
  positionals: { study: { type: 'string', describe: 'Folder, or beginning of the hash' } },
  async run(argv, context) {
    const { ToolkitError } = await import('../../../genesis/base/errors.js');
    const { metrics } = await import('../../../sim/model/metrics.js');
    const { readRuns } = await import('../../../sim/store/read-runs.js');
    const { writeFileWhole } = await import('../../write-file-whole.js');
    const { findStudy } = await import('./find-study.js');
    const study = findStudy(String(argv.study), context);
    const { scenarios, days } = await readRuns(study);
    const chosen = scenarios.filter(({ id }) => (argv.scenario ?? id) === id);
    if (chosen.length === 0) {
      throw new ToolkitError({
        code: 'SCENARIO_NOT_FOUND',
        message: `The study has no scenario "${argv.scenario}".`,
        where: study,
        allowed: scenarios.map(({ id }) => id).join(', '),
        exitCode: 2,
      });
    }
    const names = metrics.map(({ name }) => name);
    const lines = argv.lines ? [] : [`scenario,run,day,${names.join(',')}`];
    for (const { id, runs } of chosen) {
      for (const { run, columns } of runs) {
        for (let day = 0; day < days; day += 1) {
          const values = names.map((name) => columns[name]![day]!);
          lines.push(
            argv.lines
              ? JSON.stringify({
                  scenario: id,
                  run,
                  day: day + 1,
                  ...Object.fromEntries(names.map((name, at) => [name, values[at]])),
                })
              : `${id},${run},${day + 1},${values.join(',')}`,
          );
        }
      }
    }
    const file = argv.out ?? (argv.lines ? 'daily.jsonl' : 'daily.csv');
    const path = writeFileWhole(file, `${lines.join('\n')}\n`, context, argv.force);
    const rows = lines.length - (argv.lines ? 0 : 1);
    return { text: `${path}: ${rows} rows`, json: { file: path, rows } };
  },
});
