import { findField } from '../precompiles/json/decode.js';
import type { JsonNode } from '../precompiles/json/json-node.js';

/**
 * Offset of the deepest part of a path that the document has; keys match as the node matches them.
 *
 * @example locate(readJson('{"a": {"b": 1}}'), 'a.c') // 6, where "a" is
 */
export function locate(root: JsonNode, path: string): number {
  let node = root;
  for (const part of path.match(/\[\d+\]|"(?:[^"\\]|\\.)*"|[^.[\]]+/g) ?? []) {
    const key = part.startsWith('"') ? (JSON.parse(part) as string) : part;
    const next = part.startsWith('[')
      ? node.items?.[Number(part.slice(1, -1))]
      : node.members?.findLast((member) => findField([key], member.key) !== undefined)?.value;
    if (next === undefined) return node.start;
    node = next;
  }
  return node.start;
}
