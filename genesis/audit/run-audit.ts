import type { Hex } from '../base/hash.js';
import { hashGenesis } from '../compile/hash-genesis.js';
import { parseGenesis } from '../compile/parse-genesis.js';
import type { ParsedGenesis } from '../compile/parsed-genesis.js';
import { type ChainBlock, genesisBlock } from '../evm/chain-block.js';
import { createEngine } from '../evm/engine.js';
import type { NetworkIdentity } from '../evm/precompiles/precompile-call.js';
import { processBlock } from '../evm/process-block.js';
import type { EvmCrypto } from '../evm/types.js';
import type { AuditCheck, AuditEvidence } from './audit-evidence.js';
import { checkAccounts } from './checks/accounts.js';
import { checkBlockZero } from './checks/block-zero.js';
import { checkContracts } from './checks/contracts.js';
import { checkGenesisFile } from './checks/genesis-file.js';
import { checkGenesisHash } from './checks/genesis-hash.js';
import { checkHead } from './checks/head.js';
import { checkReceipts } from './checks/receipts.js';
import { checkReplay } from './checks/replay.js';
import { checkRoles } from './checks/roles.js';
import { checkSupply } from './checks/supply.js';
import { type AccountKind, countAccounts } from './count-accounts.js';
import { parseDeploymentManifest } from './deployment-manifest.js';
import type { EvidenceSource } from './evidence-source.js';
import type { Finding } from './finding.js';

export interface RunAuditParameters {
  readonly manifestText: string;
  readonly manifestFile: string;
  readonly genesisText: string;
  readonly genesisFile: string;
  readonly upgradeText?: string | undefined;
  readonly source: EvidenceSource;
  readonly crypto: EvmCrypto;
  /** Named in warp messages; needed where the chain sends them. */
  readonly network?: NetworkIdentity | undefined;
  rebuild(name: string): Promise<Hex | undefined>;
  onBlock?(done: number, all: number): void;
}

export interface AuditResult {
  readonly verdict: 'pass' | 'fail';
  readonly findings: readonly Finding[];
  /** Blocks that were executed again, block 0 not counted. */
  readonly blocks: number;
  readonly transactions: number;
  /** Who holds the coins after the last executed block. */
  readonly accounts: readonly AccountKind[];
}

const checks: readonly AuditCheck[] = [
  checkGenesisFile,
  checkGenesisHash,
  checkBlockZero,
  checkReplay,
  checkReceipts,
  checkContracts,
  checkAccounts,
  checkSupply,
  checkRoles,
  checkHead,
];

/**
 * Compares a running chain with what a deployment manifest and a genesis file promise. Nothing that the node says is taken
 * as the proof of something else it says: hashes, states and contracts are computed here.
 *
 * @throws ToolkitError `MANIFEST_INVALID`, `GENESIS_…` (exit 2), `RPC_UNREACHABLE` (exit 3), `EVIDENCE_INCOMPLETE` (exit 4).
 */
export async function runAudit(parameters: RunAuditParameters): Promise<AuditResult> {
  const { genesisText, source, crypto } = parameters;
  const manifest = parseDeploymentManifest(parameters.manifestText, parameters.manifestFile);
  const genesis = parseGenesis(genesisText, {
    network: 'local',
    file: parameters.genesisFile,
    upgradeText: parameters.upgradeText,
  });
  const head = await source.head();
  const evidence: AuditEvidence = {
    manifest,
    genesisText,
    genesis,
    blockZero: hashGenesis(genesis, crypto.keccak256),
    source,
    head,
    crypto,
    rebuild: parameters.rebuild.bind(parameters),
    ...(await replay(parameters, genesis, head.number)),
  };
  const findings: Finding[] = [];
  for (const check of checks) findings.push(await check(evidence));
  return {
    verdict: findings.every(({ status }) => status === 'pass') ? 'pass' : 'fail',
    findings,
    blocks: evidence.blocks.length - 1,
    accounts: countAccounts(evidence.blocks.at(-1)!.state),
    transactions: evidence.blocks.reduce((sum, block) => sum + block.transactions.length, 0),
  };
}

async function replay(
  { source, crypto, network, onBlock }: RunAuditParameters,
  genesis: ParsedGenesis,
  last: number,
): Promise<Pick<AuditEvidence, 'blocks' | 'broken' | 'engine'>> {
  const blocks: ChainBlock[] = [genesisBlock(genesis, crypto)];
  const engine = createEngine({
    genesis,
    state: blocks[0]!.state,
    crypto,
    ...(network !== undefined && { network }),
  });
  for (let number = 1; number <= last; number += 1) {
    const raw = await source.rawBlock(number);
    try {
      blocks.push(
        await processBlock(
          engine,
          blocks[number - 1]!,
          raw,
          (height) => blocks[Number(height)]?.hash,
        ),
      );
    } catch (error) {
      // Bytes that no parser expects are a mismatch like any other; only asking may end the audit.
      return { blocks, engine, broken: { block: number, message: (error as Error).message } };
    }
    onBlock?.(number, last);
  }
  return { blocks, engine, broken: undefined };
}
