import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as contracts from '../../../contracts/generated/index.js';
import type { RebuiltContract } from '../../../genesis/audit/audit-evidence.js';
import type { RunAuditParameters } from '../../../genesis/audit/run-audit.js';
import { compileGenesis } from '../../../genesis/compile/compile-genesis.js';
import { create2FactoryCreationCode } from '../../../genesis/compile/plan-predeploys.js';
import { hashPlan } from '../../../genesis/plan/resolve-plan.js';
import { connectRpc } from '../../../subnet/clients/connect-rpc.js';
import { loadNativeCrypto } from '../../../subnet/clients/native-crypto.js';
import { deployPlan } from '../../../subnet/deploy/deploy-plan.js';
import { type RunningEmbedded, startEmbedded } from '../../../subnet/embedded/start-embedded.js';
import { createRpcSource } from '../../../subnet/evidence/rpc-source.js';
import { loadPlan } from '../../load-plan.js';
import { packageRoot } from '../../package-root.js';
import { useContracts } from '../demo/use-contracts.js';

/** A deployed and used chain in this process, and what an audit of it is given; for tests. */
export interface AuditedChain {
  readonly folder: string;
  readonly chain: RunningEmbedded;
  readonly honest: RunAuditParameters;
  /** What the node answered so far, by method and parameters; the chain stands still, so each is asked once. */
  readonly answers: ReadonlyMap<string, unknown>;
  ask(method: string, parameters: readonly unknown[]): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts the chain of the masa plan, deploys on it and uses each contract once. */
export async function startAuditedChain(): Promise<AuditedChain> {
  const folder = mkdtempSync(join(tmpdir(), 'masa audit '));
  const files = { cwd: folder, packageRoot: packageRoot() };
  const plan = await loadPlan({ plan: 'masa' }, files);
  const compiled = await compileGenesis(plan);
  const chain = await startEmbedded({ genesis: compiled.json, port: 0 });
  const { manifest, manifestFile, genesisFile } = await deployPlan({
    plan,
    compiled,
    rpcUrl: chain.url,
    folder,
  });
  await useContracts(plan, manifest, chain.url);
  const answers = new Map<string, unknown>();
  const request = connectRpc(chain.url);
  const ask = async (method: string, parameters: readonly unknown[]) => {
    const key = JSON.stringify([method, parameters]);
    if (!answers.has(key)) answers.set(key, await request(method, parameters));
    return answers.get(key);
  };
  return {
    folder,
    chain,
    answers,
    ask,
    honest: {
      manifestFile,
      manifestText: readFileSync(manifestFile, 'utf8'),
      genesisFile,
      genesisText: readFileSync(genesisFile, 'utf8'),
      source: createRpcSource(chain.url, ask),
      crypto: await loadNativeCrypto(),
      expected: {
        planHash: hashPlan(plan),
        genesisText: compiled.json,
        supply: plan.token.supply,
      },
      rebuild: findCompiled,
    },
    async stop() {
      await chain.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Committed creation code in the place of a compilation, where the test is not about compiling. */
async function findCompiled(name: string): Promise<RebuiltContract | undefined> {
  if (name === 'Create2Factory') return { creationCode: create2FactoryCreationCode };
  const found = Object.values(contracts).find((one) => one.name === name);
  return found && { creationCode: found.creationCode };
}
