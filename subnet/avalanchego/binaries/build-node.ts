import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ToolkitError } from '../../../genesis/base/errors.js';
import { V1_14_2 } from '../network/version-profile.js';
import { SUBNET_EVM_ID } from '../network/vm-id.js';
import { hashFile } from './download-file.js';
import { inspectNode, type NodeBinaries } from './inspect-node.js';
import {
  hashNodeBuild,
  NODE_BUILD_ENVIRONMENT,
  NODE_BUILD_FLAGS,
  readNodeBuildInputs,
} from './node-build-inputs.js';
import { type NodeBuildManifest, readCachedNode } from './read-cached-node.js';
import { type ProgramResult, runProgram } from './run-program.js';
import { verifyToolchain } from './verify-toolchain.js';

export interface BuildNodeParameters {
  /** The Go module: `subnet/avalanchego/node` of the package. */
  readonly moduleFolder: string;
  /** The toolkit's cache; the programs go to `{home}/node/{version}/{content hash}`. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /** Stage in words, packages done in it, and about how many there are. */
  onProgress?(stage: string, done: number, total: number, note: string): void;
}

export interface BuiltNode extends NodeBinaries {
  readonly folder: string;
  /** False when the cache had it. */
  readonly built: boolean;
}

/** The folder in which a build of these inputs lies or will lie. */
export async function findNodeCacheFolder(moduleFolder: string, home: string): Promise<string> {
  const inputs = await readNodeBuildInputs(moduleFolder);
  const key = hashNodeBuild(inputs, `${process.platform}-${process.arch}`);
  return join(home, 'node', V1_14_2.version, key);
}

/**
 * Builds AvalancheGo and the Subnet-EVM plugin from the committed Go module, or finds them in the
 * cache. About two minutes on two cores the first time; nothing is left behind when it fails.
 *
 * @throws ToolkitError NODE_GO_MISSING and others of `verifyToolchain`; NODE_BUILD_FAILED with the compiler's last lines; NODE_BUILD_STOPPED
 */
export async function buildNode(parameters: BuildNodeParameters): Promise<BuiltNode> {
  const { moduleFolder, home, signal } = parameters;
  const folder = await findNodeCacheFolder(moduleFolder, home);
  const cached = await readCachedNode(folder);
  if (cached !== undefined) return { ...cached, folder, built: false };

  const toolchain = await verifyToolchain(parameters.env);
  const env = { ...parameters.env, ...NODE_BUILD_ENVIRONMENT };
  const run = async (stage: string, total: number, args: readonly string[]) => {
    let done = 0;
    parameters.onProgress?.(stage, 0, total, '');
    const result = await runProgram('go', args, {
      cwd: moduleFolder,
      env,
      ...(signal === undefined ? {} : { signal }),
      onLine(line) {
        done += 1;
        parameters.onProgress?.(stage, Math.min(done, total), total, line.slice(0, 60));
      },
    });
    if (signal?.aborted) {
      throw new ToolkitError({
        code: 'NODE_BUILD_STOPPED',
        message: `The build was stopped while ${stage}.`,
        next: 'masa node build goes on where it stopped: compiled packages are kept.',
      });
    }
    if (result.code !== 0) throw buildFailed(stage, moduleFolder, result);
    return result;
  };

  const temporary = `${folder}.${process.pid}.tmp`;
  try {
    await mkdir(join(temporary, 'plugins'), { recursive: true });
  } catch (cause) {
    throw new ToolkitError({
      code: 'NODE_CACHE_UNWRITABLE',
      message: `The cache folder cannot be made: ${(cause as Error).message}`,
      where: temporary,
      next: 'Set MASA_HOME to a folder that can be written.',
      cause,
    });
  }
  try {
    const binary = join(temporary, 'avalanchego');
    const plugin = join(temporary, 'plugins', SUBNET_EVM_ID);
    const main = 'github.com/ava-labs/avalanchego/main';
    const list = await run('downloading modules', 250, ['list', '-deps', main, './plugin']);
    const packages = list.stdout.trim().split('\n').length;
    const build = (output: string, what: string) => [
      'build',
      '-v',
      ...NODE_BUILD_FLAGS,
      '-o',
      output,
      what,
    ];
    await run('compiling avalanchego', packages, build(binary, main));
    await run('compiling the Subnet-EVM plugin', 100, build(plugin, './plugin'));
    const manifest: NodeBuildManifest = {
      version: V1_14_2.version,
      ...toolchain,
      sha256: { avalanchego: await hashFile(binary), plugin: await hashFile(plugin) },
    };
    await inspectNode(binary, join(temporary, 'plugins'));
    await writeFile(join(temporary, 'build.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    await rm(folder, { recursive: true, force: true });
    await rename(temporary, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  const found = await readCachedNode(folder);
  if (found === undefined) {
    throw new ToolkitError({
      code: 'NODE_BUILD_FAILED',
      message: 'The programs just built cannot be read back.',
      where: folder,
      next: 'Check the disk and build again.',
    });
  }
  return { ...found, folder, built: true };
}

function buildFailed(stage: string, where: string, result: ProgramResult): ToolkitError {
  const lines = result.stderr
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-8);
  const text = lines.join('\n').slice(-1_200);
  return new ToolkitError({
    code: 'NODE_BUILD_FAILED',
    message: `Failed while ${stage}:\n${text}`,
    where,
    next: /no space left/i.test(text)
      ? 'Free about 3 GB of disk space.'
      : /dial tcp|no such host|i\/o timeout|proxyconnect/i.test(text)
        ? 'The Go module proxy cannot be reached: check the network or GOPROXY.'
        : 'See the lines above; --verbose shows more.',
  });
}
