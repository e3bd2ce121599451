// Contracts against the bigint formulas of genesis/formulas, at random points:
//   node --no-warnings --loader ts-node/esm scripts/dev/contracts-differential.ts [--points 120000] [--seed 0x4d415341|random]
// Points are drawn here, the real contracts answer in forge, the answers are compared here. Prints the largest error in wei
// for each formula, and ends with 1 if any is not 0.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeAbiParameters, encodeAbiParameters, parseAbiParameters } from 'viem';
import { parseTokens, type Wei } from '../../genesis/base/amount.js';
import { splitFee } from '../../genesis/formulas/fee-split.js';
import { stakingReward } from '../../genesis/formulas/staking-reward.js';
import { vestedAmount } from '../../genesis/formulas/vested-amount.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const chunkSize = 4_000;
const now = 1_712_793_600n;
const supply = parseTokens('1588866523') as bigint;

function option(name: string, fallback: string): string {
  const index = process.argv.indexOf(name);
  return index < 0 ? fallback : (process.argv[index + 1] ?? fallback);
}
const seedText = option('--seed', '0x4d415341');
const seed = seedText === 'random' ? randomBytes(8).readBigUInt64BE() : BigInt(seedText);
const points = Number(option('--points', '120000'));

/** Sixty-four random bits at a time (SplitMix64), so that a seed gives the same points everywhere. */
function createDraw(start: bigint) {
  const mask = (1n << 64n) - 1n;
  let state = start & mask;
  const next = () => {
    state = (state + 0x9e3779b97f4a7c15n) & mask;
    let word = state;
    word = ((word ^ (word >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
    word = ((word ^ (word >> 27n)) * 0x94d049bb133111ebn) & mask;
    return word ^ (word >> 31n);
  };
  /** A number in [low, high]. */
  const between = (low: bigint, high: bigint) =>
    low + (((next() << 128n) | (next() << 64n) | next()) % (high - low + 1n));
  /** Edges as often as the middle: half of all amounts are small, or within ten of a bound. */
  const amount = (low: bigint, high: bigint) => {
    const kind = next() % 4n;
    const least = (bound: bigint) => (bound < high ? bound : high);
    if (kind === 0n) return between(low, least(low + 20_000n));
    if (kind === 1n) return between(high - 10n < low ? low : high - 10n, high);
    return between(low, high);
  };
  return { between, amount };
}
type Draw = ReturnType<typeof createDraw>;

interface Formula<Point, Answer> {
  readonly name: string;
  readonly contract: string;
  draw(draw: Draw): Point;
  encode(points: readonly Point[]): `0x${string}`;
  decode(data: `0x${string}`): readonly Answer[];
  /** Largest absolute difference between the contract's answer and the formula's, wei. */
  error(point: Point, answer: Answer): bigint;
}

const distance = (left: bigint, right: bigint) => (left > right ? left - right : right - left);
const decodeNumbers = (data: `0x${string}`) =>
  decodeAbiParameters([{ type: 'uint256[]' }], data)[0];

interface VestingPoint {
  readonly amount: bigint;
  readonly tgeAmount: bigint;
  readonly start: bigint;
  readonly lockSeconds: bigint;
  readonly linearSeconds: bigint;
  readonly cliff: boolean;
  readonly time: bigint;
}
const vestingTypes = parseAbiParameters([
  'Point[] points',
  'struct Point { Grant grant; uint256 time; }',
  'struct Grant { address beneficiary; uint128 amount; uint128 tgeAmount; uint64 start; uint32 lockSeconds; uint32 linearSeconds; uint8 mode; bool revocable; bytes32 bucket; }',
]);
const bucket = `0x${Buffer.from('points').toString('hex').padEnd(64, '0')}` as const;
const vesting: Formula<VestingPoint, bigint> = {
  name: 'vesting',
  contract: 'VestingVault.vestedAt',
  draw({ between, amount }) {
    const whole = amount(1n, between(0n, 1n) === 0n ? supply : 2n ** 128n - 1n);
    const cliff = between(0n, 1n) === 1n;
    const linearSeconds = amount(0n, between(0n, 9n) === 0n ? 2n ** 32n - 1n : 157_680_000n);
    const lockSeconds = amount(0n, cliff ? linearSeconds : 63_072_000n);
    const start = between(now - 200_000_000n, now + 315_360_000n);
    const length = lockSeconds + linearSeconds;
    const time = start + amount(0n, length + 10n) - (between(0n, 9n) === 0n ? 5n : 0n);
    const tgeAmount = between(0n, 2n) === 0n ? 0n : amount(0n, whole);
    return { amount: whole, tgeAmount, start, lockSeconds, linearSeconds, cliff, time };
  },
  encode: (list) =>
    encodeAbiParameters(vestingTypes, [
      list.map(({ cliff, time, lockSeconds, linearSeconds, ...grant }) => ({
        grant: {
          ...grant,
          beneficiary: '0x0000000000000000000000000000000000001000' as const,
          lockSeconds: Number(lockSeconds),
          linearSeconds: Number(linearSeconds),
          mode: cliff ? 1 : 0,
          revocable: false,
          bucket,
        },
        time,
      })),
    ]),
  decode: decodeNumbers,
  error({ cliff, time, amount, tgeAmount, ...rest }, answer) {
    const mode = cliff ? 'cliff' : 'lock-then-linear';
    const terms = { ...rest, amount: amount as Wei, tgeAmount: tgeAmount as Wei, mode } as const;
    return distance(vestedAmount(terms, time), answer);
  },
};

const staking: Formula<{ readonly amount: bigint; readonly rate: bigint }, bigint> = {
  name: 'staking',
  contract: 'MasaStaking.rewardFor',
  draw: ({ between, amount }) => ({
    amount: amount(1n, between(0n, 1n) === 0n ? supply : 2n ** 128n - 1n),
    rate: amount(1n, 100_000_000n),
  }),
  encode: (list) =>
    encodeAbiParameters(
      parseAbiParameters(['Point[] points', 'struct Point { uint256 amount; uint256 rate; }']),
      [list],
    ),
  decode: decodeNumbers,
  error: ({ amount, rate }, answer) => distance(stakingReward(amount as Wei, rate), answer),
};

interface SplitPoint {
  readonly amount: bigint;
  readonly burn: number;
  readonly shares: readonly number[];
}
interface SplitAnswer {
  readonly burned: bigint;
  readonly credits: readonly bigint[];
}
const split: Formula<SplitPoint, SplitAnswer> = {
  name: 'split',
  contract: 'FeeSplitter.distribute',
  draw({ between, amount }) {
    const burn = Number(amount(0n, 10_000n));
    const count = Number(between(burn === 10_000 ? 0n : 1n, 5n));
    const shares: number[] = [];
    let left = 10_000n;
    for (let index = count - 1; index >= 0; index -= 1) {
      const share = index === 0 ? left : amount(1n, left - BigInt(index));
      shares.push(Number(share));
      left -= share;
    }
    return { amount: amount(0n, supply), burn, shares };
  },
  encode: (list) =>
    encodeAbiParameters(
      parseAbiParameters([
        'Point[] points',
        'struct Point { uint256 amount; uint16 burn; uint16[] shares; }',
      ]),
      [list],
    ),
  decode: (data) =>
    decodeAbiParameters(
      parseAbiParameters([
        'Answer[] answers',
        'struct Answer { uint256 burned; uint256[] credits; }',
      ]),
      data,
    )[0],
  error({ amount, burn, shares }, { burned, credits }) {
    const expected = splitFee(amount as Wei, burn, shares);
    const errors = expected.credits.map((value, index) => distance(value, credits[index]!));
    return [distance(expected.burned, burned), ...errors].reduce((a, b) => (a > b ? a : b));
  },
};

/** One chunk for each run of forge, which keeps every call in memory until it ends. */
function answer(name: string, file: string): void {
  const argv = [
    'scripts/dev/forge.mjs',
    'script',
    'contracts/script/Differential.s.sol:Differential',
  ];
  argv.push('--gas-limit', '9223372036854775807', '--memory-limit', String(2 ** 30));
  argv.push('--sig', `${name}(string)`, file);
  execFileSync(process.execPath, argv, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    // The script owns the contracts that it makes; nothing is broadcast.
    env: { ...process.env, FOUNDRY_SCRIPT_EXECUTION_PROTECTION: 'false' },
  });
}

function compare<Point, Answer>(formula: Formula<Point, Answer>, count: number): bigint {
  // Forge may write there, see foundry.toml.
  const name = `contracts/cache/differential/${formula.name}`;
  const folder = join(root, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const draw = createDraw(seed);
  const chunks: Point[][] = [];
  for (let done = 0; done < count; done += chunkSize) {
    const chunk = Array.from({ length: Math.min(chunkSize, count - done) }, () =>
      formula.draw(draw),
    );
    const data = Buffer.from(formula.encode(chunk).slice(2), 'hex');
    writeFileSync(join(folder, `${chunks.length}.points`), data);
    chunks.push(chunk);
  }
  let largest = 0n;
  let compared = 0;
  for (const [index, chunk] of chunks.entries()) {
    answer(formula.name, `${name}/${index}`);
    const data = readFileSync(join(folder, `${index}.answers`)).toString('hex');
    const answers = formula.decode(`0x${data}`);
    for (const [place, point] of chunk.entries()) {
      const error = formula.error(point, answers[place]!);
      if (error > 0n && largest === 0n) console.error('first difference', point, answers[place]);
      if (error > largest) largest = error;
      compared += 1;
    }
  }
  rmSync(folder, { recursive: true, force: true });
  console.log(
    `${formula.contract.padEnd(24)} ${compared.toLocaleString('en')} points, largest error ${largest} wei`,
  );
  return largest;
}

console.log(`seed 0x${seed.toString(16)}`);
const each = Math.ceil(points / 3);
const largest = [compare(vesting, each), compare(staking, each), compare(split, each)];
if (largest.some((error) => error !== 0n)) process.exitCode = 1;
