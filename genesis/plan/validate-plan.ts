import type { z } from 'zod';
import type { Problem } from '../base/errors.js';
import { isAddressText } from './checksum-address.js';
import type { LeafMeta } from './leaf.js';
import { nearestWord } from './nearest-word.js';
import { invalidPlan } from './parse-plan-text.js';
import { findLine, findNode, leavesOf, type PlanNode, plainValue } from './plan-node.js';
import { type PlanInput, planSchema } from './plan-schema.js';

/**
 * Checks a merged plan against the schema and reports everything at once.
 *
 * @throws ToolkitError `PLAN_INVALID` whose problems are `PLAN_UNKNOWN_KEY`, `PLAN_MISSING_KEY`, `PLAN_TYPE`, `PLAN_RANGE`,
 * `PLAN_FORMAT` or `PLAN_ADDRESS`, each with dotted path, line, value and what is allowed.
 */
export function validatePlan(node: PlanNode, file: string): PlanInput {
  const parsed = planSchema.safeParse(plainValue(node), { reportInput: true });
  const problems = parsed.success
    ? []
    : parsed.error.issues.flatMap((issue) => describeIssue(issue, node));
  for (const [path, leaf] of leavesOf(node)) {
    const value = leaf.value;
    if (typeof value !== 'string' || !/^0x[0-9a-fA-F]{40}$/.test(value)) continue;
    if (isAddressText(value)) continue;
    problems.push({
      code: 'PLAN_ADDRESS',
      path,
      line: leaf.line,
      message: `${value} has a wrong checksum.`,
      allowed: 'an address with its EIP-55 checksum, or all lower case',
      next: 'Compare it with its origin; a digit is wrong or the case was changed.',
    });
  }
  if (problems.length > 0 || !parsed.success) throw invalidPlan(file, problems);
  return parsed.data;
}

function describeIssue(issue: z.core.$ZodIssue, node: PlanNode): Problem[] {
  const path = issue.path.map(String);
  const dotted = path.join('.') || '(file)';
  const line = findLine(node, path);
  const schema = schemaAt(planSchema, path);
  const meta = schema === undefined ? undefined : metaOf(schema);
  const allowed = meta?.allowed;
  const found = findNode(node, path);
  const shown = found === undefined ? 'nothing' : shortText(plainValue(found));
  if (issue.code === 'unrecognized_keys') {
    const known = keysOf(schema);
    return issue.keys.map((key) => {
      const near = nearestWord(key, known);
      return {
        code: 'PLAN_UNKNOWN_KEY',
        path: [...path, key].join('.'),
        line: findLine(node, [...path, key]),
        message: `Unknown key "${key}".`,
        allowed: known.join(', '),
        next: near === undefined ? 'Remove it.' : `Did you mean "${near}"?`,
      };
    });
  }
  if (found === undefined) {
    return [
      { code: 'PLAN_MISSING_KEY', path: dotted, line, message: 'This key is missing.', allowed },
    ];
  }
  if (issue.code === 'invalid_key') {
    const inner = issue.issues[0];
    const keyAllowed = keyMetaOf(schemaAt(planSchema, path.slice(0, -1)))?.allowed;
    const message = `"${path.at(-1)}" is not a name. ${keyAllowed === undefined ? (inner?.message ?? '') : ''}`;
    return [
      { code: 'PLAN_FORMAT', path: dotted, line, message: message.trim(), allowed: keyAllowed },
    ];
  }
  if (issue.code === 'too_big' || issue.code === 'too_small') {
    const message = `${shown} is too ${issue.code === 'too_big' ? 'large' : 'small'}.`;
    return [{ code: 'PLAN_RANGE', path: dotted, line, message, allowed: allowed ?? issue.message }];
  }
  if (issue.code === 'invalid_type') {
    const quoted = typeof plainValue(found) === 'number' && issue.expected === 'string';
    const next = quoted ? 'Put quotation marks round the number.' : undefined;
    const message = `${shown} is of the wrong type.`;
    const expected = allowed ?? `a value of type ${issue.expected}`;
    return [{ code: 'PLAN_TYPE', path: dotted, line, message, allowed: expected, next }];
  }
  const near =
    issue.code === 'invalid_value'
      ? nearestWord(shown.replaceAll('"', ''), issue.values.map(String))
      : undefined;
  return [
    {
      code: 'PLAN_FORMAT',
      path: dotted,
      line,
      message: issue.code === 'custom' ? issue.message : `${shown} is not accepted here.`,
      allowed: allowed ?? issue.message,
      next: near === undefined ? undefined : `Did you mean "${near}"?`,
    },
  ];
}

function shortText(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

type Schema = z.core.$ZodType;

interface Definition {
  readonly type: string;
  readonly innerType?: Schema;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly element?: Schema;
  readonly keyType?: Schema;
  readonly valueType?: Schema;
}

function definitionOf(schema: Schema): Definition {
  const definition = schema._zod.def as unknown as Definition;
  return definition.innerType === undefined ? definition : definitionOf(definition.innerType);
}

/** What the schema says about a leaf: description, unit, allowed values. */
export function leafMeta(path: string): LeafMeta | undefined {
  const schema = schemaAt(planSchema, path.split('.'));
  return schema === undefined ? undefined : (metaOf(schema) as LeafMeta | undefined);
}

function metaOf(schema: Schema): Partial<LeafMeta> | undefined {
  const own = (schema as z.ZodType).meta() as Partial<LeafMeta> | undefined;
  const inner = (schema._zod.def as unknown as Definition).innerType;
  return own?.allowed !== undefined || inner === undefined ? own : metaOf(inner);
}

function keyMetaOf(schema: Schema | undefined): Partial<LeafMeta> | undefined {
  const key = schema === undefined ? undefined : definitionOf(schema).keyType;
  return key === undefined ? undefined : metaOf(key);
}

function keysOf(schema: Schema | undefined): string[] {
  return schema === undefined ? [] : Object.keys(definitionOf(schema).shape ?? {});
}

function schemaAt(schema: Schema, path: readonly string[]): Schema | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  const definition = definitionOf(schema);
  const next =
    definition.shape === undefined
      ? (definition.valueType ?? definition.element)
      : Object.hasOwn(definition.shape, key)
        ? definition.shape[key]
        : undefined;
  return next === undefined ? undefined : schemaAt(next, rest);
}
