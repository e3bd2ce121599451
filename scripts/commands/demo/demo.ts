import { defineCommand } from '../../command.js';
import { planOptions } from '../../options.js';

export const command = defineCommand({
  command: 'demo',
  describe: 'The whole story: genesis, chain, contracts, economy, proof and report',
  options: {
    ...planOptions,
    out: { type: 'string', default: '.masa/demo', describe: 'Folder of everything that is made' },
    days: { type: 'number', default: 1460, describe: 'Days to simulate' },
    scale: {
      type: 'number',
      default: 1,
      describe: 'One wallet stands for this many; 1 is everybody',
    },
    runs: {
      type: 'number',
      default: 40,
      describe: 'Runs of the smaller population, for the bands',
    },
    seed: { type: 'number', default: 1, describe: 'Seed of all random numbers' },
  },
  examples: [
    ['masa demo', 'the Masa L1 on an embedded chain, 1.4 million wallets, four years'],
    ['masa demo --plan my-plan.yaml --out my-demo', 'the same for another L1'],
  ],
  async run(argv, context) {
    const { runDemo } = await import('./run-demo.js');
    return runDemo(argv, context);
  },
});
