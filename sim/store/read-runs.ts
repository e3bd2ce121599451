import { ToolkitError } from '../../genesis/base/errors.js';
import { metrics } from '../model/metrics.js';
import { queryParquet } from './query-parquet.js';
import { findStudyFolder, type StudyFolder } from './study-folder.js';
import { verifyStudyFolder } from './verify-study-folder.js';

/** The runs of a study in memory, columns in the model's units, amounts of the full population at any scale. */
export interface StudyRuns {
  readonly folder: StudyFolder;
  readonly days: number;
  readonly scale: number;
  readonly scenarios: readonly {
    readonly id: string;
    readonly label: string;
    readonly what: string;
    readonly runs: readonly {
      readonly run: number;
      readonly columns: Readonly<Record<string, Float64Array>>;
    }[];
  }[];
}

/**
 * Reads the finished runs of a study, after checking its files.
 *
 * @param columns Metrics to read; default all.
 * @throws ToolkitError `STUDY_NOT_FOUND`, `STUDY_DAMAGED`, `STUDY_EMPTY` (exit 2).
 * @example (await readRuns('.masa/studies/a', ['priceUsd'])).scenarios[0].runs[0].columns.priceUsd
 */
export async function readRuns(
  path: string,
  columns: readonly string[] = metrics.map(({ name }) => name),
): Promise<StudyRuns> {
  const folder = findStudyFolder(path);
  const finished = verifyStudyFolder(folder);
  if (finished.length === 0) {
    throw new ToolkitError({
      code: 'STUDY_EMPTY',
      message: 'No run of this study is finished.',
      where: path,
      next: `masa sim resume ${path}`,
      exitCode: 2,
    });
  }
  const { days, scale, scenarios } = folder.study;
  const { values } = await queryParquet(
    `SELECT scenario, run, ${columns.map((name) => `"${name}"`).join(', ')} FROM daily ORDER BY scenario, run, day`,
    { daily: finished.map((shard) => folder.daily(shard)) },
  );
  const [ids, runs, ...data] = values;
  const found = new Map<string, Record<string, Float64Array>>();
  for (let first = 0; first < ids!.length; first += days) {
    found.set(
      `${ids![first]} ${runs![first]}`,
      Object.fromEntries(
        columns.map((name, at) => [
          name,
          Float64Array.from(data[at]!.slice(first, first + days) as number[]),
        ]),
      ),
    );
  }
  return {
    folder,
    days,
    scale,
    scenarios: scenarios.map(({ id, label, what }) => ({
      id,
      label,
      what,
      runs: Array.from({ length: folder.study.runs }, (_, run) => run).flatMap((run) => {
        const read = found.get(`${id} ${run}`);
        return read === undefined ? [] : [{ run, columns: read }];
      }),
    })),
  };
}
