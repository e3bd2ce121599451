import { defineCommand } from '../../command.js';
import { sendOptions } from './deploy-options.js';

/** `masa deploy resume`: continues a deployment that was stopped; refuses to begin one. */
export const command = defineCommand({
  command: 'resume',
  describe: 'Continue a deployment that was stopped; like run, but never begins one',
  options: sendOptions,
  examples: [['masa deploy resume --out .masa/deploy/1339600', 'after a kill or Ctrl-C']],
  async run(argv, context) {
    const { performDeployment } = await import('./perform-deployment.js');
    return performDeployment(argv, context, false);
  },
});
