import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { planJsonSchema } from './plan-json-schema.js';

const path = (name: string) => fileURLToPath(new URL(`../plans/${name}`, import.meta.url));
const read = (name: string) => readFileSync(path(name), 'utf8');

describe('planJsonSchema', () => {
  it('is the committed schema', async () => {
    const text = `${JSON.stringify(planJsonSchema(), null, 1)}\n`;
    await expect(text).toMatchFileSnapshot(path('plan.schema.json'));
  });

  const schema = z.fromJSONSchema(planJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);

  it.each(['masa.yaml', 'neutral.yaml'])('accepts %s, sources and layers included', (name) => {
    const { error } = schema.safeParse(parse(read(name)));
    expect(error?.issues ?? []).toEqual([]);
  });

  it.each([
    ['unknown key', 'supply:', 'suply:'],
    ['unknown key in an overlay', 'chain: { chainId: 2718282 }', 'chain: { chainID: 2718282 }'],
    ['wrong type', "'1000000000'", '1000000000'],
    ['out of range', 'initialActiveShare: 0.1', 'initialActiveShare: 1.1'],
    ['source without confidence', 'symbol: NTL', 'symbol: { value: NTL, source: me }'],
    ['unknown mode', 'mode: cliff', 'mode: clif'],
  ])('refuses: %s', (_, from, to) => {
    const text = read('neutral.yaml').replace(from, to);
    expect(text).not.toBe(read('neutral.yaml'));
    expect(schema.safeParse(parse(text)).success).toBe(false);
  });
});
