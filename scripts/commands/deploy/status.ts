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
    const { readDeployment } = await import('../../../subnet/deploy/read-deployment.js');
    const { readProgress } = await import('../../../subnet/deploy/read-progress.js');
    const { compilePlan } = await import('../../compile-plan.js');
    const { formatTable } = await import('../../output.js');
    const { plan, compiled } = await compilePlan(argv, context);
    const folder = resolve(context.cwd, argv.out ?? `.masa/deploy/${plan.chain.chainId}`);
    const { state, tornBytes, manifest } = readDeployment(folder);
    const chain = connectDeployment(argv.rpc);
    const { existingChain } = argv;
    let progress: Awaited<ReturnType<typeof readProgress>> | undefined;
    let unreachable: InstanceType<typeof ToolkitError> | undefined;
    try {
      progress = await readProgress(chain, { plan, compiled, existingChain }, state);
    } catch (error) {
      // The journal can be read while the chain is down; the exit code still says so.
      if (!(error instanceof ToolkitError) || error.exitCode !== 3) throw error;
      unreachable = error;
    }
    const rows =
      progress?.steps ??
      Object.entries(state.steps).map(([step, { status, hash, attempts }]) => ({
        step,
        journal: status,
        chain: 'unknown' as const,
        transaction: hash,
        attempts: attempts.length,
        confirmations: undefined,
      }));
    const done = rows.filter((row) => row.chain === 'done').length;
    const left =
      progress?.secondsLeft === undefined ? '' : `, about ${progress.secondsLeft} s left`;
    return {
      exitCode: unreachable === undefined ? 0 : 3,
      json: {
        folder,
        finished: state.finished,
        manifest: manifest !== undefined,
        tornBytes,
        chain: unreachable === undefined ? 'reachable' : unreachable.message,
        head: progress?.head,
        done,
        total: rows.length,
        secondsLeft: progress?.secondsLeft,
        steps: rows,
      },
      text: [
        formatTable(
          ['step', 'journal', 'chain', 'confirmations', 'signed', 'transaction'],
          rows.map((row) => [
            row.step,
            row.journal,
            row.chain,
            row.confirmations === undefined ? '' : `${row.confirmations}`,
            `${row.attempts}`,
            row.transaction ?? '',
          ]),
        ),
        ...(progress === undefined
          ? []
          : [`progress  ${done} of ${rows.length} steps${left}; block ${progress.head}`]),
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
