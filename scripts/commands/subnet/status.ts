import { defineCommand } from '../../command.js';
import { formatTable } from '../../output.js';
import { networkOptions } from './network-options.js';

/** `masa subnet status`: processes, heights, peers and validators. */
export const command = defineCommand({
  command: 'status',
  describe: 'Show the nodes of a network: processes, heights, peers, health, validators',
  options: networkOptions,
  examples: [['masa subnet status --json', 'exit code 1 when a node is missing']],
  async run(argv, context) {
    const { loadNetwork } = await import('./network-options.js');
    const { getNetworkStatus } = await import(
      '../../../subnet/avalanchego/state/get-network-status.js'
    );
    const { folder, network } = await loadNetwork(argv, context);
    const status = await getNetworkStatus(folder, network.manifest);
    const { manifest, nodes, validators, complete } = status;
    const names = new Map(manifest.nodes.map(({ name, nodeId }) => [nodeId, name]));
    const show = (value: unknown) => (value === undefined ? '-' : String(value));
    const health = (node: (typeof nodes)[number]) =>
      node.healthy === false ? `no: ${node.failing.join(', ')}` : show(node.healthy && 'yes');
    return {
      exitCode: complete ? 0 : 1,
      json: { ...status, folder: folder.root },
      text: [
        `topology    ${manifest.topology}, AvalancheGo ${manifest.version}, network ${manifest.networkId}`,
        `chain id    ${manifest.chain.chainId}`,
        `genesis     ${manifest.chain.genesisHash}`,
        `subnet      ${manifest.subnetId}`,
        `blockchain  ${manifest.blockchainId}`,
        formatTable(
          ['node', 'process', 'API', 'peers', 'P-Chain', 'L1', 'healthy'],
          nodes.map((node) => [
            node.name,
            node.pid === undefined ? 'not running' : String(node.pid),
            show(node.uri),
            show(node.peers),
            show(node.pHeight),
            show(node.chainHeight),
            health(node),
          ]),
        ),
        ...(validators.length === 0
          ? []
          : [
              formatTable(
                ['validator', 'NodeID', 'weight', 'balance (nAVAX)', 'connected'],
                validators.map((one) => [
                  names.get(one.nodeId) ?? '(not of this network)',
                  one.nodeId,
                  String(one.weight),
                  show(one.balance),
                  show(one.connected),
                ]),
              ),
            ]),
        ...nodes.flatMap(({ rpcUrl }) => (rpcUrl === undefined ? [] : [`rpc  ${rpcUrl}`])),
        ...(nodes.some(({ healthy, peers }) => healthy === false && peers === 0)
          ? ['A node without peers calls its network unhealthy; its chains work.']
          : []),
        ...(complete
          ? []
          : [
              `not complete: masa subnet up --engine avalanchego --data-dir ${argv.dataDir} starts what is missing`,
            ]),
      ].join('\n'),
    };
  },
});
