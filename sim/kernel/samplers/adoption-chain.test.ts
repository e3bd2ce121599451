import { expect, it } from 'vitest';
import { Stream } from '../stream.js';
import { judgeSample } from './judge-sample.js';

/** Exact law of those who joined after `days`: h = p + q A / N a day, each for oneself (a Markov chain on 0..N). */
function adoptionLaw(n: number, days: number, p: number, q: number): Float64Array {
  let now = new Float64Array(n + 1);
  now[0] = 1;
  for (let day = 0; day < days; day += 1) {
    const next = new Float64Array(n + 1);
    for (let adopted = 0; adopted <= n; adopted += 1) {
      if (now[adopted]! < 1e-30) continue;
      const hazard = p + (q * adopted) / n;
      let chance = now[adopted]! * (1 - hazard) ** (n - adopted);
      for (let joins = 0; adopted + joins <= n; joins += 1) {
        next[adopted + joins]! += chance;
        chance *= (((n - adopted - joins) / (joins + 1)) * hazard) / (1 - hazard);
      }
    }
    now = next;
  }
  return now;
}

/** Daily binomial draws that feed back, by one stream a day: an error in any of them, or between them, adds up. */
it('a chain of dependent binomial draws has the exact law after 250 days', () => {
  const [n, days, p, q, runs] = [100, 250, 0.002, 0.02, 4000];
  const exact = adoptionLaw(n, days, p, q);
  const moment = (power: number, about: number) =>
    exact.reduce((sum, chance, adopted) => sum + chance * (adopted - about) ** power, 0);
  const mean = moment(1, 0);
  const variance = moment(2, mean);
  const edges: number[] = [];
  const probabilities: number[] = [];
  let mass = 0;
  for (const [adopted, chance] of exact.entries()) {
    mass += chance;
    if (mass < 0.04 || adopted === n) continue;
    edges.push(adopted);
    probabilities.push(mass);
    mass = 0;
  }
  edges.pop();
  const last = probabilities.pop()!;
  probabilities.push(last + mass);
  const finals = Array.from({ length: runs }, (_, run) => {
    let adopted = 0;
    for (let day = 0; day < days; day += 1)
      adopted += new Stream([run, 5], day, 9).binomial(n - adopted, p + (q * adopted) / n);
    return adopted;
  });
  const judgement = judgeSample(
    {
      sampler: 'adoption',
      args: [],
      mean,
      variance,
      excessKurtosis: moment(4, mean) / variance ** 2 - 3,
      edges,
      probabilities,
    },
    finals,
  );
  for (const [name, z] of Object.entries(judgement))
    expect(Math.abs(z), `${name} ${z}`).toBeLessThan(4);
  if (process.env.SHOW) process.stdout.write(`${mean} ${variance} ${JSON.stringify(judgement)}\n`);
});
