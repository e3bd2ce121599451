import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ToolkitError } from '../../genesis/base/errors.js';
import type { ReportFile } from './build-report.js';

/**
 * Writes files into a folder so that a reader never sees half a report: all bytes go to a hidden folder beside the
 * targets first, then every file is renamed into place, the first of the list last. Other files of the folder stay.
 *
 * @returns The absolute paths in the order of `files`.
 * @throws ToolkitError `REPORT_WRITE_FAILED`; nothing new is left behind when the bytes did not fit.
 */
export function writeReport(folder: string, files: readonly ReportFile[]): readonly string[] {
  const target = resolve(folder);
  const staging = join(target, `.partial-${process.pid}`);
  try {
    removeAbandoned(target);
    for (const file of files) {
      const path = join(staging, file.name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, file.bytes);
    }
    for (const file of [...files].reverse()) {
      const path = join(target, file.name);
      mkdirSync(dirname(path), { recursive: true });
      renameSync(join(staging, file.name), path);
    }
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new ToolkitError({
      code: 'REPORT_WRITE_FAILED',
      message: `The report cannot be written: ${message}.`,
      where: target,
      next:
        code === 'ENOSPC'
          ? 'Make room on the disk, or choose another folder with --out.'
          : 'Choose another folder with --out.',
      cause,
    });
  } finally {
    try {
      rmSync(staging, { recursive: true, force: true });
    } catch {
      // The folder is not ours to write; the error above says so.
    }
  }
  return files.map((file) => join(target, file.name));
}

/** What a process left that was killed while it wrote; one that lives is left alone. */
function removeAbandoned(target: string): void {
  for (const name of existsSync(target) ? readdirSync(target) : []) {
    const pid = Number(/^\.partial-(\d+)$/.exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid)) rmSync(join(target, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
