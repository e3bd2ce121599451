import { hashGenesis } from '../compile/hash-genesis.js';
import { parseGenesis } from '../compile/parse-genesis.js';
import type { NetworkName } from '../compile/parsed-genesis.js';
import type { NetworkIdentity } from '../evm/precompiles/precompile-call.js';
import type { EvmCrypto } from '../evm/types.js';
import type { AuditEvidence, ExpectedGenesis, RebuiltContract } from './audit-evidence.js';
import { parseDeploymentManifest } from './deployment-manifest.js';
import type { EvidenceSource } from './evidence-source.js';
import { replayChain } from './replay-chain.js';

export interface GatherEvidenceParameters {
  readonly manifestText: string;
  readonly manifestFile: string;
  readonly genesisText: string;
  readonly genesisFile: string;
  readonly upgradeText?: string | undefined;
  readonly upgradeFile?: string | undefined;
  readonly source: EvidenceSource;
  /** More nodes of the chain, asked for their settings and the pinned block. */
  readonly otherNodes?: readonly EvidenceSource[] | undefined;
  readonly crypto: EvmCrypto;
  /** Whose schedule of network upgrades applies; default `local`, that of custom networks. */
  readonly networkName?: NetworkName | undefined;
  /** Named in warp messages; needed where the chain sends them. */
  readonly network?: NetworkIdentity | undefined;
  /** What the plan compiles to; without it the genesis is only compared with the manifest. */
  readonly expected?: ExpectedGenesis | undefined;
  rebuild(name: string): Promise<RebuiltContract | undefined>;
  onBlock?(done: number, all: number): void;
}

/**
 * Reads manifest and genesis, pins the chain's last block and executes every block up to it.
 *
 * @throws ToolkitError as `runAudit` says.
 */
export async function gatherEvidence(parameters: GatherEvidenceParameters): Promise<AuditEvidence> {
  const { genesisText, genesisFile, source, crypto, upgradeText, upgradeFile } = parameters;
  const manifest = parseDeploymentManifest(parameters.manifestText, parameters.manifestFile);
  const genesis = parseGenesis(genesisText, {
    network: parameters.networkName ?? 'local',
    file: genesisFile,
    upgradeText,
    upgradeFile,
  });
  const head = await source.head();
  return {
    manifest,
    genesisText,
    genesis,
    blockZero: hashGenesis(genesis, crypto.keccak256),
    source,
    otherNodes: parameters.otherNodes ?? [],
    expected: parameters.expected,
    head,
    crypto,
    rebuild: parameters.rebuild.bind(parameters),
    ...(await replayChain({ ...parameters, genesis, last: head.number })),
  };
}
