import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { canonicalJson } from '../../genesis/base/canonical-json.js';
import { ToolkitError } from '../../genesis/base/errors.js';
import { type Hex, sha256 } from '../../genesis/base/hash.js';
import { hashStudy, listShards, type Shard, type Study, verifyStudy } from '../engine/study.js';

/** What a run leaves beside its daily columns; plain data, the same for any number of workers. */
export interface ShardSummary {
  readonly shard: string;
  /** SHA-256 over the daily columns and the final state. */
  readonly outcomeHash: Hex;
  /** SHA-256 of the daily file. */
  readonly dailyHash: Hex;
  /** Exact figures as decimal strings, counters, the flow matrix. */
  readonly figures: unknown;
}

export interface StudyFolder {
  readonly path: string;
  readonly study: Study;
  readonly hash: Hex;
  readonly shards: readonly Shard[];
  daily(shard: Shard): string;
  /** Shards whose files are there and whole. */
  finished(): Shard[];
  writeSummary(shard: Shard, summary: ShardSummary): void;
  readSummary(shard: Shard): ShardSummary;
}

/**
 * Makes or opens the folder of a study: `study.json` says what is computed, `daily/<shard>.parquet` and
 * `summary/<shard>.json` hold each run. A run counts as finished when its summary is there, which is written last.
 *
 * @throws ToolkitError `STUDY_FOREIGN` when the folder belongs to another study, `STUDY_DAMAGED` when its files do not agree.
 */
export function openStudyFolder(path: string, study: Study): StudyFolder {
  verifyStudy(study);
  const file = join(path, 'study.json');
  const text = `${canonicalJson(study)}\n`;
  if (existsSync(file)) {
    const found = readStudy(path);
    if (hashStudy(found) !== hashStudy(study)) {
      throw new ToolkitError({
        code: 'STUDY_FOREIGN',
        message: `The folder holds study ${hashStudy(found)}, not ${hashStudy(study)}.`,
        where: path,
        next: 'Choose another --out folder.',
        exitCode: 2,
      });
    }
  } else writeWhole(file, text);
  return openFolder(path, study);
}

/** Reads the study of a folder. @throws ToolkitError `STUDY_NOT_FOUND`, `STUDY_DAMAGED` (exit 2). */
export function readStudy(path: string): Study {
  const file = join(path, 'study.json');
  if (!existsSync(file)) {
    throw new ToolkitError({
      code: 'STUDY_NOT_FOUND',
      message: 'There is no study in this folder.',
      where: path,
      next: 'masa sim ls lists the studies; masa sim run makes one.',
      exitCode: 2,
    });
  }
  try {
    const study = JSON.parse(readFileSync(file, 'utf8')) as Study;
    verifyStudy(study);
    return study;
  } catch (cause) {
    throw damaged(file, (cause as Error).message, cause);
  }
}

/** Opens an existing study's folder. */
export function findStudyFolder(path: string): StudyFolder {
  return openFolder(path, readStudy(path));
}

function openFolder(path: string, study: Study): StudyFolder {
  const shards = listShards(study);
  const daily = (shard: Shard) => join(path, 'daily', `${shard.id}.parquet`);
  const summaryFile = (shard: Shard) => join(path, 'summary', `${shard.id}.json`);
  return {
    path,
    study,
    hash: hashStudy(study),
    shards,
    daily,
    finished() {
      const names = new Set(
        existsSync(join(path, 'summary')) ? readdirSync(join(path, 'summary')) : [],
      );
      return shards.filter((shard) => names.has(`${shard.id}.json`) && existsSync(daily(shard)));
    },
    writeSummary(shard, summary) {
      const body = canonicalJson(summary);
      writeWhole(summaryFile(shard), `${canonicalJson({ body, sha256: sha256(body) })}\n`);
    },
    readSummary(shard) {
      const file = summaryFile(shard);
      try {
        const { body, sha256: expected } = JSON.parse(readFileSync(file, 'utf8')) as {
          body: string;
          sha256: Hex;
        };
        if (sha256(body) !== expected)
          throw new Error('its checksum does not agree with its content');
        return JSON.parse(body) as ShardSummary;
      } catch (cause) {
        throw damaged(file, (cause as Error).message, cause);
      }
    },
  };
}

function damaged(file: string, why: string, cause: unknown): ToolkitError {
  return new ToolkitError({
    code: 'STUDY_DAMAGED',
    message: `The file cannot be trusted: ${why}.`,
    where: file,
    next: 'Delete the file and run the study again; only what is missing is computed.',
    exitCode: 2,
    cause,
  });
}

/** Writes a file that is either whole or absent. @throws ToolkitError `STORE_WRITE_FAILED`. */
export function writeWhole(path: string, text: string): void {
  const folder = dirname(path);
  const temporary = join(folder, `.${process.pid}-${path.slice(folder.length + 1)}.tmp`);
  try {
    mkdirSync(folder, { recursive: true });
    const file = openSync(temporary, 'w');
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (cause) {
    removeIfThere(temporary);
    throw new ToolkitError({
      code: 'STORE_WRITE_FAILED',
      message: `The study could not be written: ${(cause as Error).message}`,
      where: path,
      next: 'Make room on the disk or choose another --out folder.',
      cause,
    });
  }
}

function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The folder itself is missing or is a file: the first error says more.
  }
}
