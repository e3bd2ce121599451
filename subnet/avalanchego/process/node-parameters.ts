import type { NodeIdentity } from '../keys/derive-node-identity.js';

/** A node that others learn the network from. */
export interface BootstrapPeer {
  readonly nodeId: string;
  /** Staking address, e.g. `127.0.0.1:40032`. */
  readonly address: string;
}

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
  /** Nodes to learn the network from; none for the first node. */
  readonly bootstrap?: readonly BootstrapPeer[];
  /** Default 0: the system chooses. */
  readonly httpPort?: number;
  readonly stakingPort?: number;
  /** Further flags, which win over the defaults. */
  readonly flags?: Readonly<Record<string, unknown>>;
}
