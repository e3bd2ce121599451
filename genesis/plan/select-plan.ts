import type { Problem } from '../base/errors.js';
import { nearestWord } from './nearest-word.js';
import { invalidPlan, parsePlanText } from './parse-plan-text.js';
import { findNode, mergeNodes, type NodeSource, type PlanNode, plainValue } from './plan-node.js';

/** What a plan file offers to choose from. */
interface PlanChoices {
  readonly profiles: readonly string[];
  readonly overlays: readonly string[];
  readonly defaultProfile: string | undefined;
  readonly defaultOverlays: readonly string[];
}

export interface SelectParameters {
  /** Absent: the file's default profile. */
  readonly profile?: string | undefined;
  /** Absent: the file's default overlays; empty: none. Merged in order. */
  readonly overlays?: readonly string[] | undefined;
  /** `path.to.value=text`, merged last; the text is read as YAML. */
  readonly sets?: readonly string[] | undefined;
}

interface SelectedPlan {
  readonly node: PlanNode;
  readonly profile: string;
  readonly overlays: readonly string[];
}

type MapNode = Extract<PlanNode, { kind: 'map' }>;
const metaKeys = ['defaults', 'profiles', 'overlays'] as const;

/** The profiles and overlays of a parsed plan file. */
export function planChoices(root: PlanNode): PlanChoices {
  const names = (key: string) => {
    const node = findNode(root, [key]);
    return node?.kind === 'map' ? [...node.entries.keys()] : [];
  };
  const profile = findNode(root, ['defaults', 'profile']);
  const overlays = findNode(root, ['defaults', 'overlays']);
  return {
    profiles: names('profiles'),
    overlays: names('overlays'),
    defaultProfile: profile === undefined ? undefined : String(plainValue(profile)),
    defaultOverlays:
      overlays?.kind === 'list' ? (plainValue(overlays) as unknown[]).map(String) : [],
  };
}

/**
 * Merges profile, overlays and single values onto a plan, each once, in this order.
 *
 * @throws ToolkitError `PLAN_INVALID` with `PLAN_PROFILE_UNKNOWN`, `PLAN_OVERLAY_UNKNOWN`, `PLAN_UNKNOWN_KEY`, `PLAN_TYPE` or `PLAN_SET`.
 */
export function selectPlan(
  root: PlanNode,
  file: string,
  parameters: SelectParameters,
): SelectedPlan {
  const problems: Problem[] = [];
  checkMeta(root, problems);
  const choices = planChoices(root);
  const profile = parameters.profile ?? choices.defaultProfile ?? 'default';
  const overlays = parameters.overlays ?? choices.defaultOverlays;
  let node: PlanNode = withoutKeys(root as MapNode, metaKeys);
  const layer = (section: 'profiles' | 'overlays', name: string, code: string) => {
    const over = findNode(root, [section, name]);
    const known = choices[section];
    if (over !== undefined) return over.kind === 'map' ? over : undefined;
    const near = nearestWord(name, known);
    problems.push({
      code,
      path: `${section}.${name}`,
      message: `The plan has no ${section.slice(0, -1)} "${name}".`,
      allowed: known.length === 0 ? 'none: the plan defines none' : known.join(', '),
      next: near === undefined ? undefined : `Did you mean "${near}"?`,
    });
    return undefined;
  };
  if (parameters.profile !== undefined || choices.defaultProfile !== undefined) {
    const over = layer('profiles', profile, 'PLAN_PROFILE_UNKNOWN');
    if (over !== undefined) node = mergeNodes(node, over);
  }
  const applied: string[] = [];
  const apply = (name: string) => {
    if (applied.includes(name)) return;
    applied.push(name);
    const over = layer('overlays', name, 'PLAN_OVERLAY_UNKNOWN');
    if (over === undefined) return;
    const base = over.entries.get('extends');
    if (base?.kind === 'scalar') apply(String(base.value));
    node = mergeNodes(node, withoutKeys(over, ['extends']));
  };
  for (const name of overlays) apply(name);
  for (const set of parameters.sets ?? []) node = applySet(node, set, problems);
  if (problems.length > 0) throw invalidPlan(file, problems);
  return { node, profile, overlays };
}

