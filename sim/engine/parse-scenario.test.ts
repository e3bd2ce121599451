import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ToolkitError } from '../../genesis/base/errors.js';
import { resolvePlan } from '../../genesis/plan/resolve-plan.js';
import { parseScenario } from './parse-scenario.js';
import { verifyScenarios } from './verify-scenarios.js';

const good = `id: half
label: half
what: half of it
interventions:
  - { day: 1, path: buyers.arrivalsPerMonth, factor: 0.5 }
`;

describe('parseScenario', () => {
  it('reads every scenario that comes with the toolkit, and the plan has all its numbers', () => {
    const file = 'genesis/plans/masa.yaml';
    const plan = resolvePlan({ text: readFileSync(file, 'utf8'), file });
    const names = readdirSync('sim/scenarios').filter((name) => name.endsWith('.yaml'));
    expect(names.length).toBeGreaterThanOrEqual(3);
    for (const name of names) {
      const scenario = parseScenario(readFileSync(`sim/scenarios/${name}`, 'utf8'), name);
      expect(`${scenario.id}.yaml`).toBe(name);
      verifyScenarios(plan, { days: 1460, scenarios: [scenario] });
    }
  });

  it.each<[string, string, string, number | undefined]>([
    ['an unknown key', good.replace('factor', 'factr'), 'interventions.0', 5],
    ['value and factor', good.replace('factor: 0.5', 'factor: 1, value: 2'), 'interventions.0', 5],
    ['neither', good.replace(', factor: 0.5', ''), 'interventions.0', 5],
    ['text for a number', good.replace('0.5', 'much'), 'interventions.0.factor', 5],
    ['an endless factor', good.replace('0.5', '.inf'), 'interventions.0.factor', 5],
    ['day 0', good.replace('day: 1', 'day: 0'), 'interventions.0.day', 5],
    ['a broken day', good.replace('day: 1', 'day: 1.5'), 'interventions.0.day', 5],
    ['a path out of the tree', good.replace('buyers.', '../'), 'interventions.0.path', 5],
    ['a bad name', good.replace('id: half', 'id: ../x'), 'id', 1],
    ['no label', good.replace('label: half\n', ''), 'label', 1],
    [
      'no interventions',
      good.replace(/interventions:[\s\S]*/, 'interventions: []'),
      'interventions',
      4,
    ],
    ['nothing', '', '(file)', 1],
    ['a list', '[1, 2]', '(file)', 1],
    ['a key twice', `${good}id: again\n`, '(file)', 6],
    ['broken YAML', 'id: [', '(file)', 1],
    ['an alias bomb', `a: &a [1]\nb: [${Array(500).fill('*a').join(',')}]`, '(file)', undefined],
    ['a huge file', '#'.repeat(200_000), '(file)', undefined],
  ])('refuses %s', (_, text, path, line) => {
    const error = refusal(text);
    expect(error.code).toBe('SCENARIO_INVALID');
    expect(error.exitCode).toBe(2);
    expect(error.where).toBe('x.yaml');
    expect(error.problems.map((problem) => problem.path)).toContain(path);
    expect(error.problems[0]!.line).toBe(line);
  });

  it('never throws anything else, whatever the text is', () => {
    for (let cut = 0; cut < good.length; cut += 1) {
      for (const text of [
        good.slice(0, cut),
        `${good.slice(0, cut)}\u0000${good.slice(cut + 1)}`,
      ]) {
        try {
          parseScenario(text, 'x.yaml');
        } catch (error) {
          expect(error).toBeInstanceOf(ToolkitError);
        }
      }
    }
  });
});

function refusal(text: string): ToolkitError {
  try {
    parseScenario(text, 'x.yaml');
  } catch (error) {
    return error as ToolkitError;
  }
  throw new Error('accepted');
}
