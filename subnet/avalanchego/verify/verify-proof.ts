import { RLP } from '@ethereumjs/rlp';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { ToolkitError } from '../../../genesis/base/errors.js';
import { type Hex, keccak256 } from '../../../genesis/base/hash.js';

type Node = readonly (Uint8Array | Node)[];

/**
 * Follows a Merkle proof from a root to a key of a secure Merkle-Patricia trie (Ethereum Yellow Paper, appendix D).
 * Nothing that a node says is believed: each step must have the hash that the step before it names.
 *
 * @param root hash of the first node of the proof.
 * @param key before hashing: an address or a slot.
 * @returns the RLP bytes under the key, or undefined when the proof shows that there is nothing.
 * @throws ToolkitError PROOF_INVALID when the proof does not belong to root and key.
 */
export function verifyProof(root: Hex, key: Hex, proof: readonly Hex[]): Uint8Array | undefined {
  const path = bytesToHex(keccak256(hexToBytes(key.slice(2))));
  if (proof.length === 0) {
    // The root of an empty trie has no node to show.
    if (root === `0x${bytesToHex(keccak256(Uint8Array.of(0x80)))}`) return undefined;
    throw invalid(key, 'it is empty');
  }
  let expected = root.slice(2);
  let at = 0;
  let inline: Node | undefined;
  for (const [index, raw] of proof.entries()) {
    const bytes = hexToBytes(raw.slice(2));
    if (bytesToHex(keccak256(bytes)) !== expected)
      throw invalid(key, `node ${index} has another hash`);
    let node: Node = RLP.decode(bytes) as unknown as Node;
    for (;;) {
      const step = follow(node, path, at);
      if (step.kind === 'end') {
        if (index !== proof.length - 1) throw invalid(key, 'it goes on behind its end');
        return step.value;
      }
      at = step.at;
      if (step.child instanceof Uint8Array) {
        expected = bytesToHex(step.child);
        inline = undefined;
        break;
      }
      node = step.child;
      inline = node;
    }
  }
  throw invalid(key, inline === undefined ? 'its last node is missing' : 'it does not end');
}

type Step =
  | { readonly kind: 'end'; readonly value: Uint8Array | undefined }
  | { readonly kind: 'next'; readonly at: number; readonly child: Uint8Array | Node };

/** One node of the trie: 17 members are a branch, two a leaf or an extension. */
function follow(node: Node, path: string, at: number): Step {
  if (node.length === 17) {
    const child = node[Number.parseInt(path[at]!, 16)]!;
    if (child.length === 0) return { kind: 'end', value: undefined };
    return { kind: 'next', at: at + 1, child };
  }
  const compact = bytesToHex(node[0] as Uint8Array);
  const flag = Number.parseInt(compact[0]!, 16);
  const digits = compact.slice(flag % 2 === 1 ? 1 : 2);
  const same = path.startsWith(digits, at);
  if (flag >= 2) {
    const whole = same && at + digits.length === path.length;
    return { kind: 'end', value: whole ? (node[1] as Uint8Array) : undefined };
  }
  if (!same) return { kind: 'end', value: undefined };
  return { kind: 'next', at: at + digits.length, child: node[1]! };
}

function invalid(key: Hex, why: string): ToolkitError {
  return new ToolkitError({
    code: 'PROOF_INVALID',
    message: `The proof for ${key} is not valid: ${why}.`,
    next: 'The node, or something between it and you, gives wrong answers.',
  });
}
