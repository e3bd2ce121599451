import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeFlags } from './node-flags.js';
import type { StartNodeParameters } from './node-parameters.js';

/** Writes everything that a node reads at its start. Secret keys are readable by their owner alone. */
export async function writeNodeFiles(parameters: StartNodeParameters): Promise<void> {
  const { folder, identity } = parameters;
  const path = (...parts: string[]) => join(folder, ...parts);
  await mkdir(path('plugins'), { recursive: true });
  await mkdir(path('chains'), { recursive: true });
  await mkdir(path('staking'), { recursive: true, mode: 0o700 });
  const secret = { mode: 0o600 };
  await Promise.all([
    writeFile(path('genesis.json'), parameters.genesis),
    writeFile(path('network-upgrade.json'), parameters.upgrade),
    writeFile(path('staking', 'staker.crt'), identity.certificate.certificatePem),
    writeFile(path('staking', 'staker.key'), identity.certificate.privateKeyPem, secret),
    writeFile(path('staking', 'signer.key'), identity.blsSecretKey, secret),
    writeFile(path('config.json'), JSON.stringify(nodeFlags(parameters), null, 2)),
    rm(path('process.json'), { force: true }),
  ]);
  for (const [id, chain] of Object.entries(parameters.chains ?? {})) {
    await mkdir(path('chains', id), { recursive: true });
    await writeFile(path('chains', id, 'config.json'), JSON.stringify(chain.config, null, 2));
    if (chain.upgrade === undefined) await rm(path('chains', id, 'upgrade.json'), { force: true });
    else await writeFile(path('chains', id, 'upgrade.json'), chain.upgrade);
  }
}
