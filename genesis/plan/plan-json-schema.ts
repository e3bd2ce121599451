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
const shared = {
  provenance: { type: 'string', minLength: 1, description: 'Package, file, paper or page' },
  confidence: {
    enum: ['A', 'B', 'C', 'D', 'X'],
    description: 'A record, B published by the project, C press, D inference, X nothing found',
  },
  assumed: { type: 'boolean', description: 'Whether the value is a choice of the modeller' },
  note: { type: 'string' },
  unit: { type: 'string' },
};
const stated = {
  source: reference('provenance'),
  confidence: reference('confidence'),
  assumed: reference('assumed'),
  note: reference('note'),
};
const source = {
  type: 'object',
  description: 'Where every value below this place comes from',
  properties: stated,
  required: ['source', 'confidence'],
  additionalProperties: false,
};

/**
 * JSON Schema (draft 2020-12) of a plan file for editors, made from the zod schema: every leaf may also be
 * `{ value, source, confidence, … }`, every map may carry `_source`, and profiles and overlays are parts of a plan.
 */
export function planJsonSchema(): Record<string, unknown> {
  const { $schema, ...plan } = z.toJSONSchema(planSchema, { io: 'input' }) as JsonSchema;
  const leaves: Record<string, unknown> = {};
  const whole = forFiles(plan, '', { leaves, partial: false });
  const part = forFiles(plan, '', { leaves, partial: true });
  const names = { type: 'array', items: { type: 'string' } };
  const layer = { type: 'object', additionalProperties: reference('part') };
  const extending = { type: 'string', description: 'Overlay that is merged before this one' };
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
    $defs: {
      ...shared,
      source,
      part: { ...part, properties: { ...part.properties, extends: extending } },
      ...leaves,
    },
  };
}

interface Rewriting {
  /** Definitions of the leaves by path, filled while rewriting. */
  readonly leaves: Record<string, unknown>;
  /** Drops what is required and lets null remove a key. */
  readonly partial: boolean;
}

function forFiles(schema: JsonSchema, path: string, rewriting: Rewriting): JsonSchema {
  const below = (key: string) => (path === '' ? key : `${path}.${key}`);
  if (schema.type === 'object') {
    const { required, propertyNames, ...rest } = schema;
    const properties = Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([key, child]) => [
        key,
        forFiles(child, below(key), rewriting),
      ]),
    );
    const more = schema.additionalProperties;
    return {
      ...rest,
      properties: { ...properties, _source: reference('source') },
      ...(propertyNames !== undefined && {
        propertyNames: { anyOf: [propertyNames, { const: '_source' }] },
      }),
      ...(typeof more === 'object' && {
        additionalProperties: forFiles(more, below('any'), rewriting),
      }),
      ...(!rewriting.partial && required !== undefined && { required }),
    };
  }
  // Lists are replaced as a whole, so that what they hold is never partial.
  const inner = { ...rewriting, partial: false };
  const { description, unit, allowed: _, ...bare } = schema;
  const core =
    schema.items === undefined
      ? bare
      : { ...bare, items: forFiles(schema.items, below('item'), inner) };
  rewriting.leaves[path] = {
    ...(description !== undefined && { description: `${description} (${unit})` }),
    anyOf: [
      core,
      {
        type: 'object',
        properties: { value: core, ...stated, unit: reference('unit') },
        required: ['value', 'source', 'confidence'],
        additionalProperties: false,
      },
    ],
  };
  const leaf = reference(path);
  return rewriting.partial ? { anyOf: [leaf, { type: 'null' }] } : leaf;
}
