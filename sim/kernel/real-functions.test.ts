import { all, type BigNumber, create } from 'mathjs';
import { afterAll, describe, expect, it } from 'vitest';
import { exp, expm1, log, log1p, normalQuantile, pow } from './real-functions.js';

/** The oracle: decimal arithmetic of 60 digits. */
const decimal = create(all!, { number: 'BigNumber', precision: 60 }).bignumber as (
  value: number | string,
) => BigNumber;
const view = new DataView(new ArrayBuffer(8));

/** The exact value of a double; its shortest decimal form, which the library would read, is half an ulp off. */
function exactly(x: number): BigNumber {
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 2047n);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = exponent === 0 ? fraction : fraction | 0x10000000000000n;
  const size = decimal(`${mantissa}`).times(decimal(2).pow(Math.max(1, exponent) - 1075));
  return x < 0 ? size.neg() : size;
}

function ulp(x: number): number {
  view.setFloat64(0, Math.abs(x));
  view.setBigInt64(0, view.getBigInt64(0) + 1n);
  return view.getFloat64(0) - Math.abs(x);
}

const errorInUlp = (value: number, exact: BigNumber) =>
  Math.abs(
    Number(
      exactly(value)
        .minus(exact)
        .div(exactly(ulp(Number(exact)))),
    ),
  );

/** Points that cover (0, 1) evenly. */
const spread = (count: number) =>
  Array.from({ length: count }, (_, at) => ((at + 1) * 0.6180339887498949) % 1);

const rows: string[] = [];
afterAll(() => {
  if (process.env.SHOW) process.stdout.write(`${rows.join('\n')}\n`);
});

interface Range {
  readonly name: string;
  readonly points: number[];
  readonly value: (x: number) => number;
  readonly exact: (x: BigNumber) => BigNumber;
  readonly limit: number;
}

const one = decimal(1);
const ranges: Range[] = [
  {
    name: 'exp on (-700, 700)',
    points: spread(600).map((u) => 1400 * u - 700),
    value: exp,
    exact: (x) => x.exp(),
    limit: 1.5,
  },
  {
    name: 'exp on (-1, 1)',
    points: spread(600).map((u) => 2 * u - 1),
    value: exp,
    exact: (x) => x.exp(),
    limit: 1.5,
  },
  {
    name: 'log over all doubles',
    points: spread(600).map((u) => exp(1400 * u - 700)),
    value: log,
    exact: (x) => x.ln(),
    limit: 3,
  },
  {
    name: 'log near 1',
    points: spread(600).map((u) => 1 + (u - 0.5) * u * u * u),
    value: log,
    exact: (x) => x.ln(),
    limit: 3,
  },
  {
    name: 'log of uniform numbers',
    points: spread(600),
    value: log,
    exact: (x) => x.ln(),
    limit: 3,
  },
  {
    name: 'log1p on (-0.99, 3)',
    points: spread(600).map((u) => 3.99 * u - 0.99),
    value: log1p,
    exact: (x) => x.plus(one).ln(),
    limit: 3,
  },
  {
    name: 'log1p of tiny numbers',
    points: spread(300).flatMap((u) => [exp(-46 * u), -exp(-46 * u) / 2]),
    value: log1p,
    exact: (x) => x.plus(one).ln(),
    limit: 3,
  },
  {
    name: 'expm1 on (-3, 3)',
    points: spread(600).map((u) => 6 * u - 3),
    value: expm1,
    exact: (x) => x.exp().minus(one),
    limit: 3,
  },
  {
    name: 'expm1 of tiny numbers',
    points: spread(300).flatMap((u) => [exp(-46 * u), -exp(-46 * u)]),
    value: expm1,
    exact: (x) => x.exp().minus(one),
    limit: 3,
  },
];

describe('real functions against 60 digits', () => {
  it.each(ranges.map((range) => [range.name, range] as const))('%s', (name, range) => {
    let worst = 0;
    for (const x of range.points)
      worst = Math.max(worst, errorInUlp(range.value(x), range.exact(exactly(x))));
    rows.push(`${name}: at most ${worst.toFixed(2)} ulp`);
    expect(worst, rows.at(-1)).toBeLessThan(range.limit);
  });

  it('pow loses digits only as |y ln x| grows', () => {
    let worst = 0;
    let most = 0;
    const points = spread(800);
    for (const [at, u] of points.entries()) {
      const x = exp(12 * u - 6);
      const y = 40 * points[(7 * at + 3) % points.length]! - 20;
      const error = errorInUlp(pow(x, y), exactly(x).pow(exactly(y)));
      most = Math.max(most, error);
      worst = Math.max(worst, error / (4 + 3 * Math.abs(y * log(x))));
    }
    rows.push(`pow: at most ${most.toFixed(1)} ulp, ${worst.toFixed(2)} of 4 + 3 |y ln x|`);
    expect(worst).toBeLessThan(1);
  });

  it('the normal quantile is right to a relative 1.2e-9, to both ends', () => {
    let worst = 0;
    const rootTwoPi = decimal(2).times(decimal(-1).acos()).sqrt();
    for (const p of [...spread(60), ...spread(30).map((u) => exp(-36 * u - 0.7))]) {
      if (p === 0.5) continue;
      const x = exactly(normalQuantile(p));
      // Phi(x) = 1/2 + phi(x) (x + x³/3 + x⁵/15 + …)
      const density = x.times(x).div(-2).exp().div(rootTwoPi);
      let term = x;
      let sum = x;
      for (let odd = 3; term.abs().gt('1e-40'); odd += 2) {
        term = term.times(x).times(x).div(odd);
        sum = sum.plus(term);
      }
      const reached = density.times(sum).plus('0.5');
      const off = reached.minus(exactly(p)).div(density).div(x).abs();
      worst = Math.max(worst, Number(off));
    }
    rows.push(`normalQuantile: relative error at most ${worst.toExponential(2)}`);
    expect(worst).toBeLessThan(1.3e-9);
  });
});

describe('real functions at their ends', () => {
  it.each([
    [exp(Number.NEGATIVE_INFINITY), 0],
    [exp(-746), 0],
    [exp(-745), 5e-324],
    [exp(0), 1],
    [exp(709.78) > 1.79e308, true],
    [exp(709.79), Number.POSITIVE_INFINITY],
    [exp(Number.NaN), Number.NaN],
    [log(0), Number.NEGATIVE_INFINITY],
    [log(-1), Number.NaN],
    [log(1), 0],
    [log(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY],
    [log(Number.NaN), Number.NaN],
    [log(5e-324), -744.4400719213812],
    [log1p(-1), Number.NEGATIVE_INFINITY],
    [log1p(-2), Number.NaN],
    [log1p(1e-300), 1e-300],
    [log1p(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY],
    [expm1(Number.NEGATIVE_INFINITY), -1],
    [expm1(1e-300), 1e-300],
    [expm1(Number.NaN), Number.NaN],
    [pow(0, 0), 1],
    [pow(0, 2), 0],
    [pow(0, -1), Number.POSITIVE_INFINITY],
    [pow(1, Number.MAX_VALUE), 1],
    [pow(2, 0), 1],
    [pow(-1, 0.5), Number.NaN],
    [normalQuantile(0.5), 0],
  ])('case %#: %d is %d', (value, expected) => {
    expect(value).toBe(expected);
  });
});
