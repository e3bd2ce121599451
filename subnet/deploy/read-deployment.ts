import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type DeploymentManifest,
  parseDeploymentManifest,
} from '../../genesis/audit/deployment-manifest.js';
import { ToolkitError } from '../../genesis/base/errors.js';
import { parseJournal } from '../journal/parse-journal.js';
import { type DeploymentState, reduceDeployment } from '../journal/reduce-deployment.js';
import { deploymentFiles } from './write-manifest.js';

export interface SavedDeployment {
  readonly state: DeploymentState;
  /** Bytes of a torn last record; the next run cuts them. */
  readonly tornBytes: number;
  /** Absent until the deployment has finished. */
  readonly manifest?: DeploymentManifest;
}

/**
 * Reads what a folder says about a deployment, without a lock and without changing anything.
 *
 * @throws ToolkitError `DEPLOY_NOTHING_THERE` (exit 2), `DEPLOY_UNREADABLE` (exit 2), `JOURNAL_DAMAGED`,
 * `MANIFEST_INVALID`.
 */
export function readDeployment(folder: string): SavedDeployment {
  const journalFile = join(folder, deploymentFiles.journal);
  if (!existsSync(journalFile)) {
    throw new ToolkitError({
      code: 'DEPLOY_NOTHING_THERE',
      message: 'There is no deployment in this folder.',
      where: journalFile,
      next: 'masa deploy run begins one; --out names another folder.',
      exitCode: 2,
    });
  }
  const { records, tornBytes } = parseJournal(readBytes(journalFile), journalFile);
  const manifestFile = join(folder, deploymentFiles.manifest);
  return {
    state: reduceDeployment(records),
    tornBytes,
    ...(existsSync(manifestFile) && {
      manifest: parseDeploymentManifest(readBytes(manifestFile).toString(), manifestFile),
    }),
  };
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new ToolkitError({
      code: 'DEPLOY_UNREADABLE',
      message: `The file cannot be read (${(cause as NodeJS.ErrnoException).code}).`,
      where: path,
      next: 'Check what stands there, and its mode.',
      exitCode: 2,
      cause,
    });
  }
}
