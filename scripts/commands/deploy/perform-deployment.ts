import { resolve } from 'node:path';
import type { Wei } from '../../../genesis/base/amount.js';
import type { CommandArguments, CommandResult } from '../../command.js';
import type { Context, Progress } from '../../context.js';
import type { sendOptions } from './deploy-options.js';

/** Runs or continues the deployment that a command was asked for, and puts its result into words. */
export async function performDeployment(
  argv: CommandArguments<typeof sendOptions>,
  context: Context,
  begin: boolean,
): Promise<CommandResult> {
  const { formatTokens } = await import('../../../genesis/base/amount.js');
  const { deployPlan } = await import('../../../subnet/deploy/deploy-plan.js');
  const { readDeployment } = await import('../../../subnet/deploy/read-deployment.js');
  const { loadPlan } = await import('../../load-plan.js');
  const { compileGenesis } = await import('../../../genesis/compile/compile-genesis.js');
  const { parseMaxFee } = await import('./parse-max-fee.js');
  const maxFeePerGas = parseMaxFee(argv.maxFee);
  const plan = await loadPlan(argv, context);
  const folder = resolve(context.cwd, argv.out ?? `.masa/deploy/${plan.chain.chainId}`);
  if (!begin) readDeployment(folder);
  const compiled = await compileGenesis(plan);
  let bar: Progress | undefined;
  const outcomes: string[] = [];
  try {
    const done = await deployPlan({
      plan,
      compiled,
      rpcUrl: argv.rpc,
      folder,
      maxFeePerGas,
      existingChain: argv.existingChain,
      keyFiles: (argv.keyFile ?? []).map((file) => resolve(context.cwd, file)),
      signal: context.signal,
      onStep({ id, purpose }, index, total, outcome) {
        outcomes.push(`${outcome.padEnd(6)} ${id}: ${purpose}`);
        bar ??= context.progress('deploy', total);
        bar.update(index + 1, id);
        context.log(`${outcome} ${id}`);
      },
    });
    const { manifest } = done;
    const tokens = (amount: bigint) => `${formatTokens(amount as Wei)} ${plan.token.symbol}`;
    const names = new Map(Object.entries(plan.accounts).map(([name, address]) => [address, name]));
    const gas = manifest.transactions.reduce((sum, { gasUsed }) => sum + (gasUsed ?? 0), 0);
    return {
      json: {
        sent: done.sent,
        steps: manifest.transactions,
        contracts: manifest.contracts.map(({ name, address, kind }) => ({ name, address, kind })),
        balances: done.balances,
        genesisHash: manifest.genesisHash,
        planHash: manifest.plan.hash,
        manifest: done.manifestFile,
        genesis: done.genesisFile,
        journal: done.journalFile,
        tornBytes: done.tornBytes,
        remaining: done.remaining,
        strangers: done.strangers,
      },
      text: [
        ...outcomes,
        ...manifest.contracts.map(
          ({ kind, name, address }) => `${kind.padEnd(9)} ${name.padEnd(18)} ${address}`,
        ),
        ...done.balances.map(
          ({ address, before, after }) =>
            `balance   ${(names.get(address as `0x${string}`) ?? '').padEnd(18)} ${tokens(before)} -> ${tokens(after)}`,
        ),
        `roles     ${manifest.roles.filter(({ holders }) => holders.length > 0).length} held, none by the deployer`,
        ...done.strangers.map(
          (holder) => `stranger  ${holder} holds a role and is not in the plan`,
        ),
        `sent      ${done.sent} transactions now, ${manifest.transactions.length} in all, ${gas} gas`,
        ...(done.tornBytes > 0 ? [`journal   ${done.tornBytes} torn bytes cut`] : []),
        ...done.remaining.map((line) => `remains   ${line}`),
        `manifest  ${done.manifestFile}`,
      ].join('\n'),
    };
  } finally {
    bar?.stop();
  }
}
