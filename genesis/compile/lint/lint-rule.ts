import type { Hex } from '../../base/hash.js';
import type { JsonNode } from '../../precompiles/json/json-node.js';
import type { ParsedGenesis } from '../parsed-genesis.js';

export type Severity = 'error' | 'warning';

/** What the caller knows beyond the file. */
export interface LintKnowledge {
  /** Present, Unix seconds; without it times in the future are not looked for. */
  readonly now?: bigint | undefined;
  /** Supply that the plan promises, wei. */
  readonly supply?: bigint | undefined;
  /** Contracts that the plan puts into the allocation. */
  readonly predeploys?: ReadonlyMap<Hex, { readonly name: string; readonly code: Hex }> | undefined;
  /** Chain id that the plan means although it is public: its own chain. */
  readonly ownChainId?: bigint | undefined;
  /** Gas of the biggest deployment planned; the default fits a contract of 24,576 bytes. */
  readonly largestDeploymentGas?: bigint | undefined;
}

/** What a rule about the text sees. */
export interface TextSubject {
  readonly root: JsonNode;
  readonly upgradeRoot?: JsonNode | undefined;
}

/** What a rule about the meaning sees. */
export interface GenesisSubject extends TextSubject {
  readonly genesis: ParsedGenesis;
  readonly known: LintKnowledge;
}

/** A place that a rule complains about. */
export interface Complaint {
  readonly path: string;
  readonly message: string;
  readonly file?: 'genesis' | 'upgrade' | undefined;
  readonly offset?: number | undefined;
  readonly next?: string | undefined;
}

export interface LintRule<S = GenesisSubject> {
  /** Stable name. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong in general. */
  readonly title: string;
  /** What to do about it. */
  readonly fix: string;
  check(subject: S): Iterable<Complaint>;
}

/** Lets a table of rules stay typed. */
export function defineRules<S = GenesisSubject>(
  rules: readonly LintRule<S>[],
): readonly LintRule<S>[] {
  return rules;
}
