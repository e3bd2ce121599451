import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { normalQuantile } from '../real-functions.js';
import { Stream } from '../stream.js';
import { sampleBinomial } from './binomial.js';
import { sampleExponential } from './exponential.js';
import { sampleGamma } from './gamma.js';
import { sampleGeometric } from './geometric.js';
import { type Judgement, judgeSample, type Law, normalScore } from './judge-sample.js';
import { sampleLogNormal } from './log-normal.js';
import { sampleNormal } from './normal.js';
import { samplePoisson } from './poisson.js';
import type { RandomSource } from './random-source.js';

/**
 * Seeds are fixed, so a result never changes by chance. About 200 statistics are each held to 4.5 deviations: a right
 * family of samplers would have failed at the first choice of seeds with probability 0.0014.
 */
const LIMIT = 4.5;

const { draws, laws } = JSON.parse(
  readFileSync(new URL('fixtures/laws.json', import.meta.url), 'utf8'),
) as { draws: number; laws: Law[] };

type Sampler = (source: RandomSource, ...args: number[]) => number;
const samplers: Record<string, Sampler> = {
  binomial: (source, n, p) => sampleBinomial(source, n!, p!),
  poisson: (source, mean) => samplePoisson(source, mean!),
  geometric: (source, p) => sampleGeometric(source, p!),
  gamma: (source, shape) => sampleGamma(source, shape!),
  normal: (source, mean, deviation) => sampleNormal(source, mean, deviation),
  exponential: (source, rate) => sampleExponential(source, rate),
  logNormal: (source, mu, sigma) => sampleLogNormal(source, mu!, sigma!),
};

function judge(law: Law, sampler: Sampler, source: RandomSource = streamOf(law)): Judgement {
  const values = new Float64Array(draws);
  for (let at = 0; at < draws; at += 1) values[at] = sampler(source, ...law.args);
  return judgeSample(law, values);
}

function streamOf(law: Law): Stream {
  return new Stream([2024, 7], laws.indexOf(law), 1);
}

function find(sampler: string, ...args: number[]): Law {
  const law = laws.find((one) => one.sampler === sampler && `${one.args}` === `${args}`);
  if (law === undefined) throw new RangeError(`no law ${sampler} ${args}`);
  return law;
}

const worst = (judgement: Judgement) =>
  Math.max(...Object.values(judgement).map((z: number) => Math.abs(z)));

describe('samplers against exact laws', () => {
  const rows: string[] = [];
  const all: Judgement[] = [];
  afterAll(() => {
    if (process.env.SHOW) process.stdout.write(`${rows.join('\n')}\n`);
  });

  it.each(laws.map((law) => [law.sampler, law.args.join(' '), law] as const))(
    '%s %s has its mean, variance and bins',
    (sampler, args, law) => {
      const judgement = judge(law, samplers[sampler]!);
      all.push(judgement);
      const z = Object.entries(judgement).map(([name, value]) => `${name} ${value.toFixed(2)}`);
      rows.push(`${sampler.padEnd(11)} ${args.padEnd(24)} z: ${z.join(', ')}`);
      expect(worst(judgement), rows.at(-1)).toBeLessThan(LIMIT);
    },
  );

  it('deviates over all laws together no more than chance does', () => {
    for (const name of ['mean', 'chiSquare'] as const) {
      const sum = all.reduce((total, one) => total + one[name] ** 2, 0);
      const score = normalScore(sum, all.length);
      rows.push(`joint ${name} of ${all.length} laws: z ${score.toFixed(2)}`);
      expect(Math.abs(score), rows.at(-1)).toBeLessThan(3.3);
    }
  });
});

describe('the same judge refuses a biased sampler', () => {
  /** Bits that are thrown away show in laws that need them. */
  const coarse = (law: Law, bits: number): RandomSource => {
    const stream = streamOf(law);
    return { word: () => ((stream.word() >>> (32 - bits)) << (32 - bits)) >>> 0 };
  };
  it.each<[string, Law, Sampler]>([
    [
      'rounded normal approximation',
      find('binomial', 40, 0.25),
      (source, n, p) => Math.round(n! * p! + Math.sqrt(n! * p! * (1 - p!)) * sampleNormal(source)),
    ],
    [
      'probability through 1 - (1 - p)',
      find('binomial', Number.MAX_SAFE_INTEGER, 1.6e-16),
      (source, n, p) => sampleBinomial(source, n!, 1 - (1 - p!)),
    ],
    [
      'odds turned over',
      find('binomial', 1_400_000, 0.03),
      (source, n, p) => n! - sampleBinomial(source, n!, p!),
    ],
    [
      'in one draw of ten a trial lost',
      find('binomial', 10, 0.3),
      (source, n, p) => sampleBinomial(source, source.word() < 4.3e8 ? n! - 1 : n!, p!),
    ],
    ['rate 1 % high', find('poisson', 30), (source, mean) => samplePoisson(source, 1.01 * mean!)],
    ['spread 1 % wide', find('normal', 0, 1), (source) => 1.01 * sampleNormal(source)],
    [
      'right mean and variance, wrong shape',
      find('gamma', 4),
      (source) => 4 + 2 * normalQuantile((source.word() + 0.5) / 2 ** 32),
    ],
    [
      'gap counted from 1',
      find('geometric', 0.001),
      (source, p) => 1 + Math.floor(sampleExponential(source, p! * 1.01)),
    ],
    ['no boost below shape 1', find('gamma', 0.9), (source) => sampleGamma(source, 1)],
  ])('%s', (_, law, sampler) => {
    expect(worst(judge(law, sampler))).toBeGreaterThan(LIMIT);
  });
  it('words of 10 bits', () => {
    const law = find('exponential', 0.25);
    const ten = coarse(law, 10);
    expect(
      worst(judge(law, (_, rate) => -Math.log((ten.word() + 0.5) / 2 ** 32) / rate!)),
    ).toBeGreaterThan(LIMIT);
  });
});

describe('rare events', () => {
  /** The words that decide an event of probability 10^-10 are forced; what follows is random. */
  it('come as often as they should although one word cannot tell', () => {
    const stream = new Stream([1, 1], 1, 1);
    const p = 1e-10;
    let hits = 0;
    for (let at = 0; at < 100_000; at += 1) {
      let forced = false;
      const source = {
        word: () => {
          if (forced) return stream.word();
          forced = true;
          return 0xffffffff;
        },
      };
      hits += sampleBinomial(source, 1, p);
    }
    const expected = p * 2 ** 32;
    expect(Math.abs(hits / 1e5 - expected)).toBeLessThan(
      4.5 * Math.sqrt((expected * (1 - expected)) / 1e5),
    );
    expect(sampleBinomial({ word: () => 0xfffffffe }, 1, p)).toBe(0);
  });
  it('stay within the trials for the most extreme words', () => {
    for (const word of [0, 0xffffffff])
      for (const n of [1, 2, 3, 10, 1_000, 2 ** 53 - 1])
        for (const p of [1e-300, 1e-17, 1e-10, 1e-4, 0.3, 0.5, 0.7, 1 - 1e-12]) {
          if (Math.min(p, 1 - p) * n >= 10) continue;
          const count = sampleBinomial({ word: () => word }, n, p);
          expect(count >= 0 && count <= n, `${n} ${p} ${word}: ${count}`).toBe(true);
        }
  });
});
