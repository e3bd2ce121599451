import type { Wei } from '../../../genesis/base/amount.js';
import type { CommandArguments, CommandResult } from '../../command.js';
import type { Context } from '../../context.js';
import type { sendOptions } from './deploy-options.js';

/** Says what a deployment would send, and what it would cost; needs no keys, sends and writes nothing. */
export async function dryRun(
  argv: CommandArguments<typeof sendOptions>,
  context: Context,
): Promise<CommandResult> {
  const { formatTokens } = await import('../../../genesis/base/amount.js');
  const { connectDeployment } = await import('../../../subnet/clients/connect-deployment.js');
  const { estimateDeployment } = await import('../../../subnet/deploy/estimate-deployment.js');
  const { prepareDeployment } = await import('../../../subnet/deploy/prepare-deployment.js');
  const { defaultMaxFeePerGas } = await import('../../../subnet/deploy/deploy-plan.js');
  const { compilePlan } = await import('../../compile-plan.js');
  const { formatTable } = await import('../../output.js');
  const { parseMaxFee } = await import('./parse-max-fee.js');
  const cap = parseMaxFee(argv.maxFee);
  const { plan, compiled } = await compilePlan(argv, context);
  const chain = connectDeployment(argv.rpc);
  const { existingChain } = argv;
  const prepared = await prepareDeployment(chain, { plan, compiled, existingChain });
  const { planned, identity, remaining } = prepared;
  const estimate = await estimateDeployment(chain, planned.steps);
  const maxFeePerGas = cap ?? defaultMaxFeePerGas(plan);
  const tokens = (amount: bigint) => `${formatTokens(amount as Wei)} ${plan.token.symbol}`;
  const gwei = (wei: bigint) => `${formatTokens((wei * 1_000_000_000n) as Wei)} gwei`;
  const names = new Map(
    Object.entries(plan.accounts).map(([name, address]) => [address.toLowerCase(), name]),
  );
  const nameOf = (address: string) => names.get(address.toLowerCase()) ?? address;
  const missing = estimate.accounts.filter((account) => account.missing > 0n);
  const tooDear = estimate.feePerGas > maxFeePerGas;
  return {
    exitCode: missing.length === 0 && !tooDear ? 0 : 1,
    json: {
      ...identity,
      deployer: planned.deployer,
      contracts: planned.contracts.map(({ name, address, kind }) => ({ name, address, kind })),
      steps: estimate.steps.map(({ step, done, gas, gasFrom, cost }) => ({
        step: step.id,
        purpose: step.purpose,
        from: step.from,
        to: step.to,
        value: step.value,
        done,
        gas,
        gasFrom,
        cost,
      })),
      feePerGas: estimate.feePerGas,
      maxFeePerGas,
      gas: estimate.gas,
      cost: estimate.cost,
      accounts: estimate.accounts,
      funded: missing.length === 0,
      remaining,
    },
    text: [
      formatTable(
        ['step', 'from', 'sends', 'gas', 'cost'],
        estimate.steps.map(({ step, done, gas, gasFrom, cost }) => [
          step.id,
          nameOf(step.from),
          tokens(step.value),
          done ? 'done' : `${gasFrom === 'typical' ? '~' : ''}${gas}`,
          done ? '' : tokens(cost),
        ]),
      ),
      '',
      formatTable(
        ['contract', 'address', 'how'],
        planned.contracts.map(({ name, address, kind }) => [name, address, kind]),
      ),
      '',
      formatTable(
        ['account', 'has', 'needs', 'missing'],
        estimate.accounts.map(({ address, balance, needed, missing: short }) => [
          nameOf(address),
          tokens(balance),
          tokens(needed),
          short > 0n ? tokens(short) : 'nothing',
        ]),
      ),
      '',
      `gas       ${estimate.gas} (~: typical, since an earlier step must be there before a node can tell)`,
      `fee       ${gwei(estimate.feePerGas)} per gas now, at most ${gwei(maxFeePerGas)}${tooDear ? ': TOO DEAR, raise --max-fee' : ''}`,
      `cost      ${tokens(estimate.cost)}`,
      ...remaining.map((line) => `remains   ${line}`),
      'nothing was sent',
    ].join('\n'),
  };
}
