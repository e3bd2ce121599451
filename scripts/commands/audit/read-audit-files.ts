import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseDeploymentManifest } from '../../../genesis/audit/deployment-manifest.js';
import type { RunAuditParameters } from '../../../genesis/audit/run-audit.js';
import { ToolkitError } from '../../../genesis/base/errors.js';
import { compileGenesis } from '../../../genesis/compile/compile-genesis.js';
import { hashPlan } from '../../../genesis/plan/resolve-plan.js';
import type { Context } from '../../context.js';
import { loadPlan, type PlanArguments } from '../../load-plan.js';
import { readTextFile } from '../../read-text-file.js';

type Files = Pick<
  RunAuditParameters,
  | 'manifestFile'
  | 'manifestText'
  | 'genesisFile'
  | 'genesisText'
  | 'upgradeFile'
  | 'upgradeText'
  | 'expected'
> & {
  /** What `--saved` holds. */
  readonly savedText: string | undefined;
};

/**
 * The files that an audit was asked to look at, and what the plan compiles to when one was named.
 *
 * @throws ToolkitError `AUDIT_MANIFEST_NOT_FOUND`, `AUDIT_FILE_UNREADABLE`, `MANIFEST_INVALID`, `PLAN_…` (exit 2).
 */
export async function readAuditFiles(
  argv: PlanArguments & {
    readonly manifest?: string | undefined;
    readonly genesis?: string | undefined;
    readonly upgrade?: string | undefined;
    readonly saved?: string | undefined;
  },
  context: Pick<Context, 'cwd' | 'packageRoot'>,
): Promise<Files> {
  const at = (path: string) => resolve(context.cwd, path);
  const manifestFile = argv.manifest === undefined ? findManifest(context.cwd) : at(argv.manifest);
  const genesisFile =
    argv.genesis === undefined ? join(dirname(manifestFile), 'genesis.json') : at(argv.genesis);
  const upgradeFile = argv.upgrade === undefined ? undefined : at(argv.upgrade);
  const manifestText = readText(manifestFile, '--manifest');
  return {
    manifestFile,
    manifestText,
    genesisFile,
    genesisText: readText(genesisFile, '--genesis'),
    upgradeFile,
    upgradeText: upgradeFile === undefined ? undefined : readText(upgradeFile, '--upgrade'),
    savedText: argv.saved === undefined ? undefined : readText(at(argv.saved), '--saved'),
    expected:
      argv.plan === undefined
        ? undefined
        : await compilePlan(argv, parseDeploymentManifest(manifestText, manifestFile), context),
  };
}

async function compilePlan(
  argv: PlanArguments,
  { plan: { profile, overlays } }: ReturnType<typeof parseDeploymentManifest>,
  context: Pick<Context, 'cwd' | 'packageRoot'>,
): Promise<Files['expected']> {
  const stated = overlays.length === 0 ? ['none'] : overlays;
  const plan = await loadPlan({ profile, overlay: stated, ...defined(argv) }, context);
  const { json } = await compileGenesis(plan);
  return { planHash: hashPlan(plan), genesisText: json, supply: plan.token.supply };
}

function defined({ plan, profile, overlay, set }: PlanArguments): PlanArguments {
  return Object.fromEntries(
    Object.entries({ plan, profile, overlay, set }).filter(([, value]) => value !== undefined),
  );
}

/** The manifest of the only deployment below the folder. */
function findManifest(cwd: string): string {
  const folder = join(cwd, '.masa', 'deploy');
  const found = listFolders(folder)
    .map((name) => join(folder, name, 'deployment.json'))
    .filter((path) => listFolders(dirname(path)).includes('deployment.json'));
  if (found.length === 1) return found[0]!;
  throw new ToolkitError({
    code: 'AUDIT_MANIFEST_NOT_FOUND',
    message:
      found.length === 0
        ? 'There is no deployment to audit here.'
        : `There are ${found.length} deployments here.`,
    where: folder,
    allowed: found.length === 0 ? undefined : found.map((path) => `--manifest ${path}`).join(', '),
    next:
      found.length === 0
        ? 'Deploy first with masa deploy run, or name its deployment.json with --manifest.'
        : 'Name one with --manifest.',
    exitCode: 2,
  });
}

function listFolders(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function readText(path: string, option: string): string {
  return readTextFile({
    path,
    code: 'AUDIT_FILE_UNREADABLE',
    next: `${option}: give the files that masa deploy run wrote.`,
    maximumBytes: 512_000_000,
    lenient: true,
  });
}
