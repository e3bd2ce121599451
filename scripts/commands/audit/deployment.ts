import { ToolkitError } from '../../../genesis/base/errors.js';
import { defineCommand } from '../../command.js';
import { planOptions } from '../../options.js';

export const command = defineCommand({
  command: 'deployment',
  describe: 'Prove that a running chain is what a deployment promised',
  options: {
    manifest: {
      type: 'string',
      describe: 'deployment.json of masa deploy run (default: the only one in .masa/deploy)',
    },
    rpc: { type: 'string', default: 'http://127.0.0.1:8545', describe: 'Node to audit' },
    genesis: {
      type: 'string',
      describe: 'Genesis file (default: genesis.json beside the manifest)',
    },
    upgrade: { type: 'string', describe: 'upgrade.json that the nodes run with' },
    plan: { type: 'string', describe: 'Compile this plan again and compare it with the genesis' },
    profile: { type: 'string', describe: 'Profile of the plan (default: that of the manifest)' },
    overlay: {
      type: 'string',
      array: true,
      describe: 'Overlays of the plan (default: those of the manifest)',
    },
    set: planOptions.set,
    node: {
      type: 'string',
      array: true,
      describe: 'Another node of the chain: same settings, same blocks? (repeatable)',
    },
    save: { type: 'string', describe: 'Keep the answers of --rpc in this file' },
    saved: { type: 'string', describe: 'Audit the answers in this file; no node is asked' },
    network: {
      type: 'string',
      default: 'local',
      describe: "local, fuji, mainnet, or the network's number: upgrade schedule and warp messages",
    },
    'blockchain-id': {
      type: 'string',
      describe:
        'Where the chain sends warp messages: its id (default: the one in --rpc …/ext/bc/ID/rpc)',
    },
    timeout: {
      type: 'number',
      default: 60,
      describe: 'Seconds to wait for one answer of a node',
    },
  },
  examples: [
    ['masa audit deployment', 'audit the local chain against the last deployment'],
    ['masa audit deployment --plan masa', 'and prove that the plan gives this genesis'],
    ['masa audit deployment --save answers.json', 'and keep what the node said'],
    ['masa audit deployment --saved answers.json', 'audit that again, without the node'],
    [
      'masa audit deployment --rpc http://10.0.0.1:9650/ext/bc/2FYz…8yP/rpc --network 88888 --node http://10.0.0.2:9650/ext/bc/2FYz…8yP/rpc',
      'a chain of several nodes that sends warp messages',
    ],
  ],
  async run(argv, context) {
    const { runAudit } = await import('../../../genesis/audit/run-audit.js');
    const { connectRpc } = await import('../../../subnet/clients/connect-rpc.js');
    const { loadNativeCrypto } = await import('../../../subnet/clients/native-crypto.js');
    const { createRpcSource } = await import('../../../subnet/evidence/rpc-source.js');
    const { readAnswers, saveAnswers } = await import('../../../subnet/evidence/saved-answers.js');
    const { writeFileWhole } = await import('../../write-file-whole.js');
    const { createRebuild } = await import('./rebuild-contract.js');
    const { formatFindings } = await import('./format-findings.js');
    const { parseIdentity } = await import('./parse-identity.js');
    const { readAuditFiles } = await import('./read-audit-files.js');
    const { showProgress } = await import('./show-progress.js');
    const { networkName, network } = parseIdentity(argv);
    const timeout = parseTimeout(argv.timeout);
    const files = await readAuditFiles(argv, context);
    const { text: kept, request } = saveAnswers(
      files.savedText === undefined
        ? connectRpc(argv.rpc, timeout)
        : readAnswers(files.savedText, argv.saved!),
    );
    const source = createRpcSource(argv.saved ?? argv.rpc, request);
    const otherNodes = (argv.node ?? []).map((url) =>
      createRpcSource(url, connectRpc(url, timeout)),
    );
    const progress = showProgress(context);
    try {
      const result = await runAudit({
        ...files,
        source,
        otherNodes,
        networkName,
        network,
        crypto: await loadNativeCrypto(),
        rebuild: createRebuild(context.packageRoot),
        ...progress,
      });
      if (argv.save !== undefined) writeFileWhole(argv.save, kept(), context, true);
      return {
        exitCode: result.verdict === 'pass' ? 0 : 1,
        text: formatFindings(result),
        json: result,
      };
    } finally {
      progress.stop();
    }
  },
});

function parseTimeout(seconds: number): number {
  if (seconds > 0 && seconds <= 3_600) return seconds * 1_000;
  throw new ToolkitError({
    code: 'TIMEOUT_INVALID',
    message: `${seconds} seconds cannot be waited for.`,
    where: '--timeout',
    allowed: 'more than 0, at most 3600',
    next: 'Leave it out for a minute.',
    exitCode: 2,
  });
}
