import type { ArgumentKind } from './argument-kinds.js';

export interface BadValue {
  /** Name of the fault in the table. */
  readonly fault: string;
  /** Value of the argument; `@name` stands for a file of the fault world. */
  readonly value: string;
  /** Allowed exit codes; default 2. */
  readonly exit?: readonly number[];
}

/** Faults of a file that is read, with the good file that is torn. */
function fileFaults(good: string): readonly BadValue[] {
  return [
    { fault: 'missing', value: 'nowhere.file' },
    { fault: 'below a file', value: `@${good}/below` },
    { fault: 'name too long', value: 'n'.repeat(300) },
    { fault: 'link in a circle', value: '@circle' },
    { fault: 'folder', value: '@folder' },
    { fault: 'device', value: '/dev/zero' },
    { fault: 'empty', value: '@empty' },
    { fault: 'torn', value: `@torn-${good}` },
    { fault: 'Latin-1', value: `@latin-${good}` },
    { fault: 'UTF-16', value: `@utf16-${good}` },
    { fault: 'binary', value: '@binary' },
    { fault: 'huge', value: '@huge' },
    { fault: 'nested 20,000 deep', value: '@deep' },
    { fault: 'another kind of file', value: '@words' },
  ];
}

const outFaults: readonly BadValue[] = [
  { fault: 'below a file', value: '@empty/out' },
  { fault: 'name too long', value: 'n'.repeat(300) },
  { fault: 'link in a circle', value: '@circle' },
  { fault: 'read-only file system', value: '/sys/out', exit: [1, 2] },
];

const planFaults: readonly BadValue[] = [
  ...fileFaults('plan'),
  { fault: 'unknown name', value: 'neutrl' },
  { fault: 'unknown key', value: '@unknown-key' },
  { fault: 'wrong type', value: '@wrong-type' },
  { fault: 'duplicate key', value: '@duplicate-key' },
  { fault: 'alias bomb', value: '@alias-bomb' },
  { fault: 'two documents', value: '@two-documents' },
  { fault: 'unknown tag', value: '@unknown-tag' },
  { fault: 'a list', value: '@a-list' },
];

