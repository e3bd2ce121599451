import { resolve } from 'node:path';
import { defineCommand } from '../../command.js';
import { deployOptions } from './deploy-options.js';

/** `masa deploy status`: what the journal says of each step, and what the chain says. */
export const command = defineCommand({
  command: 'status',
  describe: 'Show each step of a deployment in the journal and on the chain; changes nothing',
  options: deployOptions,
  examples: [['masa deploy status --json', 'for scripts']],
  async run(argv, context) {
    const { ToolkitError } = await import('../../../genesis/base/errors.js');
    const { connectDeployment } = await import('../../../subnet/clients/connect-deployment.js');
    const { planDeployment } = await import('../../../subnet/deploy/plan-deployment.js');
    const { readDeployment } = await import('../../../subnet/deploy/read-deployment.js');
    const { verifyChain } = await import('../../../subnet/deploy/verify-chain.js');
    const { verifyStep } = await import('../../../subnet/deploy/verify-step.js');
    const { compilePlan } = await import('../../compile-plan.js');
    const { formatTable } = await import('../../output.js');
    const { plan, compiled } = await compilePlan(argv, context);
    const folder = resolve(context.cwd, argv.out ?? `.masa/deploy/${plan.chain.chainId}`);
    const { state, tornBytes, manifest } = readDeployment(folder);
    const { steps } = await planDeployment(plan, compiled.predeploys);
    const chain = connectDeployment(argv.rpc);
    let unreachable: InstanceType<typeof ToolkitError> | undefined;
    try {
      await verifyChain(chain, {
        chainId: plan.chain.chainId,
        genesisHash: compiled.blockHash,
      });
    } catch (error) {
      // The journal can be read while the chain is down; the exit code still says so.
      if (!(error instanceof ToolkitError) || error.exitCode !== 3) throw error;
      unreachable = error;
    }
    const rows: { step: string; journal: string; chain: string; transaction: string }[] = [];
    for (const step of steps) {
      const { status = 'not begun', hash = '' } = state.steps[step.id] ?? {};
      const onChain =
        unreachable === undefined ? ((await verifyStep(chain, step)) ? 'done' : 'open') : 'unknown';
      rows.push({ step: step.id, journal: status, chain: onChain, transaction: hash });
    }
    return {
      exitCode: unreachable === undefined ? 0 : 3,
      json: {
        folder,
        finished: state.finished,
        manifest: manifest !== undefined,
        tornBytes,
        chain: unreachable === undefined ? 'reachable' : unreachable.message,
        steps: rows,
      },
      text: [
        formatTable(
          ['step', 'journal', 'chain', 'transaction'],
          rows.map((row) => [row.step, row.journal, row.chain, row.transaction]),
        ),
        `finished  ${state.finished ? 'yes' : 'no; masa deploy resume continues'}`,
        `manifest  ${manifest === undefined ? 'not written yet' : 'written'}`,
        ...(tornBytes > 0
          ? [`journal   its last ${tornBytes} bytes are torn; resume cuts them`]
          : []),
        ...(unreachable === undefined ? [] : [`chain     ${unreachable.message}`]),
      ].join('\n'),
    };
  },
});
