import type { Hex } from '../../genesis/base/hash.js';

/** How to see on the chain that a step is done, without knowing who did it. */
export type StepCondition =
  /** The account has exactly this runtime code, given by its Keccak-256; `undefined` accepts any code. */
  | { readonly kind: 'code'; readonly address: Hex; readonly codeHash: Hex | undefined }
  /** A read-only call returns a number of at least this. */
  | {
      readonly kind: 'at-least';
      readonly address: Hex;
      readonly data: Hex;
      readonly minimum: bigint;
    }
  /** The account holds at least this many wei. */
  | { readonly kind: 'balance'; readonly address: Hex; readonly minimum: bigint }
  /** The account has sent at least this many transactions. */
  | { readonly kind: 'nonce'; readonly address: Hex; readonly minimum: number }
  /** One of them holds; the first that does decides. */
  | { readonly kind: 'any'; readonly conditions: readonly StepCondition[] };

/** One transaction of a deployment with the condition that it brings about. */
export interface DeploymentStep {
  /** Stable name within the plan, e.g. `create:MasaStaking`; the journal refers to it. */
  readonly id: string;
  /** For people: what the transaction is for. */
  readonly purpose: string;
  /** Who signs: the deployer, or the account that holds what the step pays. */
  readonly from: Hex;
  /** Absent: the data is creation code, and the address follows from sender and nonce. */
  readonly to?: Hex | undefined;
  readonly data: Hex;
  /** Native coins sent along, in wei. */
  readonly value: bigint;
  /** The only nonce that makes sense, for a step whose address follows from it. */
  readonly nonce?: number | undefined;
  /** Gas that it uses, for the time when a node cannot estimate it because an earlier step is still open. */
  readonly typicalGas?: bigint | undefined;
  readonly condition: StepCondition;
}
