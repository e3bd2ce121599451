import { describe, expect, it } from 'vitest';
import { parsePlanText } from './parse-plan-text.js';
import { findLine, leavesOf, plainValue } from './plan-node.js';
import { planChoices, selectPlan } from './select-plan.js';

const text = `
name: base
_source: { source: top, confidence: B }
list: [1, 2]
deep: { kept: 1, changed: 2, removed: 3 }
defaults: { profile: one, overlays: [b] }
profiles:
  one: { deep: { changed: 20 } }
  two: { _source: { source: profile two, confidence: C, note: n }, deep: { changed: 200 } }
overlays:
  a: { list: [9], deep: { added: 4 } }
  b: { extends: a, deep: { removed: null, changed: 5 } }
  c: { extends: c, deep: { changed: 7 } }
`;
const root = parsePlanText(text, 'f.yaml');
const select = (parameters: Parameters<typeof selectPlan>[2] = {}) =>
  selectPlan(root, 'f', parameters);

describe('selectPlan', () => {
  it('merges defaults: maps by key, lists as a whole, null removes, extends first', () => {
    const { node, profile, overlays } = select();
    expect(plainValue(node)).toEqual({
      name: 'base',
      list: [9],
      deep: { kept: 1, changed: 5, added: 4 },
    });
    expect({ profile, overlays }).toEqual({ profile: 'one', overlays: ['b'] });
  });

  it('takes no overlay when told', () => {
    expect(plainValue(select({ overlays: [] }).node)).toEqual({
      name: 'base',
      list: [1, 2],
      deep: { kept: 1, changed: 20, removed: 3 },
    });
  });

  it('merges overlays in order, and single values last', () => {
    const sets = ['deep.kept=x', 'list.0=7', 'more.and.more={a: [1, "2"]}', 'deep.changed=null'];
    expect(plainValue(select({ overlays: ['c', 'a'], sets }).node)).toEqual({
      name: 'base',
      list: [7],
      deep: { kept: 'x', removed: 3, added: 4 },
      more: { and: { more: { a: [1, '2'] } } },
    });
  });

  it('survives an overlay that extends itself', () => {
    expect(plainValue(select({ overlays: ['c'] }).node)).toMatchObject({ deep: { changed: 7 } });
  });

  it('keeps text for a quoted amount that is set to a number', () => {
    const amounts = parsePlanText("supply: '5'", 'f.yaml');
    const { node } = selectPlan(amounts, 'f', { sets: ['supply=7'] });
    expect(plainValue(node)).toEqual({ supply: '7' });
    const large = selectPlan(amounts, 'f', { sets: ['supply=1588866523000000000000000001'] });
    expect(plainValue(large.node)).toEqual({ supply: '1588866523000000000000000001' });
  });

  it('takes an address that is not quoted as text, also where there was none', () => {
    const address = `0x${'12'.repeat(20)}`;
    const plan = parsePlanText(`accounts: { a: '0x${'00'.repeat(20)}' }`, 'f.yaml');
    const sets = [`accounts.a=${address}`, `accounts.b=${address}`];
    expect(plainValue(selectPlan(plan, 'f', { sets }).node)).toEqual({
      accounts: { a: address, b: address },
    });
  });

  it('does not depend on how often a plan is selected', () => {
    expect(select({ profile: 'two' })).toEqual(select({ profile: 'two' }));
    expect(plainValue(select().node)).toEqual(plainValue(select().node));
  });

  it('knows the source of each value: own, inherited, from the layer or the command line', () => {
    const leaves = new Map(leavesOf(select({ profile: 'two', sets: ['list=[3]'] }).node));
    expect(leaves.get('deep.kept')?.source).toEqual({
      source: 'top',
      confidence: 'B',
      assumed: false,
    });
    expect(leaves.get('list.0')?.source?.source).toBe('command line');
    const two = new Map(leavesOf(select({ profile: 'two', overlays: [] }).node));
    expect(two.get('deep.changed')?.source).toEqual({
      source: 'profile two',
      confidence: 'C',
      assumed: false,
      note: 'n',
    });
  });

  it('remembers lines through a merge', () => {
    const { node } = select();
    expect(findLine(node, ['deep', 'added'])).toBe(11);
    expect(findLine(node, ['deep', 'changed'])).toBe(12);
    expect(findLine(node, ['deep', 'nothing', 'there'])).toBe(5);
    expect(findLine(node, ['list', 0])).toBe(11);
  });
});

describe('planChoices', () => {
  it('lists what there is', () => {
    expect(planChoices(root)).toEqual({
      profiles: ['one', 'two'],
      overlays: ['a', 'b', 'c'],
      defaultProfile: 'one',
      defaultOverlays: ['b'],
    });
    expect(planChoices(parsePlanText('a: 1', 'f'))).toEqual({
      profiles: [],
      overlays: [],
      defaultProfile: undefined,
      defaultOverlays: [],
    });
  });
});
