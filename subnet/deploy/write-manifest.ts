import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type DeploymentManifest,
  parseDeploymentManifest,
} from '../../genesis/audit/deployment-manifest.js';
import { ToolkitError } from '../../genesis/base/errors.js';

/** Files of a deployment in its folder. */
export const deploymentFiles = {
  manifest: 'deployment.json',
  genesis: 'genesis.json',
  journal: 'deployment.journal',
} as const;

/**
 * Writes the manifest and the genesis file that it speaks of. Each appears whole or not at all, the manifest last; files
 * that say the same already are not touched.
 *
 * @param genesis Absent for a chain that was not started from the plan.
 * @throws ToolkitError `DEPLOY_WRITE_FAILED` with nothing half-written.
 */
export function writeManifest(
  folder: string,
  manifest: DeploymentManifest,
  genesis: string | undefined,
): { readonly manifestFile: string; readonly genesisFile: string } {
  const manifestFile = join(folder, deploymentFiles.manifest);
  const genesisFile = join(folder, deploymentFiles.genesis);
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  // What is written must be readable by the audit; a fault shows here, not there.
  parseDeploymentManifest(text, manifestFile);
  if (genesis !== undefined) writeDurably(genesisFile, genesis);
  writeDurably(manifestFile, text);
  return { manifestFile, genesisFile };
}

function writeDurably(path: string, text: string): void {
  const draft = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    if (read(path) === text) return;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, text, { flag: 'wx' });
    flush(draft);
    renameSync(draft, path);
    // The name is safe only when the folder is.
    if (process.platform !== 'win32') flush(dirname(path));
  } catch (cause) {
    throw new ToolkitError({
      code: 'DEPLOY_WRITE_FAILED',
      message: `The file cannot be written (${(cause as NodeJS.ErrnoException).code}). What is on the chain is not affected.`,
      where: path,
      next: 'Make room, or choose another --out, and run again; no transaction is sent twice.',
      cause,
    });
  } finally {
    rmSync(draft, { force: true });
  }
}

function flush(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
