import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { type AuditResult, runAudit } from '../../../genesis/audit/run-audit.js';
import { formatTokens, type Wei } from '../../../genesis/base/amount.js';
import { lintGenesis } from '../../../genesis/compile/lint-genesis.js';
import { hashPlan } from '../../../genesis/plan/resolve-plan.js';
import type { ResolvedPlan } from '../../../genesis/plan/resolved-plan.js';
import { buildReport } from '../../../reports/render/build-report.js';
import { writeReport } from '../../../reports/render/write-report.js';
import type { AuditSummary, ChainFacts } from '../../../reports/report-input.js';
import { hashStudy, type Study, verifyStudy } from '../../../sim/engine/study.js';
import { hashModel } from '../../../sim/workers/hash-model.js';
import { runStudy } from '../../../sim/workers/run-study.js';
import { connectRpc } from '../../../subnet/clients/connect-rpc.js';
import { loadNativeCrypto } from '../../../subnet/clients/native-crypto.js';
import { deployPlan } from '../../../subnet/deploy/deploy-plan.js';
import { startEmbedded } from '../../../subnet/embedded/start-embedded.js';
import { createRpcSource } from '../../../subnet/evidence/rpc-source.js';
import type { CommandResult } from '../../command.js';
import { compilePlan } from '../../compile-plan.js';
import type { Context } from '../../context.js';
import type { PlanArguments } from '../../load-plan.js';
import { verifyOutFolder } from '../../verify-out-folder.js';
import { createRebuild } from '../audit/rebuild-contract.js';
import { runReportInput } from '../report/run-report-input.js';
import { loadScenarios } from '../sim/load-scenarios.js';
import { useContracts } from './use-contracts.js';

export interface DemoArguments extends PlanArguments {
  readonly out: string;
  readonly days: number;
  readonly scale: number;
  readonly runs: number;
  readonly seed: number;
  readonly json: boolean;
}

/** Wallets of the smaller population per wallet of the full one. */
const smallScale = 100;

/**
 * Everything from one plan: genesis, embedded chain, deployment, a first use of every contract, the economy, and the
 * figures of each in a summary. Nothing outside the `out` folder is touched; a second run makes the chain anew and keeps
 * finished simulations.
 */
