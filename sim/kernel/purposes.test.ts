import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { resolvePlan } from '../../genesis/plan/resolve-plan.js';
import { runModel } from '../engine/run-model.js';

const draws = vi.hoisted(() => ({
  uses: new Map<string, Set<string>>(),
  keys: new Set<string>(),
}));

vi.mock('./philox.js', async (load) => {
  const real = await load<typeof import('./philox.js')>();
  return {
    philox: (...words: Parameters<typeof real.philox>) => {
      draws.keys.add(`${words[4]} ${words[5]}`);
      return real.philox(...words);
    },
  };
});

vi.mock('./stream.js', async (load) => {
  const real = await load<typeof import('./stream.js')>();
  return {
    Stream: class extends real.Stream {
      constructor(...words: ConstructorParameters<typeof real.Stream>) {
        super(...words);
        note(words[2], words[3] ? 'stream of an entity' : 'stream');
      }
    },
  };
});

vi.mock('./typescript-kernel.js', async (load) => {
  const real = await load<typeof import('./typescript-kernel.js')>();
  return {
    createTypescriptKernel: (key: readonly [number, number]) => {
      const kernel = real.createTypescriptKernel(key);
      return {
        ...kernel,
        skipSample: (...words: Parameters<typeof kernel.skipSample>) => {
          note(words[3], 'skip');
          return kernel.skipSample(...words);
        },
        skipClass: (...words: Parameters<typeof kernel.skipClass>) => {
          note(words[6], 'skip');
          return kernel.skipClass(...words);
        },
        thin: (...words: Parameters<typeof kernel.thin>) => {
          note(words[3], 'word');
          return kernel.thin(...words);
        },
        weibullDays: (...words: Parameters<typeof kernel.weibullDays>) => {
          note(words[4], 'word');
          return kernel.weibullDays(...words);
        },
      };
    },
  };
});

/** Draws of entity 0 and draws of entities have different counters; two uses of the same of them would share words. */
function note(purpose: number, use: 'stream' | 'skip' | 'stream of an entity' | 'word'): void {
  const place = `${purpose} ${use === 'stream' || use === 'skip' ? 'alone' : 'by entity'}`;
  draws.uses.set(place, (draws.uses.get(place) ?? new Set()).add(use));
}

const file = 'genesis/plans/masa.yaml';
const plan = resolvePlan({ text: readFileSync(file, 'utf8'), file });
const run = { plan, seed: 1, run: 0, scale: 2000 };

beforeEach(() => {
  draws.uses.clear();
  draws.keys.clear();
});

describe('draws of the model', () => {
  it('take each purpose for one kind of draw, so that no two kinds read the same words', () => {
    runModel({ ...run, days: 200 });
    expect(draws.uses.size).toBeGreaterThan(15);
    for (const [place, uses] of draws.uses) expect([place, ...uses]).toHaveLength(2);
  });

  it('have a key of seed and run alone: a scenario shares it, another run does not', () => {
    const keysOf = (options: Partial<Parameters<typeof runModel>[0]>) => {
      draws.keys.clear();
      runModel({ ...run, days: 5, ...options });
      return [...draws.keys].sort();
    };
    const base = keysOf({});
    const scenario = [{ day: 2, path: 'contribution.claimPerDay', value: 0.2 }];
    // The model's key, and the fixed one under which it is made.
    expect(base).toHaveLength(2);
    expect(keysOf({ interventions: scenario })).toEqual(base);
    expect(keysOf({ run: 1 })).not.toEqual(base);
    expect(keysOf({ seed: 2 })).not.toEqual(base);
    expect(keysOf({ seed: 1, run: 0 })).toEqual(base);
  });
});
