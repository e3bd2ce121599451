/** What an argument of a command names; decides which faults are tried on it. */
export type ArgumentKind =
  | 'plan'
  | 'plan:profile'
  | 'profile'
  | 'overlay'
  | 'set'
  | 'genesis'
  | 'upgrade'
  | 'scenario'
  | 'scenario-id'
  | 'manifest'
  | 'key'
  | 'study'
  | 'report'
  | 'chart'
  | 'metric'
  | 'sql'
  | 'rpc'
  | 'host'
  | 'mine'
  | 'data'
  | 'tokens'
  | 'chain-id'
  | 'network'
  | 'blockchain-id'
  | 'save'
  | 'out-file'
  | 'out-folder'
  | 'words';

/** Options by name; a command's own meaning of a name stands in `ownKinds`. */
const kinds: Readonly<Record<string, ArgumentKind>> = {
  plan: 'plan',
  profile: 'profile',
  overlay: 'overlay',
  set: 'set',
  genesis: 'genesis',
  upgrade: 'upgrade',
  scenario: 'scenario',
  manifest: 'manifest',
  'key-file': 'key',
  study: 'study',
  run: 'study',
  folder: 'report',
  chart: 'chart',
  metric: 'metric',
  statement: 'sql',
  rpc: 'rpc',
  host: 'host',
  mine: 'mine',
  'data-dir': 'data',
  supply: 'tokens',
  'own-chain-id': 'chain-id',
  out: 'out-folder',
  node: 'rpc',
  network: 'network',
  'blockchain-id': 'blockchain-id',
  save: 'save',
  saved: 'manifest',
  log: 'words',
  grep: 'words',
  since: 'words',
  url: 'words',
  sha256: 'words',
  'plugin-url': 'words',
  'plugin-sha256': 'words',
  'max-fee': 'words',
  title: 'words',
  token: 'words',
  symbol: 'words',
};

const ownKinds: Readonly<Record<string, ArgumentKind>> = {
  'plan check <file>': 'plan',
  'plan show <file>': 'plan',
  'plan init <file>': 'out-file',
  'plan compare <a>': 'plan:profile',
  'plan compare <b>': 'plan:profile',
  'genesis lint <file>': 'genesis',
  'genesis hash <file>': 'genesis',
  'genesis explain <file>': 'genesis',
  'genesis diff <a>': 'genesis',
  'genesis diff <b>': 'genesis',
  'genesis build --out': 'out-file',
  'sim export --out': 'out-file',
  'subnet logs --node': 'words',
  'sim export --scenario': 'scenario-id',
};

/**
 * The kind of an argument, `--name` or `<name>`.
 *
 * @returns undefined for a name that nobody has put into a table yet.
 */
export function argumentKind(path: string, name: string): ArgumentKind | undefined {
  return ownKinds[`${path} ${name}`] ?? kinds[name.replace(/^--|[<>]/g, '')];
}

/** Numbers that an option must refuse besides what is no number at all. */
export const badNumbers: Readonly<Record<string, readonly string[]>> = {
  days: ['-1', '0', '1.5', '36501', '9007199254740991'],
  runs: ['-1', '0', '1.5', '1000001', '9007199254740991'],
  scale: ['-1', '0', '1.5', '1000001', '9007199254740991'],
  seed: ['-1', '1.5'],
  workers: ['-1', '0', '1.5', '257', '9007199254740991'],
  port: ['-1', '1.5', '65536', '9007199254740991'],
  'chain-id': ['-1', '0', '1.5'],
  // Their commands test the limits themselves.
  validators: [],
  lines: [],
  'max-fee': [],
  timeout: ['-1', '0', '9007199254740991'],
  zoom: ['-1', '0', '0.4', '8.1', '9007199254740991'],
  day: ['-1', '0', '1.5', '36501', '9007199254740991'],
};

/** Not a number of any option. */
export const noNumbers: readonly string[] = [
  'x',
  '',
  'NaN',
  'Infinity',
  '-Infinity',
  '0x10',
  '1e3',
  '1_000',
  '1,5',
  '٣',
  '99999999999999999999',
];
