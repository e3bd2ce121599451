import { forkBlockNames, forkTimeNames } from '../../../genesis/compile/parsed-genesis.js';
import type { EmbeddedChain } from '../chain/embedded-chain.js';
import type { RpcMethod } from '../rpc/answer-rpc.js';
import { formatQuantity } from '../rpc/format-quantity.js';
import { parseBytes, parseQuantity } from '../rpc/parse-values.js';

/** The texts that a chain was made from, as JSON. */
export interface ConfigDocuments {
  readonly config: Readonly<Record<string, unknown>>;
  readonly upgrade: Readonly<Record<string, unknown>> | undefined;
}

/** Methods about the chain itself: its id, rules and configuration, and the node's name. */
export function configMethods(
  chain: EmbeddedChain,
  documents: ConfigDocuments,
): Record<string, RpcMethod> {
  const { chainId, rules, crypto } = chain.engine;
  const { upgrades, forks } = rules.config;
  return {
    eth_chainId: () => formatQuantity(chainId),
    net_version: () => chainId.toString(),
    net_listening: () => true,
    net_peerCount: () => '0x0',
    web3_clientVersion: () => 'masa-embedded/0.1.0/subnet-evm-rules-v1.14.2',
    web3_sha3: ([data]) => {
      const hash = crypto.keccak256(Buffer.from(parseBytes(data, 'data').slice(2), 'hex'));
      return `0x${Buffer.from(hash).toString('hex')}`;
    },
    eth_syncing: () => false,
    eth_mining: () => chain.mining !== 'manual',
    eth_hashrate: () => '0x0',
    eth_protocolVersion: () => '0x44',
    eth_getChainConfig: () => ({
      ...Object.fromEntries(
        [...forkBlockNames, ...forkTimeNames].flatMap((name) =>
          forks[name] === undefined ? [] : [[name, Number(forks[name])]],
        ),
      ),
      ...Object.fromEntries(
        (['subnetEVM', 'durango', 'etna', 'fortuna', 'granite', 'helicon'] as const).flatMap(
          (name) =>
            upgrades[name] === undefined ? [] : [[`${name}Timestamp`, Number(upgrades[name])]],
        ),
      ),
      ...documents.config,
      ...(documents.upgrade !== undefined && { upgrades: documents.upgrade }),
    }),
    eth_getActiveRulesAt: ([timestamp]) => {
      const at =
        timestamp === undefined || timestamp === null
          ? chain.head.block.header.timestamp
          : typeof timestamp === 'number'
            ? BigInt(timestamp)
            : parseQuantity(timestamp, 'timestamp');
      return activeRules(chain, at);
    },
  };
}

function activeRules({ engine }: EmbeddedChain, at: bigint) {
  const { config } = engine.rules;
  const on = (time: bigint | undefined) => time !== undefined && time <= at;
  const { upgrades } = config;
  const started = (key: string) => {
    const all = [
      ...[...config.precompiles].filter(([name]) => name === key).map(([, one]) => one),
      ...config.precompileUpgrades.filter((one) => one.key === key).map(({ config: one }) => one),
    ];
    return Number(all.filter(({ blockTimestamp }) => on(blockTimestamp)).at(-1)!.blockTimestamp);
  };
  const ethereum = [
    'Homestead',
    'EIP150',
    'EIP155',
    'EIP158',
    'Byzantium',
    'Constantinople',
    'Petersburg',
    'Istanbul',
    'Berlin',
    'London',
  ];
  return {
    ethRules: {
      ChainID: Number(engine.chainId),
      ...Object.fromEntries(ethereum.map((name) => [`Is${name}`, true])),
      IsMerge: on(upgrades.durango),
      IsShanghai: on(upgrades.durango),
      IsCancun: on(upgrades.etna),
      IsPrague: false,
      IsVerkle: false,
    },
    avalancheRules: {
      IsSubnetEVM: on(upgrades.subnetEVM),
      IsDurango: on(upgrades.durango),
      IsEtna: on(upgrades.etna),
      IsFortuna: on(upgrades.fortuna),
      IsGranite: on(upgrades.granite),
      IsHelicon: on(upgrades.helicon),
    },
    precompiles: Object.fromEntries(
      [...engine.rules.active(at).values()].map(({ key }) => [key, { timestamp: started(key) }]),
    ),
  };
}
