import { canonicalJson } from '../../base/canonical-json.js';
import { parseGenesis } from '../../compile/parse-genesis.js';
import type { GenesisConfig, ParsedGenesis } from '../../compile/parsed-genesis.js';
import { precompiles } from '../../precompiles/registry.js';
import type { AuditEvidence } from '../audit-evidence.js';
import { collectDifferences } from '../collect-differences.js';
import type { EvidenceSource } from '../evidence-source.js';
import type { AuditCheck, Difference } from '../finding.js';
import { hashRawBlock } from '../hash-raw-block.js';

/**
 * every node runs with the configuration that genesis file and upgrade.json give, says so of its active rules, and has
 * the pinned block. upgrade.json is in no hash of the chain, so each node has to be asked.
 */
export const checkNodes: AuditCheck = {
  id: 'nodes',
  numbers: ['R-53'],
  title: 'settings of every node',
  next: 'Give every node the same upgrade.json and start it again before the next upgrade time; name it here with --upgrade.',
  async run(evidence) {
    const nodes = [evidence.source, ...evidence.otherNodes];
    const differences: Difference[] = [];
    for (const [index, node] of nodes.entries()) {
      differences.push(...(await checkNode(evidence, node)));
      if (index > 0) differences.push(...(await checkChain(evidence, node)));
    }
    return {
      detail: `${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'}: chain configuration, upgrades and active rules; more with --node.`,
      differences,
    };
  },
};

async function checkNode(
  { genesis, genesisText, engine, blocks }: AuditEvidence,
  node: EvidenceSource,
): Promise<Difference[]> {
  const { compare, differences } = collectDifferences();
  const where = (what: string) => `${node.name}: ${what}`;
  const own = describeConfig(genesis.config);
  const theirs = readConfig(genesisText, genesis, await node.chainConfig());
  for (const key of new Set([...Object.keys(own), ...Object.keys(theirs)]))
    compare(where(key), own[key] ?? 'absent', theirs[key] ?? 'absent');
  const { timestamp } = blocks.at(-1)!.header;
  const { forks, precompiles: started } = await node.activeRules(timestamp);
  const rules = engine.rules.at(timestamp);
  for (const [name, on] of [
    ['IsSubnetEVM', rules.subnetEVM],
    ['IsDurango', rules.durango],
    ['IsEtna', rules.etna],
    ['IsGranite', rules.granite],
  ] as const)
    compare(where(name), String(on), String(forks.get(name)));
  for (const { key } of precompiles) {
    const since = engine.rules.enabled(key, timestamp)
      ? sinceWhen(genesis.config, key, timestamp)
      : 'off';
    compare(where(`${key} since`), since, String(started.get(key) ?? 'off'));
  }
  return differences;
}

async function checkChain(
  { manifest, head, crypto }: AuditEvidence,
  node: EvidenceSource,
): Promise<Difference[]> {
  const { compare, differences } = collectDifferences();
  compare(`${node.name}: chain id`, String(manifest.chainId), String(await node.chainId()));
  const actual = hashRawBlock(await node.rawBlock(head.number), crypto);
  compare(`${node.name}: block ${head.number}`, head.hash, actual);
  return differences;
}

function sinceWhen(
  { precompiles: own, precompileUpgrades }: GenesisConfig,
  key: string,
  now: bigint,
) {
  const times = [
    ...[...own].filter(([name]) => name === key).map(([, one]) => one),
    ...precompileUpgrades.filter((one) => one.key === key).map(({ config }) => config),
  ].flatMap(({ blockTimestamp: time }) => (time !== undefined && time <= now ? [time] : []));
  return String(times.at(-1));
}

/** A node prints its configuration in the words of a genesis file, so it is read as one. */
function readConfig(
  genesisText: string,
  { network }: ParsedGenesis,
  answer: unknown,
): Record<string, string> {
  try {
    const { upgrades, ...config } = answer as Record<string, unknown>;
    const text = JSON.stringify({ ...JSON.parse(genesisText), config });
    const parsed = parseGenesis(text, {
      network,
      ...(upgrades !== undefined && { upgradeText: JSON.stringify(upgrades) }),
    });
    return describeConfig(parsed.config);
  } catch (error) {
    return { 'chain configuration': (error as Error).message };
  }
}

/** What the node prints where a file may say nothing. */
const defaults: readonly unknown[] = [undefined, false, `0x${'0'.repeat(40)}`];

/** A configuration as one text per member. */
function describeConfig(config: GenesisConfig): Record<string, string> {
  const plain = (value: unknown): unknown =>
    typeof value === 'bigint'
      ? value.toString()
      : value instanceof Map
        ? Object.fromEntries([...value].map(([key, one]) => [key, plain(one)]))
        : Array.isArray(value)
          ? value.map(plain)
          : typeof value === 'object' && value !== null
            ? Object.fromEntries(
                Object.entries(value)
                  .filter(([, one]) => !defaults.includes(one))
                  .map(([key, one]) => [key, plain(one)]),
              )
            : value;
  return Object.fromEntries(
    Object.entries(plain(config) as object).map(([key, value]) => [key, canonicalJson(value)]),
  );
}
