import { defineCommand } from '../../command.js';
import { sendOptions } from './deploy-options.js';

/** `masa deploy run`: the plan's contracts onto a chain. */
export const command = defineCommand({
  command: 'run',
  describe: 'Make the contracts of the plan on a chain, fund them, write the manifest',
  options: {
    ...sendOptions,
    'dry-run': {
      type: 'boolean',
      default: false,
      describe: 'Show steps, addresses, gas, cost and needed balances; send nothing',
    },
  },
  examples: [
    ['masa deploy run', 'onto the chain of masa subnet up'],
    ['masa deploy run --dry-run', 'what would be sent, and what it costs'],
    ['masa deploy run --existing-chain --rpc URL', 'onto a chain with another genesis'],
    ['masa deploy run --rpc URL --key-file deployer.key --key-file rewards.key', 'with own keys'],
  ],
  async run(argv, context) {
    if (argv.dryRun) {
      const { dryRun } = await import('./dry-run.js');
      return dryRun(argv, context);
    }
    const { performDeployment } = await import('./perform-deployment.js');
    return performDeployment(argv, context, true);
  },
});
