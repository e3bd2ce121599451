import { defineCommand } from '../../command.js';

export const command = defineCommand({
  command: 'compare <study>',
  describe: 'Paired differences of the scenarios of a study against its first',
  options: {
    metric: {
      type: 'string',
      array: true,
      default: ['priceUsd', 'circulating', 'burned', 'staked', 'walletsActive', 'buyersActive'],
      describe: 'Daily columns to compare',
    },
    day: { type: 'number', describe: 'Day of the comparison (default: the last)' },
    level: { choices: [0.9, 0.95] as const, default: 0.9 as const, describe: 'Coverage' },
  },
  positionals: { study: { type: 'string', describe: 'Folder, or beginning of the hash' } },
  async run(argv, context) {
    const { compareStudy } = await import('./compare-study.js');
    const { findStudy } = await import('./find-study.js');
    const { level, metric, day } = argv;
    return compareStudy(findStudy(String(argv.study), context), { level, metrics: metric, day });
  },
});
