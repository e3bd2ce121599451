import { defineCommand } from '../../command.js';
import type { Progress } from '../../context.js';

export const command = defineCommand({
  command: 'fetch',
  describe: 'Fetch release archives of AvalancheGo and Subnet-EVM whose hashes you know',
  options: {
    url: { type: 'string', demandOption: true, describe: 'Address of a .tar.gz archive' },
    sha256: {
      type: 'string',
      default: '',
      defaultDescription: 'none: it must be given',
      describe: 'Its SHA-256, 64 hexadecimal digits',
    },
    'plugin-url': {
      type: 'string',
      describe: 'A second archive, if the plugin has one of its own',
    },
    'plugin-sha256': { type: 'string', default: '', describe: 'SHA-256 of the second archive' },
  },
  examples: [
    [
      'masa node fetch --url https://…/avalanchego-linux-amd64-v1.14.2.tar.gz --sha256 …',
      'interrupted, it goes on where it stopped',
    ],
  ],
  async run(argv, context) {
    const { fetchNode } = await import('../../../subnet/avalanchego/binaries/fetch-node.js');
    const started = context.now();
    let bar: Progress | undefined;
    let current = '';
    try {
      const node = await fetchNode({
        archives: [
          { url: argv.url, sha256: argv.sha256 },
          ...(argv.pluginUrl === undefined
            ? []
            : [{ url: argv.pluginUrl, sha256: argv.pluginSha256 }]),
        ],
        home: context.home,
        signal: context.signal,
        onProgress(url, bytes, total) {
          if (url !== current) {
            bar?.stop();
            current = url;
            bar = context.progress('fetch', total ?? 100_000_000);
            context.log(url);
          }
          bar?.update(bytes);
        },
      });
      const seconds = (context.now() - started) / 1000;
      return {
        text: [
          node.built ? `Fetched in ${seconds.toFixed(0)} s.` : 'Fetched already.',
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
