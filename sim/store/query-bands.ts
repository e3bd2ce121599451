import { ToolkitError } from '../../genesis/base/errors.js';
import { metrics } from '../model/metrics.js';
import { queryParquet } from './query-parquet.js';
import { findStudyFolder } from './study-folder.js';

export interface BandOptions {
  /** Id of the scenario; default the first. */
  readonly scenario?: string | undefined;
  readonly metrics: readonly string[];
  /** Between 0 and 1; default 0.05, 0.25, 0.5, 0.75, 0.95. */
  readonly levels?: readonly number[] | undefined;
}

/**
 * Quantiles over the finished runs of one scenario, day by day, computed by DuckDB's `quantile_cont` (linear between order
 * statistics) in the files.
 *
 * @returns By metric one column of days for each level.
 * @throws ToolkitError `BANDS_INVALID`, `STUDY_EMPTY` (exit 2).
 * @example (await queryBands(folder, { metrics: ['priceUsd'], levels: [0.5] })).priceUsd[0]
 */
export async function queryBands(
  path: string,
  options: BandOptions,
): Promise<Readonly<Record<string, readonly Float64Array[]>>> {
  const folder = findStudyFolder(path);
  const { scenarios } = folder.study;
  const scenario = options.scenario ?? scenarios[0]!.id;
  const levels = options.levels ?? [0.05, 0.25, 0.5, 0.75, 0.95];
  const known = metrics.map(({ name }) => name);
  const refuse = (code: string, message: string, allowed: string) => {
    throw new ToolkitError({ code, message, where: path, allowed, exitCode: 2 });
  };
  for (const name of options.metrics) {
    if (!known.includes(name)) {
      refuse('BANDS_INVALID', `There is no metric "${name}".`, known.join(', '));
    }
  }
  if (levels.some((level) => !(level >= 0 && level <= 1))) {
    refuse('BANDS_INVALID', `Levels ${levels.join(', ')} are out of range.`, '0 to 1');
  }
  const position = scenarios.findIndex(({ id }) => id === scenario);
  if (position < 0) {
    const all = scenarios.map(({ id }) => id).join(', ');
    refuse('BANDS_INVALID', `There is no scenario "${scenario}".`, all);
  }
  const files = folder
    .finished()
    .filter((shard) => shard.scenario === position)
    .map((shard) => folder.daily(shard));
  if (files.length === 0) refuse('STUDY_EMPTY', 'No run is finished.', 'at least one run');
  const quantiles = options.metrics.flatMap((name) =>
    levels.map((level) => `quantile_cont("${name}", ${level})`),
  );
  const { values } = await queryParquet(
    `SELECT ${quantiles.join(', ')} FROM daily GROUP BY day ORDER BY day`,
    { daily: files },
  );
  return Object.fromEntries(
    options.metrics.map((name, at) => [
      name,
      levels.map((_, level) =>
        Float64Array.from(values[at * levels.length + level] as readonly number[]),
      ),
    ]),
  );
}
