import { hashGenesis } from './hash-genesis.js';
import type { ParsedGenesis } from './parsed-genesis.js';

/** A value that two genesis files do not share; `undefined` where one has none. */
export interface GenesisDifference {
  readonly path: string;
  readonly a: string | undefined;
  readonly b: string | undefined;
}

/**
 * Differences between two genesis files as the node understands them: spelling, order and defaults written
 * out do not count; header, configuration and every account, slot by slot, do.
 *
 * @returns Differences by path; empty when both give the same chain.
 */
export function diffGenesis(a: ParsedGenesis, b: ParsedGenesis): GenesisDifference[] {
  const [left, right] = [flattenGenesis(a), flattenGenesis(b)];
  return [...new Set([...left.keys(), ...right.keys()])]
    .sort()
    .filter((path) => left.get(path) !== right.get(path))
    .map((path) => ({ path, a: left.get(path), b: right.get(path) }));
}

function flattenGenesis(genesis: ParsedGenesis): Map<string, string> {
  const { header, blockHash, accounts } = hashGenesis(genesis);
  const values = new Map<string, string>();
  collect(
    { header: { ...header, hash: blockHash }, config: genesis.config, account: accounts },
    '',
    values,
  );
  return values;
}

function collect(value: unknown, path: string, into: Map<string, string>): void {
  if (value === undefined) return;
  if (typeof value !== 'object' || value === null) {
    into.set(path, String(value));
    return;
  }
  for (const [key, member] of value instanceof Map ? value : Object.entries(value)) {
    collect(member, path === '' ? key : `${path}.${key}`, into);
  }
}
