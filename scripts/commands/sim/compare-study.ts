import { ToolkitError } from '../../../genesis/base/errors.js';
import { formatCompact, formatUsd } from '../../../reports/format/format-number.js';
import { comparePaired } from '../../../reports/prepare/compare-paired.js';
import { metrics } from '../../../sim/model/metrics.js';
import { readRuns } from '../../../sim/store/read-runs.js';
import type { CommandResult } from '../../command.js';
import { formatTable } from '../../output.js';

export interface CompareStudyOptions {
  readonly metrics: readonly string[];
  readonly day: number | undefined;
  readonly level: 0.9 | 0.95;
}

/**
 * Mean paired difference of each scenario against the first, on one day, with a Student interval over runs.
 *
 * @throws ToolkitError `USAGE`, `COMPARE_ONE_SCENARIO`, `REPORT_PAIRS_INVALID` (exit 2).
 */
export async function compareStudy(
  path: string,
  options: CompareStudyOptions,
): Promise<CommandResult> {
  const listed = options.metrics.map((name) => metrics.find((metric) => metric.name === name));
  const unknown = listed.indexOf(undefined);
  if (unknown >= 0) {
    throw new ToolkitError({
      code: 'USAGE',
      message: `There is no metric "${options.metrics[unknown]}".`,
      where: '--metric',
      allowed: metrics.map(({ name }) => name).join(', '),
      exitCode: 2,
    });
  }
  const { scenarios, days } = await readRuns(path, options.metrics);
  const day = options.day ?? days;
  if (!Number.isInteger(day) || day < 1 || day > days) {
    throw new ToolkitError({
      code: 'USAGE',
      message: `--day ${options.day} is out of range.`,
      where: '--day',
      allowed: `1 to ${days}`,
      exitCode: 2,
    });
  }
  const [baseline, ...others] = scenarios;
  if (others.length === 0) {
    throw new ToolkitError({
      code: 'COMPARE_ONE_SCENARIO',
      message: 'The study has one scenario only.',
      where: path,
      next: 'masa sim run --runs 40 --scale 100 --scenario half-demand',
      exitCode: 2,
    });
  }
  const rows = others.flatMap((scenario) => {
    const pairs = baseline!.runs.flatMap((run) => {
      const other = scenario.runs.find((item) => item.run === run.run);
      return other === undefined ? [] : [[run.columns, other.columns] as const];
    });
    return listed.map((metric) => {
      const { name, unit } = metric!;
      const divisor = unit === 'microtoken' ? 1e6 : 1;
      const [left, right] = [0, 1].map((side) =>
        pairs.map((pair) => pair[side as 0 | 1][name]![day - 1]! / divisor),
      );
      const difference = comparePaired(left!, right!, options.level);
      return { scenario: scenario.id, metric: name, unit, runs: pairs.length, ...difference };
    });
  });
  const write = (value: number, unit: string) =>
    unit === 'usd' ? formatUsd(value) : formatCompact(value);
  return {
    text: formatTable(
      ['scenario', `day ${day}`, 'pairs', baseline!.id, 'difference', 'low', 'high'],
      rows.map((row) => [
        row.scenario,
        row.metric,
        String(row.runs),
        ...[row.baseline, row.difference, row.low, row.high].map((value) => write(value, row.unit)),
      ]),
    ),
    json: { baseline: baseline!.id, day, level: options.level, rows },
  };
}
