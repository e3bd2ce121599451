import { ToolkitError } from '../../../genesis/base/errors.js';
import { compareValues } from './compare-values.js';
import type { NetworkManifest } from './network-manifest.js';

/** What is there already. */
export interface NetworkObservation {
  /** The manifest in the folder, if there is one. */
  readonly manifest?: NetworkManifest | undefined;
  /** Names of nodes whose process lives. */
  readonly running: readonly string[];
  /** Names of nodes that died and left their plugin behind. */
  readonly orphaned: readonly string[];
  /** Steps whose transaction is committed; empty when no primary node can be asked. */
  readonly committed: readonly string[];
}

/** One thing to do; every step looks first whether it is done. */
export type NetworkStep =
  /** Writes manifest, seed and the chain's files. */
  | { readonly kind: 'write' }
  /** Ends plugins that outlived their node: they would keep the chain's database locked. */
  | { readonly kind: 'sweep'; readonly node: string }
  /** Starts a node's process; does not wait. */
  | { readonly kind: 'start'; readonly node: string }
  /** Waits for a node's API, and on primary nodes for the P-Chain. */
  | { readonly kind: 'await-node'; readonly node: string }
  /** Sends a transaction and waits until it is committed. */
  | { readonly kind: 'send'; readonly transaction: string }
  /** Waits until a node serves the L1. */
  | { readonly kind: 'await-chain'; readonly node: string }
  /** Compares every node with what was computed offline. */
  | { readonly kind: 'verify' };

/**
 * The steps from what is there to what is wished for, in order. Pure. All processes are started before any is waited for,
 * since IDs, ports and keys are known beforehand.
 *
 * @throws ToolkitError NETWORK_DIFFERENT (exit 2), with both sides, when the folder holds another network.
 */
export function planNetwork(
  desired: NetworkManifest,
  observed: NetworkObservation,
): readonly NetworkStep[] {
  if (observed.manifest !== undefined) verifySame(desired, observed.manifest);
  const names = desired.nodes.map(({ name }) => name);
  const down = names.filter((name) => !observed.running.includes(name));
  const primaries = desired.nodes.filter(({ primary }) => primary).map(({ name }) => name);
  const validators = desired.nodes.filter(({ validator }) => validator).map(({ name }) => name);
  const open = Object.keys(desired.transactions).filter(
    (step) => !observed.committed.includes(step),
  );
  const send = (transaction: string) => ({ kind: 'send', transaction }) as const;
  return [
    ...(observed.manifest === undefined ? [{ kind: 'write' } as const] : []),
    ...observed.orphaned.map((node) => ({ kind: 'sweep', node }) as const),
    ...down.map((node) => ({ kind: 'start', node }) as const),
    ...primaries.map((node) => ({ kind: 'await-node', node }) as const),
    ...open.filter((step) => step !== 'convert').map(send),
    ...validators
      .filter((name) => !primaries.includes(name))
      .map((node) => ({ kind: 'await-node', node }) as const),
    ...validators.map((node) => ({ kind: 'await-chain', node }) as const),
    // A node that becomes its chain's validator while it bootstraps the chain may wait for itself for ever.
    ...open.filter((step) => step === 'convert').map(send),
    { kind: 'verify' },
  ];
}

/** Name of a step for people and for the journal. */
export function nameStep(step: NetworkStep): string {
  if ('node' in step) return `${step.kind} ${step.node}`;
  return 'transaction' in step ? step.transaction : step.kind;
}

function verifySame(desired: NetworkManifest, found: NetworkManifest): void {
  const differences = compareValues(desired, found);
  if (differences.length === 0) return;
  throw new ToolkitError({
    code: 'NETWORK_DIFFERENT',
    message: 'The folder holds another network than the one that is wished for.',
    problems: differences.map(({ path, desired: wish, found: there }) => ({
      code: 'NETWORK_DIFFERENT',
      path,
      message: `there is ${there}, wished for is ${wish}`,
    })),
    next: 'Choose another --data-dir, or remove this network with masa subnet down --delete.',
    exitCode: 2,
  });
}