export async function runDemo(argv: DemoArguments, context: Context): Promise<CommandResult> {
  const started = context.now();
  const folder = resolve(context.cwd, argv.out);
  const lines: string[] = [];
  const tell = (title: string, from: number, detail: string) => {
    const seconds = `${((context.now() - from) / 1000).toFixed(1)} s`;
    lines.push(`${title.padEnd(10)} ${detail}`);
    if (!argv.json) context.print(`${title.padEnd(10)} ${seconds.padStart(7)}  ${detail}`);
  };
  let from = context.now();
  // What can be refused is refused before anything is made.
  verifyOutFolder(folder);
  const { plan, compiled } = await compilePlan(argv, context);
  const studies = planStudies(argv, context, plan);
  for (const { study } of studies) verifyStudy(study);
  mkdirSync(folder, { recursive: true });
  const lint = lintGenesis(compiled.json, { network: 'local' });
  const errors = lint.filter(({ severity }) => severity === 'error').length;
  tell(
    'genesis',
    from,
    `${compiled.blockHash}, ${compiled.predeploys.length} contracts in block 0, ${errors} lint errors`,
  );

  from = context.now();
  const chain = await startEmbedded({ genesis: compiled.json, port: 0 });
  const deployment = join(folder, 'deployment');
  try {
    tell('chain', from, `${chain.url}, chain id ${plan.chain.chainId}`);
    from = context.now();
    // The chain is new, so the record of an earlier demo says nothing about it.
    rmSync(deployment, { recursive: true, force: true });
    const deployed = await deployPlan({
      plan,
      compiled,
      rpcUrl: chain.url,
      folder: deployment,
      signal: context.signal,
    });
    tell(
      'deploy',
      from,
      `${deployed.manifest.contracts.length} contracts, ${deployed.sent} transactions, the deployer has no role`,
    );
    from = context.now();
    const used = await useContracts(plan, deployed.manifest, chain.url);
    tell('use', from, used.map(({ what }) => what).join('; '));
    from = context.now();
    const balances = [...chain.chain.head.block.state.accounts()].reduce(
      (sum, [, account]) => sum + account.balance,
      0n,
    );
    const supplyHolds = balances === plan.token.supply;
    const tokens = (amount: bigint) => `${formatTokens(amount as Wei)} ${plan.token.symbol}`;
    tell(
      'supply',
      from,
      `${tokens(balances)} over all accounts, ${supplyHolds ? 'equal to' : 'NOT equal to'} the plan's supply`,
    );

    from = context.now();
    const audit = await runAudit({
      manifestFile: deployed.manifestFile,
      manifestText: readFileSync(deployed.manifestFile, 'utf8'),
      genesisFile: deployed.genesisFile,
      genesisText: readFileSync(deployed.genesisFile, 'utf8'),
      source: createRpcSource(chain.url, connectRpc(chain.url)),
      crypto: await loadNativeCrypto(),
      rebuild: createRebuild(context.packageRoot),
    });
    tell(
      'audit',
      from,
      `${audit.verdict}: ${audit.findings.length} checks, ${audit.blocks} blocks executed again, every contract rebuilt`,
    );

    from = context.now();
    const { full, small } = await simulate(studies, context, plan, folder);
    tell(
      'economy',
      from,
      `${full.study.days} days: ${full.shards.length} runs at 1:${full.study.scale}, ${small.shards.length} runs at 1:${small.study.scale}`,
    );

    from = context.now();
    const facts: ChainFacts = {
      engine: 'embedded',
      chainId: plan.chain.chainId,
      genesisHash: compiled.blockHash,
      stateRoot: compiled.stateRoot,
      blocks: Number(chain.chain.head.block.header.number),
      transactions: deployed.sent + used.length,
      contracts: deployed.manifest.contracts.map(({ name, address, kind }) => ({
        name,
        address,
        kind,
      })),
    };
    const input = await runReportInput({
      folders: [full.path, small.path],
      title: `${plan.title}: one plan, one chain, one economy`,
      started,
      context,
    });
    const { files } = await buildReport(
      { ...input, chain: facts, audit: summarizeAudit(audit) },
      {},
    );
    const [page] = writeReport(join(folder, 'report'), files);
    tell('report', from, page!);
    const seconds = (context.now() - started) / 1000;
    return {
      exitCode: supplyHolds && errors === 0 && audit.verdict === 'pass' ? 0 : 1,
      text: `done in ${seconds.toFixed(0)} s, ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB; everything is in ${folder}`,
      json: {
        plan: hashPlan(plan),
        genesisHash: compiled.blockHash,
        contracts: deployed.manifest.contracts.map(({ name, address, kind }) => ({
          name,
          address,
          kind,
        })),
        used,
        supply: { expected: plan.token.supply, balances, holds: supplyHolds },
        studies: { full: full.path, small: small.path },
        audit,
        report: page,
        seconds,
        peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
        lines,
      },
    };
  } finally {
    await chain.stop();
  }
}

type NamedStudies = readonly [full: NamedStudy, small: NamedStudy];
interface NamedStudy {
  readonly name: string;
  readonly study: Study;
}

/** The whole population once per scenario, and a labelled smaller one for bands and paired differences. */
function planStudies(argv: DemoArguments, context: Context, plan: ResolvedPlan): NamedStudies {
  const base = {
    version: 1 as const,
    planHash: hashPlan(plan),
    modelHash: hashModel(),
    days: argv.days,
    seed: argv.seed,
    scenarios: loadScenarios(plan.economy?.buyers === undefined ? [] : ['half-demand'], context),
  };
  const scale = argv.scale * smallScale;
  return [
    { name: 'everybody', study: { ...base, scale: argv.scale, runs: 1 } },
    { name: `1:${scale}`, study: { ...base, scale, runs: argv.runs } },
  ];
}

async function simulate(
  [full, small]: NamedStudies,
  context: Context,
  plan: ResolvedPlan,
  folder: string,
) {
  const run = async ({ study, name }: NamedStudy) => {
    const bar = context.progress(name, 1);
    try {
      const { folder: done } = await runStudy({
        plan,
        study,
        folder: join(folder, 'studies', hashStudy(study).slice(2, 14)),
        workers: cpus().length,
        signal: context.signal,
        onProgress: ({ days, finishedDays }) => bar.update(days === 0 ? 1 : finishedDays / days),
      });
      return done;
    } finally {
      bar.stop();
    }
  };
  return { full: await run(full), small: await run(small) };
}

function summarizeAudit({ verdict, blocks, findings }: AuditResult): AuditSummary {
  return {
    verdict,
    blocksReplayed: blocks,
    findings: findings.map(({ check, status, title, detail }) => ({
      check,
      status,
      summary: `${title}: ${detail}`,
    })),
  };
}
