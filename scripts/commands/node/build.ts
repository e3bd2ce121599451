import { join } from 'node:path';
import { defineCommand } from '../../command.js';
import type { Progress } from '../../context.js';

export const command = defineCommand({
  command: 'build',
  describe:
    'Build AvalancheGo and the Subnet-EVM plugin into the cache (needs Go and a C compiler)',
  options: {},
  examples: [['masa node build', 'About two minutes the first time, nothing to do afterwards']],
  async run(_argv, context) {
    const { buildNode } = await import('../../../subnet/avalanchego/binaries/build-node.js');
    const started = context.now();
    let stage = '';
    let bar: Progress | undefined;
    try {
      const node = await buildNode({
        moduleFolder: join(context.packageRoot, 'subnet/avalanchego/node'),
        home: context.home,
        env: context.env,
        signal: context.signal,
        onProgress(name, done, total, note) {
          if (name !== stage) {
            bar?.stop();
            stage = name;
            bar = context.progress(name, total);
            context.log(name);
          }
          bar?.update(done, note);
        },
      });
      const seconds = (context.now() - started) / 1000;
      return {
        text: [
          node.built ? `Built in ${seconds.toFixed(0)} s.` : 'Built already.',
          `avalanchego  ${node.version} (plugin protocol ${node.rpcChainVm})  ${node.binary}`,
          `plugin       ${node.pluginVersion}  ${node.pluginFolder}`,
        ].join('\n'),
        json: { ...node, seconds },
      };
    } finally {
      bar?.stop();
    }
  },
});