/** What is tried on an argument of each kind. */
export const badValues: Readonly<Record<ArgumentKind, readonly BadValue[]>> = {
  plan: planFaults,
  'plan:profile': [...planFaults, { fault: 'unknown profile', value: 'masa:calibrate' }],
  profile: [{ fault: 'unknown profile', value: 'calibrate' }],
  overlay: [{ fault: 'unknown overlay', value: 'tesnet' }],
  set: [
    { fault: 'no path', value: '5' },
    { fault: 'unknown path', value: 'token.suply=5' },
    { fault: 'wrong type', value: 'token.supply=many' },
    { fault: 'out of range', value: 'fees.burnBasisPoints=10001' },
    { fault: 'not YAML', value: 'token.name=[' },
    { fault: 'prototype', value: '__proto__.x=1' },
  ],
  genesis: fileFaults('genesis'),
  // The node takes an empty upgrade.json for none.
  upgrade: fileFaults('upgrade').map((one) =>
    one.fault === 'empty' ? { ...one, exit: [0, 2] } : one,
  ),
  scenario: [...fileFaults('scenario'), { fault: 'unknown name', value: 'half-demnd' }],
  'scenario-id': [{ fault: 'unknown name', value: 'bas' }],
  manifest: fileFaults('manifest'),
  key: fileFaults('key'),
  study: [
    { fault: 'missing', value: 'nowhere' },
    { fault: 'a file', value: '@empty' },
    { fault: 'empty folder', value: '@folder' },
    { fault: 'device', value: '/dev/zero' },
    { fault: 'name too long', value: 'n'.repeat(300) },
    { fault: 'study.json empty', value: '@study-empty' },
    { fault: 'study.json torn', value: '@study-torn' },
    { fault: 'study.json binary', value: '@study-binary' },
    { fault: 'study.json a folder', value: '@study-folder' },
    { fault: 'study.json another JSON', value: '@study-other' },
  ],
  report: [
    { fault: 'missing', value: 'nowhere' },
    { fault: 'a file', value: '@empty/x' },
    { fault: 'empty folder', value: '@folder' },
    { fault: 'device', value: '/dev/zero/x' },
    { fault: 'name too long', value: 'n'.repeat(300) },
  ],
  chart: [{ fault: 'unknown name', value: 'price-fam' }],
  metric: [{ fault: 'unknown name', value: 'price' }],
  sql: [
    { fault: 'not SQL', value: 'SELEC 1' },
    { fault: 'unknown column', value: 'SELECT prise FROM daily' },
    { fault: 'another file', value: "SELECT * FROM read_text('/etc/hostname')" },
    { fault: 'writes a file', value: "COPY daily TO 'out.csv'" },
  ],
  rpc: [
    { fault: 'no address', value: '127.0.0.1:8545' },
    { fault: 'another protocol', value: 'ftp://127.0.0.1' },
    { fault: 'nobody there', value: 'http://127.0.0.1:1', exit: [3] },
    { fault: 'unknown host', value: 'http://nobody.invalid:8545', exit: [3] },
    { fault: 'hangs', value: '@rpc-hangs', exit: [3] },
    { fault: 'hangs up', value: '@rpc-drops', exit: [3] },
    { fault: 'HTML', value: '@rpc-html', exit: [1, 3, 4] },
    { fault: 'status 500', value: '@rpc-500', exit: [1, 3, 4] },
    { fault: 'torn JSON', value: '@rpc-torn', exit: [1, 3, 4] },
    { fault: 'null for everything', value: '@rpc-null', exit: [1, 2, 4] },
    { fault: 'an error for everything', value: '@rpc-error', exit: [1, 4] },
    { fault: 'another chain id', value: '@rpc-other-id', exit: [1, 2, 4] },
    { fault: 'another genesis', value: '@rpc-other-genesis', exit: [1, 2, 4] },
  ],
  host: [
    { fault: 'not of this machine', value: '203.0.113.7' },
    { fault: 'unknown name', value: 'nobody.invalid' },
  ],
  mine: [
    { fault: 'unknown word', value: 'never' },
    { fault: 'zero', value: '0' },
    { fault: 'negative', value: '-5' },
    { fault: 'fraction', value: '1.5' },
    { fault: 'too long', value: '86400001' },
  ],
  data: [
    ...outFaults,
    { fault: 'a file', value: '@empty' },
    { fault: 'foreign blocks', value: '@data-foreign' },
    { fault: 'damaged blocks', value: '@data-damaged' },
  ],
  tokens: [
    { fault: 'not a number', value: 'many' },
    { fault: 'negative', value: '-1' },
    { fault: 'hexadecimal', value: '0x10' },
    { fault: 'too fine', value: '1.0000000000000000001' },
    { fault: 'exponent', value: '1e3' },
  ],
  'chain-id': [
    { fault: 'not a number', value: 'mine' },
    { fault: 'negative', value: '-1' },
    { fault: 'fraction', value: '1.5' },
  ],
  network: [
    { fault: 'unknown name', value: 'fujj' },
    { fault: 'negative', value: '-5' },
  ],
  'blockchain-id': [
    { fault: 'not base 58', value: '0OIl' },
    { fault: 'too short', value: '2q9e4r6Mu3U' },
  ],
  save: [...outFaults, { fault: 'a folder', value: '@folder' }],
  'out-file': [
    ...outFaults,
    { fault: 'no such folder', value: 'no/such/folder/out' },
    { fault: 'a folder', value: '@folder' },
    { fault: 'there already', value: '@words' },
    { fault: 'device', value: '/dev/full' },
  ],
  'out-folder': [
    ...outFaults,
    { fault: 'a file', value: '@words' },
    { fault: 'device', value: '/dev/full' },
  ],
  words: [],
};
