import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { type Problem, ToolkitError } from '../base/errors.js';
import type { NodeSource, PlanNode } from './plan-node.js';
import type { Confidence } from './resolved-plan.js';

const maximumCharacters = 1_000_000;
const maximumDepth = 32;
const wrapperKeys = new Set(['value', 'source', 'confidence', 'note', 'unit', 'assumed']);
const sourceKeys = new Set(['source', 'confidence', 'note', 'assumed']);

/**
 * Reads the YAML 1.2 of a plan file into nodes that know their line and provenance.
 * A leaf may be plain or `{ value, source, confidence, note?, unit?, assumed? }`; a map may state a
 * `_source` that everything below it inherits.
 *
 * @throws ToolkitError `PLAN_INVALID` (exit 2) with every problem found: `PLAN_EMPTY`, `PLAN_TOO_LARGE`, `PLAN_ENCODING`,
 * `PLAN_SYNTAX`, `PLAN_DUPLICATE_KEY`, `PLAN_ALIAS`, `PLAN_DEPTH`, `PLAN_NOT_FINITE`, `PLAN_PROVENANCE`.
 * @example parsePlanText('name: demo', 'demo.yaml') // { kind: 'map', entries: Map { 'name' => … } }
 */
export function parsePlanText(text: string, file: string): PlanNode {
  refuseUnreadable(text, file);
  const lines = new LineCounter();
  const document = parseYaml(text, file, lines);
  const problems: Problem[] = document.errors.map((error) => ({
    code: error.code === 'DUPLICATE_KEY' ? 'PLAN_DUPLICATE_KEY' : 'PLAN_SYNTAX',
    path: '(file)',
    line: lines.linePos(error.pos[0]).line,
    message: error.message,
    next: error.code === 'DUPLICATE_KEY' ? 'Keep one of the two.' : undefined,
  }));
  const root =
    document.contents === null
      ? undefined
      : readNode(document.contents as Node, [], undefined, { problems, lines });
  if (problems.length === 0 && root?.kind !== 'map') {
    const empty = root === undefined || (root.kind === 'scalar' && root.value === null);
    problems.push({
      code: empty ? 'PLAN_EMPTY' : 'PLAN_TYPE',
      path: '(file)',
      line: 1,
      message: empty ? 'The file holds nothing.' : 'The file is not a mapping of keys to values.',
      allowed: 'a YAML mapping with the keys of a plan',
      next: 'masa plan init writes a plan to start from.',
    });
  }
  if (problems.length > 0) throw invalidPlan(file, problems);
  return root!;
}

/** The one error for a bad plan file, carrying all its problems. */
export function invalidPlan(file: string, problems: readonly Problem[]): ToolkitError {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return new ToolkitError({
    code: 'PLAN_INVALID',
    message: `The plan has ${count}.`,
    where: file,
    problems,
    next: 'Mend the lines named, then run masa plan check.',
    exitCode: 2,
  });
}

function parseYaml(text: string, file: string, lineCounter: LineCounter) {
  try {
    return parseDocument(text, { version: '1.2', lineCounter, prettyErrors: false });
  } catch {
    // The parser is recursive: only nesting without end exhausts it.
    const message = 'The file is nested too deeply.';
    const allowed = `${maximumDepth} levels`;
    throw invalidPlan(file, [{ code: 'PLAN_DEPTH', path: '(file)', message, allowed }]);
  }
}

function refuseUnreadable(text: string, file: string): void {
  const refuse = (code: string, message: string, allowed: string) => {
    throw invalidPlan(file, [{ code, path: '(file)', message, allowed }]);
  };
  if (text.length > maximumCharacters) {
    const allowed = `at most ${maximumCharacters} characters`;
    refuse('PLAN_TOO_LARGE', `The file has ${text.length} characters.`, allowed);
  }
  const bad = /[\0\uFFFD]/.exec(text);
  if (bad !== null) {
    const line = text.slice(0, bad.index).split('\n').length;
    refuse('PLAN_ENCODING', `Line ${line} holds bytes that are not text.`, 'UTF-8 text');
  }
}

