import { z } from 'zod';
import { planSchema } from './plan-schema.js';

interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly description?: string;
  readonly [key: string]: unknown;
}

const reference = (name: string) => ({ $ref: `#/$defs/${name}` });
const definitions = {
  source: {
    type: 'object',
    description: 'Where every value below this place comes from',
    properties: {
      source: { type: 'string', minLength: 1 },
      confidence: { enum: ['A', 'B', 'C', 'D', 'X'] },
      assumed: { type: 'boolean' },
      note: { type: 'string' },
    },
    required: ['source', 'confidence'],
    additionalProperties: false,
  },
};

/**
 * JSON Schema (draft 2020-12) of a plan file for editors, made from the zod schema: every leaf may also be
 * `{ value, source, confidence, … }`, every map may carry `_source`, and profiles and overlays are parts of a plan.
 */
export function planJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(planSchema, { io: 'input' }) as JsonSchema;
  const { $schema, ...plan } = schema;
  const whole = forFiles(plan, false);
  const names = { type: 'array', items: { type: 'string' } };
  const layer = { type: 'object', additionalProperties: reference('part') };
  return {
    $schema,
    title: 'Plan of an L1: its chain, its token and its economy',
    ...whole,
    properties: {
      ...whole.properties,
      defaults: {
        type: 'object',
        description: 'What holds when nothing is chosen',
        properties: { profile: { type: 'string' }, overlays: names },
        additionalProperties: false,
      },
      profiles: { description: 'Parts of a plan, of which one is merged', ...layer },
      overlays: { description: 'Parts of a plan, merged in the order asked for', ...layer },
    },
    $defs: { ...definitions, part: withExtends(forFiles(plan, true)) },
  };
}

function withExtends(part: JsonSchema): JsonSchema {
  const own = { type: 'string', description: 'Overlay that is merged before this one' };
  return { ...part, properties: { ...part.properties, extends: own } };
}

/** Adds provenance; `partial` also drops what is required and lets null remove a key. */
function forFiles(schema: JsonSchema, partial: boolean): JsonSchema {
  if (schema.type === 'object') {
    const { required, ...rest } = schema;
    const properties = Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([key, child]) => [
        key,
        forFiles(child, partial),
      ]),
    );
    const more = schema.additionalProperties;
    return {
      ...rest,
      properties: { ...properties, _source: reference('source') },
      ...(typeof more === 'object' && { additionalProperties: forFiles(more, partial) }),
      ...(!partial && required !== undefined && { required }),
    };
  }
  const items =
    schema.items === undefined ? schema : { ...schema, items: forFiles(schema.items, partial) };
  const stated = {
    type: 'object',
    properties: {
      value: items,
      ...definitions.source.properties,
      unit: { type: 'string' },
    },
    required: ['value', 'source', 'confidence'],
    additionalProperties: false,
  };
  const described = schema.description === undefined ? {} : { description: schema.description };
  return { ...described, anyOf: [items, stated, ...(partial ? [{ type: 'null' }] : [])] };
}
