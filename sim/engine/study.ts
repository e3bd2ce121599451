import { ToolkitError } from '../../genesis/base/errors.js';
import { type Hex, hashValue } from '../../genesis/base/hash.js';
import type { Intervention } from './intervention.js';

/** One way the future is made to differ; the first scenario of a study is its baseline. */
export interface Scenario {
  /** Lower-case letters, digits and hyphens; names files. */
  readonly id: string;
  readonly label: string;
  /** What differs from the baseline, in words. */
  readonly what: string;
  readonly interventions: readonly Intervention[];
}

/** What a study computes: everything that decides its numbers, and nothing else. */
export interface Study {
  readonly version: 1;
  readonly planHash: Hex;
  /** Identity of the model's code; another model gives another study. */
  readonly modelHash: Hex;
  readonly days: number;
  /** One wallet stands for this many; 1 is the full population. */
  readonly scale: number;
  readonly seed: number;
  /** Runs per scenario, numbered from 0; run k of every scenario shares its shocks. */
  readonly runs: number;
  readonly scenarios: readonly Scenario[];
}

/** One run of one scenario: the unit of work and of storage. */
export interface Shard {
  readonly scenario: number;
  readonly run: number;
  /** Content address: hash of the study without its number of runs, with scenario and run. */
  readonly id: string;
}

/** Identity of a study. @example hashStudy(study) // '0x…' */
export function hashStudy(study: Study): Hex {
  return hashValue(study);
}

/**
 * Checks a study's numbers.
 *
 * @throws ToolkitError `STUDY_INVALID` (exit 2) with every problem.
 */
export function verifyStudy(study: Study): void {
  const integer = (path: string, value: number, low: number, high: number) =>
    Number.isInteger(value) && value >= low && value <= high
      ? []
      : [
          {
            code: 'STUDY_INVALID',
            path,
            message: `${value} is out of range.`,
            allowed: `integer ${low} to ${high}`,
          },
        ];
  const ids = study.scenarios.map(({ id }) => id);
  const problems = [
    ...integer('days', study.days, 1, 36_500),
    ...integer('scale', study.scale, 1, 1_000_000),
    ...integer('seed', study.seed, 0, Number.MAX_SAFE_INTEGER),
    ...integer('runs', study.runs, 1, 1_000_000),
    ...ids.flatMap((id, index) =>
      /^[a-z0-9][a-z0-9-]{0,39}$/.test(id) && ids.indexOf(id) === index
        ? []
        : [
            {
              code: 'STUDY_INVALID',
              path: `scenarios.${index}.id`,
              message: `${JSON.stringify(id)} is not a new scenario name.`,
              allowed: 'each name once; lower-case letters, digits and hyphens, at most 40',
            },
          ],
    ),
    ...integer('scenarios', ids.length, 1, 1000),
  ];
  if (problems.length > 0) {
    throw new ToolkitError({
      code: 'STUDY_INVALID',
      message: `The study has ${problems.length} problem(s).`,
      problems,
      exitCode: 2,
    });
  }
}

/** The shards of a study in their fixed order: scenario by scenario, run by run. */
export function listShards(study: Study): Shard[] {
  const { runs: _, scenarios, ...rest } = study;
  return scenarios.flatMap(({ id, interventions }, scenario) =>
    Array.from({ length: study.runs }, (_, run) => ({
      scenario,
      run,
      id: `${id}-${run}-${hashValue({ ...rest, interventions, run }).slice(2, 14)}`,
    })),
  );
}
