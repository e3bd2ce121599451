import { ToolkitError } from '../../../genesis/base/errors.js';
import { V1_14_2, type VersionProfile } from '../network/version-profile.js';
import { runProgram } from './run-program.js';

/** gcc of Ubuntu 22.04; the prebuilt libraries that the node links do not fit older systems. */
const MINIMUM_GCC = 11;

/** Platforms for which the node's prebuilt libraries exist. */
const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64'];

export interface Toolchain {
  /** e.g. `1.26.8` */
  readonly go: string;
  /** First line of the C compiler's version. */
  readonly compiler: string;
}

/**
 * Checks that the node can be built here: platform, Go and C compiler.
 *
 * @throws ToolkitError NODE_PLATFORM, NODE_GO_MISSING, NODE_GO_TOO_OLD, NODE_CC_MISSING, NODE_CC_TOO_OLD
 */
export async function verifyToolchain(
  env: Readonly<Record<string, string | undefined>>,
  platform: string = `${process.platform}-${process.arch}`,
  profile: VersionProfile = V1_14_2,
): Promise<Toolchain> {
  const wish = `AvalancheGo ${profile.version}`;
  if (!PLATFORMS.includes(platform)) {
    throw new ToolkitError({
      code: 'NODE_PLATFORM',
      message: `${wish} cannot be built on ${platform}.`,
      allowed: PLATFORMS.join(', '),
      next: 'Use the embedded engine, or a container or virtual machine with Linux.',
    });
  }
  // "local", or an old Go would fetch another one from the network before it answers.
  const goEnv = { ...env, GOTOOLCHAIN: 'local' };
  const go = await runProgram('go', ['env', 'GOVERSION', 'CC'], { env: goEnv });
  const installGo = `Install Go ${profile.minimumGo} or later (https://go.dev/dl) and put it on PATH.`;
  if (go.code !== 0) {
    throw new ToolkitError({
      code: 'NODE_GO_MISSING',
      message: `${wish} is built with Go, and there is no working "go" on PATH: ${go.stderr.trim().slice(0, 200)}`,
      next: installGo,
    });
  }
  const [goVersion = '', cc = 'gcc'] = go.stdout.trim().split('\n');
  const version = goVersion.replace(/^go/, '');
  if (compareVersions(version, profile.minimumGo) < 0) {
    throw new ToolkitError({
      code: 'NODE_GO_TOO_OLD',
      message: `Go ${version} is too old for ${wish}.`,
      allowed: `Go ${profile.minimumGo} or later`,
      next: installGo,
    });
  }
  const [compiler = 'gcc', ...flags] = cc.split(' ');
  const answer = await runProgram(compiler, [...flags, '--version'], { env });
  if (answer.code !== 0) {
    throw new ToolkitError({
      code: 'NODE_CC_MISSING',
      message: `${wish} contains C code, and the compiler "${compiler}" does not run: ${answer.stderr.trim().slice(0, 200)}`,
      next: 'Install one, e.g. apt-get install gcc libc6-dev.',
    });
  }
  const line = answer.stdout.split('\n')[0] ?? '';
  const gcc = /gcc.*?\s(\d+)\.\d+/.exec(line)?.[1];
  if (gcc !== undefined && Number(gcc) < MINIMUM_GCC) {
    throw new ToolkitError({
      code: 'NODE_CC_TOO_OLD',
      message: `${line} is too old for ${wish}.`,
      allowed: `gcc ${MINIMUM_GCC} or later`,
      next: 'Use Ubuntu 22.04, Debian 12 or later.',
    });
  }
  return { go: version, compiler: line };
}

/** Negative, zero or positive as `a` is older than, equal to or newer than `b`; missing parts count as 0. */
export function compareVersions(a: string, b: string): number {
  const parts = (text: string) => text.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const [left, right] = [parts(a), parts(b)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
