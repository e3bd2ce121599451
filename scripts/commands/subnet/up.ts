import { defineCommand } from '../../command.js';
import { planOptions } from '../../options.js';
import { engineOptions } from './engine-options.js';

/** `masa subnet up`: the plan's chain in this process, until Ctrl-C. */
export const command = defineCommand({
  command: 'up',
  describe: 'Run a development chain with the rules of Subnet-EVM from the plan’s genesis',
  options: {
    ...planOptions,
    genesis: { type: 'string', describe: 'Genesis file of any Subnet-EVM chain, not the plan' },
    upgrade: { type: 'string', describe: 'upgrade.json beside --genesis' },
    port: { type: 'number', default: 8545, describe: 'Port of JSON-RPC; 0 takes a free one' },
    host: { type: 'string', default: '127.0.0.1', describe: 'Address to listen on' },
    'data-dir': { type: 'string', describe: 'Folder that keeps the blocks for the next start' },
    mine: {
      type: 'string',
      default: 'instant',
      describe: 'instant, manual, or milliseconds between blocks',
    },
    ...engineOptions,
  },
  examples: [
    ['masa subnet up', 'the plan’s chain on http://127.0.0.1:8545'],
    ['masa subnet up --mine 2000', 'a block every two seconds'],
    ['masa subnet up --genesis genesis.json', 'another chain'],
    ['masa subnet up --engine avalanchego', 'the real node'],
    [
      'masa subnet up --engine avalanchego --topology standard --validators 3 --detach',
      'five nodes',
    ],
  ],
  async run(argv, context) {
    const { join, resolve } = await import('node:path');
    const { parseMining, verifyPort } = await import('./parse-mining.js');
    const { verifyEngineOptions } = await import('./engine-options.js');
    verifyEngineOptions(argv);
    const mining = parseMining(argv.mine);
    verifyPort(argv.port);
    // Compiled code is kept where Node can: half of the time to start is compiling it.
    const nodeModule = (await import('node:module')) as {
      enableCompileCache?: (folder: string) => unknown;
    };
    nodeModule.enableCompileCache?.(join(context.home, 'cache', 'code'));
    const texts = await genesisTexts(argv, context);
    if (argv.engine === 'avalanchego') {
      const { upAvalanchego } = await import('./up-avalanchego.js');
      return upAvalanchego(argv, texts, context);
    }
    const { startEmbedded } = await import('./start-embedded.js');
    const running = await startEmbedded({
      genesis: texts.genesis,
      upgrade: texts.upgrade,
      host: argv.host,
      port: argv.port,
      mining,
      dataDir: argv.dataDir === undefined ? undefined : resolve(context.cwd, argv.dataDir),
    });
    const { head, engine } = running.chain;
    const about = {
      url: running.url,
      wsUrl: running.wsUrl,
      chainId: Number(engine.chainId),
      genesisHash: running.chain.blocks.at(0)!.block.hash,
      block: Number(head.block.header.number),
    };
    context.print(
      argv.json
        ? JSON.stringify(about)
        : [
            `${texts.name} answers at ${about.url} and ${about.wsUrl}`,
            `chain id      ${about.chainId}`,
            `genesis hash  ${about.genesisHash}`,
            `mining        ${typeof mining === 'object' ? `every ${mining.intervalMs} ms` : mining}`,
            ...(argv.dataDir === undefined
              ? ['Ctrl-C stops it; its blocks are then gone.']
              : [
                  `block         ${head.block.header.number}, kept in ${argv.dataDir}`,
                  ...(running.tornBytes > 0
                    ? [
                        `cut off       ${running.tornBytes} bytes of a block that was not written whole`,
                      ]
                    : []),
                  'Ctrl-C stops it; the next start goes on from its last block.',
                ]),
          ].join('\n'),
    );
    await new Promise<void>((done) => {
      if (context.signal.aborted) done();
      context.signal.addEventListener('abort', () => done(), { once: true });
    });
    const blocks = running.chain.blocks.length - 1;
    await running.stop();
    return { json: { ...about, blocks }, text: `stopped after block ${blocks}` };
  },
});

async function genesisTexts(
  argv: {
    readonly genesis?: string | undefined;
    readonly upgrade?: string | undefined;
  } & import('../../load-plan.js').PlanArguments,
  context: import('../../context.js').Context,
) {
  if (argv.genesis !== undefined) {
    const { readGenesisFiles } = await import('../../read-genesis-file.js');
    const { genesis: file, upgrade } = argv;
    const { text, options } = await readGenesisFiles({ file, upgrade, network: 'local' }, context);
    return { name: file, genesis: text, upgrade: options.upgradeText };
  }
  if (argv.upgrade !== undefined) {
    const { ToolkitError } = await import('../../../genesis/base/errors.js');
    throw new ToolkitError({
      code: 'USAGE',
      message: '--upgrade is given without --genesis.',
      where: '--upgrade',
      next: 'Name the genesis file that it belongs to with --genesis.',
      exitCode: 2,
    });
  }
  const { compiledGenesis } = await import('./compiled-genesis.js');
  const { name, json } = await compiledGenesis(argv, context);
  return { name, genesis: json, upgrade: undefined };
}
