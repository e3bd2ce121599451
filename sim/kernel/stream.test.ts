import { describe, expect, it } from 'vitest';
import { sampleBinomial } from './samplers/binomial.js';
import { sampleNormal } from './samplers/normal.js';
import { samplePoisson } from './samplers/poisson.js';
import { Stream } from './stream.js';

const fresh = () => new Stream([1, 2], 3, 4);
const ten = (draw: (stream: Stream) => number) => {
  const stream = fresh();
  return Array.from({ length: 10 }, () => draw(stream));
};

describe('Stream', () => {
  it('is the source of the samplers', () => {
    expect(ten((stream) => stream.binomial(50, 0.5))).toEqual(
      ten((stream) => sampleBinomial(stream, 50, 0.5)),
    );
    expect(ten((stream) => stream.poisson(12.5))).toEqual(
      ten((stream) => samplePoisson(stream, 12.5)),
    );
    expect(ten((stream) => stream.normal())).toEqual(ten((stream) => sampleNormal(stream)));
  });

  /** Stored studies are resumed only if these stay; a change of them is a change of every result. */
  it('draws what it always drew', () => {
    expect(
      Object.fromEntries(
        Object.entries({
          word: (stream: Stream) => stream.word(),
          uniform: (stream: Stream) => stream.uniform(),
          normal: (stream: Stream) => stream.normal(),
          exponential: (stream: Stream) => stream.exponential(),
          'poisson 0.5': (stream: Stream) => stream.poisson(0.5),
          'poisson 12.5': (stream: Stream) => stream.poisson(12.5),
          'poisson 10^6': (stream: Stream) => stream.poisson(1e6),
          'binomial 20 0.1': (stream: Stream) => stream.binomial(20, 0.1),
          'binomial 100 0.95': (stream: Stream) => stream.binomial(100, 0.95),
          'binomial 1.4e6 0.03': (stream: Stream) => stream.binomial(1_400_000, 0.03),
        }).map(([name, draw]) => [name, ten(draw).join(' ')]),
      ),
    ).toMatchInlineSnapshot(`
      {
        "binomial 1.4e6 0.03": "41958 42152 41921 41574 42184 42187 42021 41892 42314 42019",
        "binomial 100 0.95": "96 98 94 97 96 94 98 97 93 98",
        "binomial 20 0.1": "2 0 3 1 1 2 0 1 3 0",
        "exponential": "0.8525594677161149 2.5570631128767856 0.28897749531852956 1.8303262279223143 1.0096949387994645 0.4027190871904181 2.8781805840736268 1.8944324357469011 0.23480521559672515 2.165259746699521",
        "normal": "-0.1857449815574329 0.6714374780238827 -0.34690829927166494 -1.5871707538676942 0.8089389040891042 0.8225295873838507 0.0928218034944648 -0.47354790042998796 1.3091182480258559 0.08233220899647606",
        "poisson 0.5": "0 0 1 0 0 1 0 0 1 0",
        "poisson 10^6": "999792 1000755 999610 997886 1000910 1000926 1000104 999467 1001558 1000092",
        "poisson 12.5": "12 15 11 5 16 13 10 13 8 10",
        "uniform": "0.42632237600628287 0.0775321094552055 0.7490290618734434 0.1603612449252978 0.3643301055999473 0.6684998631244525 0.05623698828276247 0.1504036745755002 0.7907248554984108 0.11472013255115598",
        "word": "1831040662 332997874 3217055324 688746302 1564785888 2871185049 241536025 645978863 3396137394 492719217",
      }
    `);
  });
});
