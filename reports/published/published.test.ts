import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hashPlan, resolvePlan } from '../../genesis/plan/resolve-plan.js';
import { wideLayout } from '../charts/exhibit.js';
import { unlockScheduleExhibit } from '../charts/unlock-schedule.js';
import { summarizePlan } from '../prepare/summarize-plan.js';

const here = new URL('.', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, here), 'utf8');

describe('published pictures', () => {
  it('have their specification and both schemes beside them', () => {
    for (const file of readdirSync(here).filter((name) => name.endsWith('.vl.json'))) {
      const id = file.slice(0, -'.vl.json'.length);
      for (const name of [`${id}.png`, `${id}.dark.png`]) {
        expect(existsSync(new URL(name, here)), name).toBe(true);
      }
    }
  });

  it('unlock-cumulative is what the plan says today', () => {
    const plan = resolvePlan({
      text: readFileSync(new URL('../../genesis/plans/masa.yaml', here), 'utf8'),
      file: 'masa',
      overlays: [],
    });
    const { groups, unlocks, token } = summarizePlan({ plan, hash: hashPlan(plan), months: 48 });
    const [chart] = unlockScheduleExhibit({
      symbol: token.symbol,
      months: 48,
      groups,
      rows: unlocks,
    }).charts;
    expect(JSON.parse(read('unlock-cumulative.vl.json'))).toEqual(
      JSON.parse(JSON.stringify(chart!.spec(wideLayout))),
    );
  });
});
