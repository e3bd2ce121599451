import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ToolkitError } from '../../../genesis/base/errors.js';
import type { NodeIdentity } from '../keys/derive-node-identity.js';
import { waitUntil } from './wait-until.js';

export interface StartNodeParameters {
  /** The avalanchego program. */
  readonly binary: string;
  /** Folder of plugins; primary nodes get none. */
  readonly pluginFolder?: string;
  /** Folder for everything the node keeps; made when missing, reused when not. */
  readonly folder: string;
  readonly identity: NodeIdentity;
  readonly networkId: number;
  /** Text of the network's genesis and upgrade files. */
  readonly genesis: string;
  readonly upgrade: string;
  readonly trackSubnets?: readonly string[];
  /** `config.json` and `upgrade.json` by blockchain ID, read by the node at its start only. */
  readonly chains?: Readonly<
    Record<string, { readonly config: unknown; readonly upgrade?: string }>
  >;
  /** Further flags, which win over the defaults. */
  readonly flags?: Readonly<Record<string, unknown>>;
}

export interface RunningNode {
  readonly pid: number;
  /** Base URL, e.g. `http://127.0.0.1:40031`. */
  readonly uri: string;
  readonly folder: string;
  /** Ends the node cleanly (SIGTERM) and waits for it; kills it after 20 seconds. */
  stop(): Promise<void>;
}

/**
 * Starts one AvalancheGo process on loopback with ports of the system's choice and waits until its
 * API answers (about a second). The chains may need longer: see {@link waitUntil}.
 *
 * @throws ToolkitError NODE_START_FAILED with the last lines of its output when it ends or stays silent.
 */
export async function startNode(parameters: StartNodeParameters): Promise<RunningNode> {
  const { folder, identity } = parameters;
  const path = (...parts: string[]) => join(folder, ...parts);
  await mkdir(path('plugins'), { recursive: true });
  await mkdir(path('staking'), { recursive: true, mode: 0o700 });
  await writeFile(path('genesis.json'), parameters.genesis);
  await writeFile(path('network-upgrade.json'), parameters.upgrade);
  const secret = { mode: 0o600 };
  await writeFile(path('staking', 'staker.crt'), identity.certificate.certificatePem);
  await writeFile(path('staking', 'staker.key'), identity.certificate.privateKeyPem, secret);
  await writeFile(path('staking', 'signer.key'), identity.blsSecretKey, secret);
  for (const [id, chain] of Object.entries(parameters.chains ?? {})) {
    await mkdir(path('chains', id), { recursive: true });
    await writeFile(path('chains', id, 'config.json'), JSON.stringify(chain.config, null, 2));
    if (chain.upgrade === undefined) await rm(path('chains', id, 'upgrade.json'), { force: true });
    else await writeFile(path('chains', id, 'upgrade.json'), chain.upgrade);
  }
  await writeFile(path('config.json'), JSON.stringify(nodeFlags(parameters), null, 2));
  await rm(path('process.json'), { force: true });

  const child = spawn(parameters.binary, ['--config-file', path('config.json')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (data: Buffer) => {
    output = (output + data.toString()).slice(-4_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let spawnError: Error | undefined;
  child.on('error', (error) => {
    spawnError = error;
  });

  let uri = '';
  try {
    await waitUntil('the node writes process.json', 30_000, async () => {
      if (spawnError !== undefined || child.exitCode !== null || child.signalCode !== null) {
        throw new ToolkitError({
          code: 'NODE_START_FAILED',
          message: `AvalancheGo ended at once: ${spawnError?.message ?? lastLines(output)}`,
          where: parameters.binary,
          next: `Look into ${path('logs')}.`,
          cause: spawnError,
        });
      }
      const text = await readFile(path('process.json'), 'utf8').catch(() => '');
      if (text !== '') uri = (JSON.parse(text) as { uri: string }).uri;
      return uri !== '';
    });
  } catch (error) {
    await endProcess(child);
    throw error;
  }
  return { pid: child.pid ?? 0, uri, folder, stop: () => endProcess(child) };
}

function nodeFlags(parameters: StartNodeParameters): Record<string, unknown> {
  const path = (...parts: string[]) => join(parameters.folder, ...parts);
  return {
    'data-dir': parameters.folder,
    'network-id': String(parameters.networkId),
    'genesis-file': path('genesis.json'),
    'upgrade-file': path('network-upgrade.json'),
    'staking-tls-cert-file': path('staking', 'staker.crt'),
    'staking-tls-key-file': path('staking', 'staker.key'),
    'staking-signer-key-file': path('staking', 'signer.key'),
    'plugin-dir': parameters.pluginFolder ?? path('plugins'),
    'chain-config-dir': path('chains'),
    'public-ip': '127.0.0.1',
    'http-host': '127.0.0.1',
    'staking-host': '127.0.0.1',
    'http-port': 0,
    'staking-port': 0,
    'bootstrap-ips': '',
    'bootstrap-ids': '',
    'track-subnets': (parameters.trackSubnets ?? []).join(','),
    'health-check-frequency': '2s',
    'network-max-reconnect-delay': '1s',
    'network-initial-timeout': '1s',
    'network-minimum-timeout': '500ms',
    'proposervm-use-current-height': true,
    'proposervm-min-block-delay': '0s',
    'system-tracker-disk-required-available-space-percentage': 0,
    'system-tracker-disk-warning-available-space-percentage': 0,
    'fd-limit': 4_096,
    'log-level': 'info',
    'log-display-level': 'off',
    ...parameters.flags,
  };
}

/** Ends a child and waits; a child that is gone already is fine. */
async function endProcess(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const last = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await ended;
  clearTimeout(last);
}

function lastLines(output: string): string {
  return output.trim().split('\n').slice(-5).join(' | ').slice(0, 600) || 'no output';
}