function checkMeta(root: PlanNode, problems: Problem[]): void {
  const expectKind = (path: string[], kind: PlanNode['kind'], allowed: string) => {
    const node = findNode(root, path);
    if (node === undefined || node.kind === kind) return;
    problems.push({
      code: 'PLAN_TYPE',
      path: path.join('.'),
      line: node.line,
      message: `${JSON.stringify(plainValue(node))} is not ${allowed}.`,
      allowed,
    });
  };
  for (const section of ['profiles', 'overlays'] as const) {
    expectKind([section], 'map', 'a mapping of names to parts of a plan');
    const node = findNode(root, [section]);
    if (node?.kind !== 'map') continue;
    for (const [name, part] of node.entries) {
      expectKind([section, name], 'map', 'a part of a plan');
      if (section === 'overlays' && part.kind === 'map') {
        expectKind([section, name, 'extends'], 'scalar', 'the name of an overlay');
      }
    }
  }
  expectKind(['defaults'], 'map', 'a mapping with profile and overlays');
  expectKind(['defaults', 'profile'], 'scalar', 'the name of a profile');
  expectKind(['defaults', 'overlays'], 'list', 'a list of names of overlays');
  const defaults = findNode(root, ['defaults']);
  if (defaults?.kind !== 'map') return;
  for (const [key, node] of defaults.entries) {
    if (key === 'profile' || key === 'overlays') continue;
    const path = `defaults.${key}`;
    const near = nearestWord(key, ['profile', 'overlays']);
    const next = near === undefined ? undefined : `Did you mean "${near}"?`;
    const message = `Unknown key "${key}".`;
    problems.push({
      code: 'PLAN_UNKNOWN_KEY',
      path,
      line: node.line,
      message,
      allowed: 'profile, overlays',
      next,
    });
  }
}

function applySet(node: PlanNode, set: string, problems: Problem[]): PlanNode {
  const equals = set.indexOf('=');
  const path = equals < 0 ? [] : set.slice(0, equals).trim().split('.');
  const source: NodeSource = { source: 'command line', confidence: 'X', assumed: true };
  const bad = (message: string) => {
    const allowed = 'path.to.value=text, e.g. fees.burnBasisPoints=5000';
    problems.push({ code: 'PLAN_SET', path: `--set ${set}`, message, allowed });
    return node;
  };
  if (path.length === 0 || path.some((key) => key === '')) return bad('This is not path=value.');
  const text = set.slice(equals + 1).trim();
  let value: PlanNode;
  try {
    value = findNode(parsePlanText(`set: ${text}`, '--set'), ['set'])!;
  } catch {
    return bad('The value is not readable.');
  }
  if (value.kind === 'scalar' && typeof value.value === 'number') {
    // An address is hexadecimal text, and an amount keeps all of its digits.
    const old = findNode(node, path);
    const quoted = old?.kind === 'scalar' && typeof old.value === 'string';
    if (quoted || /^0x/i.test(text)) value = { ...value, value: text };
  }
  return setAt(node, path, stamp(value, source)) ?? bad('There is nothing at this path to set.');
}

/** Gives the value the command line as its source. */
function stamp(value: PlanNode, source: NodeSource): PlanNode {
  if (value.kind === 'list') {
    return { kind: 'list', items: value.items.map((item) => stamp(item, source)) };
  }
  if (value.kind === 'map') {
    const entries = [...value.entries].map(([key, item]) => [key, stamp(item, source)] as const);
    return { kind: 'map', entries: new Map(entries) };
  }
  return { kind: 'scalar', value: value.value, source };
}

function setAt(node: PlanNode, path: readonly string[], value: PlanNode): PlanNode | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (node.kind === 'list') {
    const index = Number(key);
    const item = node.items[index];
    const changed = item === undefined ? undefined : setAt(item, rest, value);
    return changed && { ...node, items: node.items.with(index, changed) };
  }
  if (node.kind !== 'map') return undefined;
  const child = node.entries.get(key);
  const entries = new Map(node.entries);
  if (rest.length === 0 && value.kind === 'scalar' && value.value === null) entries.delete(key);
  else {
    const empty: PlanNode = { kind: 'map', entries: new Map() };
    const changed = setAt(child ?? empty, rest, value);
    if (changed === undefined) return undefined;
    entries.set(key, changed);
  }
  return { ...node, entries };
}

function withoutKeys(node: MapNode, keys: readonly string[]): MapNode {
  return { ...node, entries: new Map([...node.entries].filter(([key]) => !keys.includes(key))) };
}
