import { join } from 'node:path';
import { defineCommand } from '../../command.js';

export const command = defineCommand({
  command: 'which',
  describe: 'Show which AvalancheGo would be used, and where it was looked for',
  options: {},
  examples: [['AVALANCHEGO_PATH=/opt/avalanchego masa node which', 'Check a pair of programs']],
  async run(_argv, context) {
    const { findNode } = await import('../../../subnet/avalanchego/binaries/find-node.js');
    const node = await findNode({
      moduleFolder: join(context.packageRoot, 'subnet/avalanchego/node'),
      home: context.home,
      env: context.env,
    });
    return {
      text: [
        ...node.attempts.map(({ place, outcome }) => `${place}: ${outcome}`),
        `${node.source}: ${node.binary}`,
        `avalanchego ${node.version}, commit ${node.commit.slice(0, 12)}, plugin protocol ${node.rpcChainVm}`,
        `plugin ${node.pluginVersion}, in ${node.pluginFolder}`,
      ].join('\n'),
      json: node,
    };
  },
});
