import { ToolkitError } from '../../../genesis/base/errors.js';

/**
 * - `single`: one node that is the only primary staker and the only validator of the L1.
 * - `standard`: two primary nodes, and validators that follow the P-Chain and the L1 only.
 * - `sybil-off`: one node that runs every chain; no validator set, so neither an L1 nor warp messages.
 */
export const topologies = ['single', 'standard', 'sybil-off'] as const;
export type Topology = (typeof topologies)[number];

export interface NodePlace {
  /** Name of its folder, and in all output. */
  readonly name: string;
  readonly primary: boolean;
  readonly validator: boolean;
  /** Number of its identity; nodes added later get higher ones. */
  readonly index: number;
}

/** More than anybody's machine can run; a typing error is more likely. */
const mostValidators = 50;

/**
 * The nodes of a topology.
 *
 * @throws ToolkitError NETWORK_TOPOLOGY (exit 2) for a number of validators that the topology cannot have.
 * @example listNodes('standard', 2).map(({ name }) => name) // ['primary-1', 'primary-2', 'validator-1', 'validator-2']
 */
export function listNodes(topology: Topology, validators: number): readonly NodePlace[] {
  const most = topology === 'standard' ? mostValidators : 1;
  if (!Number.isInteger(validators) || validators < 1 || validators > most) {
    throw new ToolkitError({
      code: 'NETWORK_TOPOLOGY',
      message: `Topology ${topology} cannot have ${validators} validators.`,
      where: '--validators',
      allowed: most === 1 ? '1' : `1 to ${most}`,
      next: most === 1 ? '--topology standard takes any number.' : undefined,
      exitCode: 2,
    });
  }
  if (topology !== 'standard')
    return [{ name: 'node-1', primary: true, validator: true, index: 0 }];
  const primaries = [1, 2].map((number, index) => ({
    name: `primary-${number}`,
    primary: true,
    validator: false,
    index,
  }));
  return [
    ...primaries,
    ...Array.from({ length: validators }, (_, at) => ({
      name: `validator-${at + 1}`,
      primary: false,
      validator: true,
      index: primaries.length + at,
    })),
  ];
}
