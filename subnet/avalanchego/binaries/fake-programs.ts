import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SUBNET_EVM_ID } from '../network/vm-id.js';

/** Shell scripts that answer like the programs the tests need; for tests only. */
export async function writeScript(path: string, body: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
}

export function makeTemporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'masa-binaries-'));
}

/** A pair of programs that claim these versions. */
export async function writeFakeNode(
  folder: string,
  claims: { version?: string; protocol?: number; pluginProtocol?: number } = {},
): Promise<{ binary: string; pluginFolder: string }> {
  const { version = '1.14.2', protocol = 45 } = claims;
  const binary = join(folder, 'avalanchego');
  const pluginFolder = join(folder, 'plugins');
  const about = JSON.stringify({
    application: `avalanchego/${version}`,
    rpcchainvm: protocol,
    commit: '6e5acf90',
  });
  await writeScript(binary, `echo '${about}'`);
  await writeScript(
    join(pluginFolder, SUBNET_EVM_ID),
    `echo "Subnet-EVM/v${version}@6e5acf90 [rpcchainvm=${claims.pluginProtocol ?? protocol}]"`,
  );
  return { binary, pluginFolder };
}
