import { defineCommand } from '../../command.js';

export const command = defineCommand({
  command: 'deployment',
  describe: 'Prove that a running chain is what a deployment promised',
  options: {
    manifest: {
      type: 'string',
      demandOption: true,
      describe: 'deployment.json of masa deploy run',
    },
    genesis: {
      type: 'string',
      describe: 'Genesis file (default: genesis.json beside the manifest)',
    },
    upgrade: { type: 'string', describe: 'upgrade.json that the nodes use' },
    rpc: { type: 'string', default: 'http://127.0.0.1:8545', describe: 'Node to audit' },
  },
  examples: [
    [
      'masa audit deployment --manifest .masa/deploy/1339600/deployment.json',
      'audit the local chain',
    ],
  ],
  async run(argv, context) {
    const { readFileSync } = await import('node:fs');
    const { dirname, join, resolve } = await import('node:path');
    const { ToolkitError } = await import('../../../genesis/base/errors.js');
    const { runAudit } = await import('../../../genesis/audit/run-audit.js');
    const { connectRpc } = await import('../../../subnet/clients/connect-rpc.js');
    const { loadNativeCrypto } = await import('../../../subnet/clients/native-crypto.js');
    const { createRpcSource } = await import('../../../subnet/evidence/rpc-source.js');
    const { createRebuild } = await import('./rebuild-contract.js');
    const { formatFindings } = await import('./format-findings.js');
    const read = (path: string) => {
      try {
        return readFileSync(path, 'utf8');
      } catch (cause) {
        throw new ToolkitError({
          code: 'AUDIT_FILE_UNREADABLE',
          message: `The file cannot be read: ${(cause as Error).message}`,
          where: path,
          next: 'Give the files that masa deploy run wrote.',
          exitCode: 2,
          cause,
        });
      }
    };
    const manifestFile = resolve(context.cwd, argv.manifest);
    const genesisFile =
      argv.genesis === undefined
        ? join(dirname(manifestFile), 'genesis.json')
        : resolve(context.cwd, argv.genesis);
    const bar = context.progress('blocks', 1);
    try {
      const result = await runAudit({
        manifestFile,
        manifestText: read(manifestFile),
        genesisFile,
        genesisText: read(genesisFile),
        upgradeText:
          argv.upgrade === undefined ? undefined : read(resolve(context.cwd, argv.upgrade)),
        source: createRpcSource(argv.rpc, connectRpc(argv.rpc)),
        crypto: await loadNativeCrypto(),
        rebuild: createRebuild(context.packageRoot),
        onBlock: (done, all) => bar.update(done / all),
      });
      return {
        exitCode: result.verdict === 'pass' ? 0 : 1,
        text: formatFindings(result),
        json: result,
      };
    } finally {
      bar.stop();
    }
  },
});
