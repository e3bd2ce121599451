import { describe, expect, it } from 'vitest';
import { Stream } from '../stream.js';
import { sampleBinomial } from './binomial.js';
import { sampleExponential } from './exponential.js';
import { sampleGamma } from './gamma.js';
import { sampleGeometric } from './geometric.js';
import { hazardProbability } from './hazard.js';
import { sampleLogNormal } from './log-normal.js';
import { sampleMultinomial } from './multinomial.js';
import { sampleNormal } from './normal.js';
import { samplePoisson } from './poisson.js';
import { skipMembers } from './skip-members.js';

const source = new Stream([1, 2], 3, 4);
const bad: Record<string, () => unknown> = {
  'binomial of -1 trials': () => sampleBinomial(source, -1, 0.5),
  'binomial of 1.5 trials': () => sampleBinomial(source, 1.5, 0.5),
  'binomial of 2^53 trials': () => sampleBinomial(source, 2 ** 53, 0.5),
  'binomial of NaN trials': () => sampleBinomial(source, Number.NaN, 0.5),
  'binomial with p 1.0000001': () => sampleBinomial(source, 5, 1.0000001),
  'binomial with p -1e-9': () => sampleBinomial(source, 5, -1e-9),
  'binomial with p NaN': () => sampleBinomial(source, 5, Number.NaN),
  'binomial of a stream with p NaN': () => source.binomial(5, Number.NaN),
  'poisson of mean -1': () => samplePoisson(source, -1),
  'poisson of mean NaN': () => samplePoisson(source, Number.NaN),
  'poisson of infinite mean': () => samplePoisson(source, Number.POSITIVE_INFINITY),
  'poisson of a stream with mean NaN': () => source.poisson(Number.NaN),
  'geometric with p 0': () => sampleGeometric(source, 0),
  'geometric with p 2': () => sampleGeometric(source, 2),
  'geometric with p NaN': () => sampleGeometric(source, Number.NaN),
  'gamma of shape 0': () => sampleGamma(source, 0),
  'gamma of shape NaN': () => sampleGamma(source, Number.NaN),
  'gamma of scale -1': () => sampleGamma(source, 1, -1),
  'exponential of rate 0': () => sampleExponential(source, 0),
  'exponential of rate NaN': () => sampleExponential(source, Number.NaN),
  'normal of deviation -1': () => sampleNormal(source, 0, -1),
  'normal of mean NaN': () => sampleNormal(source, Number.NaN),
  'log-normal of infinite mu': () => sampleLogNormal(source, Number.POSITIVE_INFINITY, 1),
  'log-normal of sigma -1': () => sampleLogNormal(source, 0, -1),
  'multinomial of -1 trials': () => sampleMultinomial(source, -1, [1]),
  'multinomial with a weight -1': () => sampleMultinomial(source, 1, [1, -1]),
  'multinomial with a weight NaN': () => sampleMultinomial(source, 1, [1, Number.NaN]),
  'multinomial without weight': () => sampleMultinomial(source, 1, [0, 0]),
  'multinomial without cells': () => sampleMultinomial(source, 1, []),
  'multinomial with an endless sum': () =>
    sampleMultinomial(source, 1, [Number.MAX_VALUE, Number.MAX_VALUE]),
  'skips over -1 members': () => skipMembers(source, -1, 0.5),
  'skips with p NaN': () => skipMembers(source, 5, Number.NaN),
  'hazard of rate -1': () => hazardProbability(-1, 1),
  'hazard of duration NaN': () => hazardProbability(1, Number.NaN),
};

describe('samplers refuse', () => {
  it.each(Object.keys(bad))('%s', (name) => {
    expect(bad[name]).toThrow(expect.objectContaining({ code: 'SAMPLER_INVALID', exitCode: 2 }));
  });
  it('draw no word before they refuse, and accept the limits', () => {
    const fresh = new Stream([1, 2], 3, 4);
    expect(source.word()).toBe(fresh.word());
    expect(sampleBinomial(source, 0, 0.5)).toBe(0);
    expect(sampleBinomial(source, 7, 0)).toBe(0);
    expect(sampleBinomial(source, 7, 1)).toBe(7);
    expect(samplePoisson(source, 0)).toBe(0);
    expect(sampleGeometric(source, 1)).toBe(0);
    expect(sampleMultinomial(source, 0, [1, 1])).toEqual([0, 0]);
    expect(sampleNormal(source, 2, 0)).toBe(2);
  });
});
