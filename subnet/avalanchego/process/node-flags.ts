import { join } from 'node:path';
import type { StartNodeParameters } from './node-parameters.js';

/** Everything on loopback, quick to mesh, and no shutdown when the disk is nearly full. */
export function nodeFlags(parameters: StartNodeParameters): Record<string, unknown> {
  const path = (...parts: string[]) => join(parameters.folder, ...parts);
  const peers = parameters.bootstrap ?? [];
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
    'http-port': parameters.httpPort ?? 0,
    'staking-port': parameters.stakingPort ?? 0,
    'bootstrap-ips': peers.map(({ address }) => address).join(','),
    'bootstrap-ids': peers.map(({ nodeId }) => nodeId).join(','),
    'track-subnets': (parameters.trackSubnets ?? []).join(','),
    'health-check-frequency': '2s',
    'network-initial-reconnect-delay': '100ms',
    'network-max-reconnect-delay': '1s',
    'network-peer-list-pull-gossip-frequency': '250ms',
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