interface Reading {
  readonly problems: Problem[];
  readonly lines: LineCounter;
}

function readNode(
  node: Node | null,
  path: readonly string[],
  inherited: NodeSource | undefined,
  reading: Reading,
): PlanNode {
  const line = node?.range == null ? undefined : reading.lines.linePos(node.range[0]).line;
  const at = line === undefined ? {} : { line };
  const report = (code: string, message: string, allowed?: string) => {
    reading.problems.push({ code, path: path.join('.') || '(file)', message, allowed, ...at });
    return { kind: 'scalar', value: null, ...at } as const;
  };
  if (path.length > maximumDepth) {
    return report('PLAN_DEPTH', 'The file is nested too deeply.', `${maximumDepth} levels`);
  }
  if (isAlias(node)) {
    return report('PLAN_ALIAS', `*${node.source} refers to another place.`, 'values written out');
  }
  if (isSeq(node)) {
    const items = node.items.map((item, index) =>
      readNode(item as Node, [...path, String(index)], inherited, reading),
    );
    return { kind: 'list', items, ...at };
  }
  if (isMap(node)) {
    const keys = node.items.map((pair) => String(isScalar(pair.key) ? pair.key.value : pair.key));
    const child = (key: string) => (node.items[keys.indexOf(key)]?.value ?? null) as Node | null;
    if (keys.includes('value')) {
      const source = readSource(node.toJSON(), 'value', report);
      return readNode(child('value'), path, source ?? inherited, reading);
    }
    let source = inherited;
    if (keys.includes('_source')) {
      const stated = child('_source');
      source = readSource(isMap(stated) ? stated.toJSON() : {}, '_source', report) ?? inherited;
    }
    const entries = new Map<string, PlanNode>();
    for (const [index, key] of keys.entries()) {
      if (key === '_source') continue;
      const pair = node.items[index]!;
      const value = readNode(pair.value as Node | null, [...path, key], source, reading);
      const range = isScalar(pair.key) ? pair.key.range : undefined;
      entries.set(
        key,
        range == null ? value : { ...value, line: reading.lines.linePos(range[0]).line },
      );
    }
    return { kind: 'map', entries, ...at };
  }
  const value = isScalar(node) ? node.value : null;
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return report('PLAN_NOT_FINITE', `${value} is not a number to count with.`, 'a finite number');
  }
  const kind = typeof value;
  if (value !== null && kind !== 'string' && kind !== 'number' && kind !== 'boolean') {
    return report('PLAN_TYPE', 'This kind of YAML value has no meaning in a plan.', 'plain values');
  }
  return {
    kind: 'scalar',
    value: value as string | number | boolean | null,
    ...at,
    ...(inherited !== undefined && { source: inherited }),
  };
}

function readSource(
  stated: Record<string, unknown>,
  kind: 'value' | '_source',
  report: (code: string, message: string, allowed?: string) => unknown,
): NodeSource | undefined {
  const { source, confidence, note, unit, assumed } = stated;
  const allowed =
    'source (text), confidence (A, B, C, D or X), and perhaps note (text), assumed (true or false)';
  const unknown = Object.keys(stated).find(
    (key) => !(kind === 'value' ? wrapperKeys : sourceKeys).has(key),
  );
  if (unknown !== undefined) {
    report('PLAN_PROVENANCE', `Unknown key "${unknown}" in a statement of source.`, allowed);
    return undefined;
  }
  const sound =
    typeof source === 'string' &&
    source !== '' &&
    typeof confidence === 'string' &&
    /^[ABCDX]$/.test(confidence) &&
    (note === undefined || typeof note === 'string') &&
    (unit === undefined || typeof unit === 'string') &&
    (assumed === undefined || typeof assumed === 'boolean');
  if (!sound) {
    report('PLAN_PROVENANCE', 'The statement of source is incomplete or wrong.', allowed);
    return undefined;
  }
  return {
    source,
    confidence: confidence as Confidence,
    assumed: assumed === undefined ? confidence === 'X' : assumed === true,
    ...(note !== undefined && { note: note as string }),
    ...(unit !== undefined && { unit: unit as string }),
  };
}
