import type { Confidence } from './resolved-plan.js';

/** Provenance as a plan file states it, at a leaf or inherited from a `_source` above it. */
export interface NodeSource {
  readonly source: string;
  readonly confidence: Confidence;
  readonly assumed: boolean;
  readonly note?: string;
  readonly unit?: string;
}

/** A YAML value that remembers its line and where its numbers come from. */
export type PlanNode =
  | {
      readonly kind: 'map';
      readonly entries: ReadonlyMap<string, PlanNode>;
      readonly line?: number;
    }
  | { readonly kind: 'list'; readonly items: readonly PlanNode[]; readonly line?: number }
  | {
      readonly kind: 'scalar';
      readonly value: string | number | boolean | null;
      readonly line?: number;
      readonly source?: NodeSource;
    };

/** Lays `over` on `base`: maps merge key by key, everything else is replaced, null removes a key. */
export function mergeNodes(base: PlanNode, over: PlanNode): PlanNode {
  if (base.kind !== 'map' || over.kind !== 'map') return over;
  const entries = new Map(base.entries);
  for (const [key, node] of over.entries) {
    const old = entries.get(key);
    if (node.kind === 'scalar' && node.value === null) entries.delete(key);
    else entries.set(key, old === undefined ? node : mergeNodes(old, node));
  }
  return { ...base, entries };
}

/** The node's plain value, for schemas. */
export function plainValue(node: PlanNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plainValue);
  return Object.fromEntries([...node.entries].map(([key, item]) => [key, plainValue(item)]));
}

/** The line of a path, or of the nearest thing above it that exists. */
export function findLine(root: PlanNode, path: readonly PropertyKey[]): number | undefined {
  let node: PlanNode | undefined = root;
  let line: number | undefined;
  for (const key of path) {
    if (node.kind === 'map') node = node.entries.get(String(key));
    else if (node.kind === 'list') node = node.items[Number(key)];
    else node = undefined;
    if (node === undefined) return line;
    line = node.line ?? line;
  }
  return line;
}

/** The value at a path, if there is one. */
export function findNode(root: PlanNode, path: readonly PropertyKey[]): PlanNode | undefined {
  let node: PlanNode | undefined = root;
  for (const key of path) {
    if (node?.kind === 'map') node = node.entries.get(String(key));
    else if (node?.kind === 'list') node = node.items[Number(key)];
    else return undefined;
  }
  return node;
}

/** Every scalar with its dotted path, in file order. */
export function* leavesOf(
  node: PlanNode,
  path = '',
): Generator<readonly [string, Extract<PlanNode, { kind: 'scalar' }>]> {
  if (node.kind === 'scalar') yield [path, node];
  else if (node.kind === 'list') {
    for (const [index, item] of node.items.entries()) yield* leavesOf(item, `${path}.${index}`);
  } else {
    for (const [key, item] of node.entries) {
      yield* leavesOf(item, path === '' ? key : `${path}.${key}`);
    }
  }
}
