import { defineCommand } from '../../command.js';

/** `masa plan init`: a neutral plan to start from. */
export const command = defineCommand({
  command: 'init [file]',
  describe: 'Write a plan file to start from; nothing in it is about a known token',
  options: {
    token: { type: 'string', describe: 'Name of the token' },
    symbol: { type: 'string', describe: 'Ticker of the token' },
    supply: { type: 'string', describe: 'Supply in tokens' },
    'chain-id': { type: 'number', describe: 'Chain id without an overlay' },
    force: { type: 'boolean', default: false, describe: 'Replace an existing file' },
  },
  positionals: { file: { type: 'string', default: 'plan.yaml', describe: 'File to write' } },
  examples: [
    ['masa plan init my-chain.yaml --symbol ABC --supply 21000000', 'a token of your own'],
  ],
  async run(argv, context) {
    const { writePlanFile } = await import('../../write-plan-file.js');
    const file = String(argv.file);
    const plan = await writePlanFile(
      {
        file,
        token: argv.token,
        symbol: argv.symbol,
        supply: argv.supply,
        chainId: argv['chain-id'] as number | undefined,
        force: argv.force === true,
      },
      context,
    );
    const next = `masa plan check ${file}`;
    return {
      json: { file, name: plan.name, symbol: plan.token.symbol, next },
      text: `Wrote ${file}: ${plan.token.name} (${plan.token.symbol}).\nNext: put your addresses into it, then ${next}`,
    };
  },
});
