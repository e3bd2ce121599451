import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { ToolkitError } from '../../../genesis/base/errors.js';
import { V1_14_2, VERSION_PROFILES, type VersionProfile } from '../network/version-profile.js';
import { SUBNET_EVM_ID } from '../network/vm-id.js';
import { runProgram } from './run-program.js';

/** A pair of programs that fit each other. */
export interface NodeBinaries {
  readonly binary: string;
  /** Holds the Subnet-EVM plugin under the name of its VM ID. */
  readonly pluginFolder: string;
  /** e.g. `v1.14.2` */
  readonly version: string;
  readonly commit: string;
  readonly rpcChainVm: number;
  readonly pluginVersion: string;
}

/**
 * Asks both programs who they are and refuses a pair that could not work together, or that the
 * toolkit does not know.
 *
 * @throws ToolkitError NODE_BINARY_MISSING, NODE_BINARY_BROKEN, NODE_PLUGIN_MISSING, NODE_PLUGIN_BROKEN, NODE_VERSION_UNKNOWN, NODE_PROTOCOL_MISMATCH
 */
export async function inspectNode(
  binary: string,
  pluginFolder: string,
  profiles: readonly VersionProfile[] = VERSION_PROFILES,
): Promise<NodeBinaries> {
  const plugin = join(pluginFolder, SUBNET_EVM_ID);
  await requireFile(binary, 'NODE_BINARY_MISSING', 'There is no avalanchego program.');
  await requireFile(
    plugin,
    'NODE_PLUGIN_MISSING',
    'There is no Subnet-EVM plugin; it must be named after its VM ID.',
  );
  const node = await runProgram(binary, ['--version-json']);
  let about: { application?: string; rpcchainvm?: number; commit?: string } = {};
  try {
    about = JSON.parse(node.stdout);
  } catch {
    // An empty `about` is reported below.
  }
  if (about.application === undefined || about.rpcchainvm === undefined) {
    throw new ToolkitError({
      code: 'NODE_BINARY_BROKEN',
      message: `The program does not answer --version-json like AvalancheGo: ${(node.stderr || node.stdout).trim().slice(0, 200) || 'no output'}`,
      where: binary,
      next: 'masa node build',
    });
  }
  const version = `v${about.application.split('/')[1] ?? ''}`;
  const answer = await runProgram(plugin, ['--version']);
  const pluginVersion = answer.stdout.trim();
  const found = /^Subnet-EVM\/(v[0-9.]+)\S* \[rpcchainvm=(\d+)\]$/.exec(pluginVersion);
  if (found === null) {
    throw new ToolkitError({
      code: 'NODE_PLUGIN_BROKEN',
      message: `The plugin does not answer --version like Subnet-EVM: ${(answer.stderr || pluginVersion).trim().slice(0, 200) || 'no output'}`,
      where: plugin,
      next: 'masa node build',
    });
  }
  const protocol = Number(found[2]);
  if (protocol !== about.rpcchainvm) {
    throw new ToolkitError({
      code: 'NODE_PROTOCOL_MISMATCH',
      message: `AvalancheGo ${version} speaks plugin protocol ${about.rpcchainvm}, the plugin (${pluginVersion}) speaks ${protocol}.`,
      where: `${binary} and ${plugin}`,
      allowed: 'two programs of one release',
      next: 'masa node build',
    });
  }
  const profile = profiles.find((one) => one.version === version);
  if (profile === undefined || profile.rpcChainVm !== about.rpcchainvm) {
    throw new ToolkitError({
      code: 'NODE_VERSION_UNKNOWN',
      message: `AvalancheGo ${version} (plugin protocol ${about.rpcchainvm}) is not a version that the toolkit knows.`,
      where: binary,
      allowed: profiles.map((one) => `${one.version} (protocol ${one.rpcChainVm})`).join(', '),
      next: `masa node build makes ${V1_14_2.version}.`,
    });
  }
  return {
    binary,
    pluginFolder,
    version,
    commit: about.commit ?? '',
    rpcChainVm: about.rpcchainvm,
    pluginVersion,
  };
}

async function requireFile(path: string, code: string, message: string): Promise<void> {
  try {
    await access(path);
  } catch {
    throw new ToolkitError({ code, message, where: path, next: 'masa node build' });
  }
}
