import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { V1_14_2 } from '../network/version-profile.js';

/** Flags of both `go build` runs; without profile-guided optimisation the two share their packages. */
export const NODE_BUILD_FLAGS: readonly string[] = [
  '-trimpath',
  '-buildvcs=false',
  '-pgo=off',
  '-ldflags',
  `-s -w -X github.com/ava-labs/avalanchego/version.GitCommit=${V1_14_2.commit}`,
];

/** Environment of the build: local toolchain only, C enabled, and code that runs on any CPU of the platform. */
export const NODE_BUILD_ENVIRONMENT: Readonly<Record<string, string>> = {
  GOTOOLCHAIN: 'local',
  CGO_ENABLED: '1',
  CGO_CFLAGS: '-O2 -D__BLST_PORTABLE__',
};

/** A file of the wrapper module that decides what is built. */
export interface NodeBuildInput {
  readonly path: string;
  readonly content: Uint8Array;
}

/**
 * Reads what a build depends on: go.mod, go.sum and the plugin's sources. Other programs that live in
 * the same module do not count.
 *
 * @param moduleFolder the Go module, `subnet/avalanchego/node` of the package.
 */
export async function readNodeBuildInputs(
  moduleFolder: string,
): Promise<readonly NodeBuildInput[]> {
  const sources = (await readdir(join(moduleFolder, 'plugin'))).filter((name) =>
    name.endsWith('.go'),
  );
  const paths = ['go.mod', 'go.sum', ...sources.map((name) => `plugin/${name}`)];
  return Promise.all(
    paths.map(async (path) => ({ path, content: await readFile(join(moduleFolder, path)) })),
  );
}

/**
 * Names a build by its content: 16 hex digits over inputs (in any order), flags and platform. The same
 * name means the same program, so it never has to be built again.
 *
 * @param platform e.g. `linux-x64`.
 */
export function hashNodeBuild(inputs: readonly NodeBuildInput[], platform: string): string {
  const hash = createHash('sha256');
  const add = (part: string | Uint8Array) => {
    const bytes = Buffer.from(part);
    hash.update(`${bytes.length}:`).update(bytes); // lengths keep "ab"+"c" apart from "a"+"bc"
  };
  add(platform);
  for (const flag of NODE_BUILD_FLAGS) add(flag);
  for (const [name, value] of Object.entries(NODE_BUILD_ENVIRONMENT)) add(`${name}=${value}`);
  for (const { path, content } of [...inputs].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    add(path);
    add(content);
  }
  return hash.digest('hex').slice(0, 16);
}
