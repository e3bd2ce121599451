import { parseGenesis } from '../../../genesis/compile/parse-genesis.js';
import type { ParsedGenesis, UpgradeName } from '../../../genesis/compile/parsed-genesis.js';
import { upgradeNames } from '../../../genesis/compile/parsed-genesis.js';
import type { PrecompileKey } from '../../../genesis/precompiles/precompile.js';
import { compareValues } from '../plan/compare-values.js';
import { callJsonRpc } from '../process/call-json-rpc.js';
import type { Mismatch } from './mismatch.js';

interface ActiveRules {
  readonly avalancheRules: Readonly<Record<string, boolean>>;
  readonly precompiles: Readonly<Record<string, { readonly timestamp: number }>>;
}

/**
 * The rules that a node follows: its whole chain configuration with the upgrades of its upgrade.json, read by the same
 * parser as the files; and what it says is active at the genesis time and at every later change.
 *
 * @param text of the genesis file, whose other members the parser wants beside the configuration.
 */
export async function checkChainConfig(
  rpcUrl: string,
  genesis: ParsedGenesis,
  text: string,
): Promise<readonly Mismatch[]> {
  const { upgrades, ...config } = await callJsonRpc<Record<string, unknown>>(
    rpcUrl,
    'eth_getChainConfig',
    [],
  );
  const found: Mismatch[] = [];
  try {
    const reported = parseGenesis(JSON.stringify({ ...JSON.parse(text), config }), {
      upgradeText: JSON.stringify(upgrades ?? {}),
      file: 'chain configuration of the node',
    });
    for (const one of compareValues(plain(genesis.config), plain(reported.config), 'config'))
      found.push({ what: one.path, computed: one.desired, reported: one.found });
  } catch (error) {
    found.push({ what: 'config', computed: 'valid', reported: (error as Error).message });
  }
  for (const time of listTimes(genesis)) {
    const rules = await callJsonRpc<ActiveRules>(rpcUrl, 'eth_getActiveRulesAt', [Number(time)]);
    for (const one of compareValues(activeAt(genesis, time), readRules(rules)))
      found.push({
        what: `rules at ${time}: ${one.path}`,
        computed: one.desired,
        reported: one.found,
      });
  }
  return found;
}

/** The genesis time and every time at which something is switched after it. */
function listTimes({ timestamp, config }: ParsedGenesis): readonly bigint[] {
  const later = [
    ...Object.values(config.upgrades),
    ...config.precompileUpgrades.map((upgrade) => upgrade.config.blockTimestamp),
  ].filter((time): time is bigint => time !== undefined && time > timestamp);
  return [...new Set([timestamp, ...later])];
}

interface Rules {
  readonly upgrades: Readonly<Record<string, boolean>>;
  /** Activation time by key, of precompiles that are on. */
  readonly precompiles: Readonly<Record<string, number>>;
}

function activeAt({ config }: ParsedGenesis, time: bigint): Rules {
  const isActive = (at: bigint | undefined) => at !== undefined && at <= time;
  const on = new Map<PrecompileKey, number>();
  const changes = [
    ...[...config.precompiles].map(([key, own]) => ({ key, config: own })),
    ...config.precompileUpgrades,
  ];
  for (const { key, config: own } of changes) {
    if (!isActive(own.blockTimestamp)) continue;
    if (own.disable) on.delete(key);
    else on.set(key, Number(own.blockTimestamp));
  }
  return {
    upgrades: Object.fromEntries(
      upgradeNames.map((name) => [name, isActive(config.upgrades[name])]),
    ),
    precompiles: Object.fromEntries(on),
  };
}

const ruleNames: Readonly<Record<UpgradeName, string>> = {
  subnetEVM: 'IsSubnetEVM',
  durango: 'IsDurango',
  etna: 'IsEtna',
  fortuna: 'IsFortuna',
  granite: 'IsGranite',
  helicon: 'IsHelicon',
};

function readRules(rules: ActiveRules): Rules {
  return {
    upgrades: Object.fromEntries(
      upgradeNames.map((name) => [name, rules.avalancheRules[ruleNames[name]] ?? false]),
    ),
    precompiles: Object.fromEntries(
      Object.entries(rules.precompiles).map(([key, { timestamp }]) => [key, timestamp]),
    ),
  };
}

const zeroAddress = `0x${'0'.repeat(40)}`;

/** Maps as objects and integers as text, to be compared member by member. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(plain);
  if (value instanceof Map) return plainMembers(value);
  if (typeof value === 'object' && value !== null) return plainMembers(Object.entries(value));
  // The node writes what was left out of the file as false, or as the zero address.
  return value === false || value === zeroAddress ? undefined : value;
}

function plainMembers(members: Iterable<[unknown, unknown]>): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...members].map(([key, item]) => [String(key), plain(item)]));
}
