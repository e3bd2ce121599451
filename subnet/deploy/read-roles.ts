import {
  encodeFunctionData,
  getAddress,
  keccak256,
  parseAbi,
  stringToBytes,
  zeroAddress,
} from 'viem';
import { ToolkitError } from '../../genesis/base/errors.js';
import type { Hex } from '../../genesis/base/hash.js';
import type { ResolvedPlan } from '../../genesis/plan/resolved-plan.js';
import { roles as roleNumbers } from '../../genesis/precompiles/allow-list.js';
import { precompiles } from '../../genesis/precompiles/registry.js';
import type { DeploymentChain, DeploymentLog } from './deployment-chain.js';

/** Who holds a role of a contract or precompile. */
export interface HeldRole {
  readonly contract: string;
  readonly address: Hex;
  readonly role: string;
  readonly holders: readonly Hex[];
}

/** Contracts with an owner, who may be replaced in two steps. */
const ownables = ['FeeSplitter', 'VestingVault', 'MasaStaking'];
const timelockName = 'TimelockController';
/** A range of blocks that a node refuses although it is as small as this is not halved any more. */
const smallestRange = 100;
const roleHash = (name: string): Hex => keccak256(stringToBytes(name));
const timelockRoles: Readonly<Record<string, Hex>> = {
  DEFAULT_ADMIN_ROLE: `0x${'0'.repeat(64)}`,
  PROPOSER_ROLE: roleHash('PROPOSER_ROLE'),
  EXECUTOR_ROLE: roleHash('EXECUTOR_ROLE'),
  CANCELLER_ROLE: roleHash('CANCELLER_ROLE'),
};
const abi = parseAbi([
  'function owner() view returns (address)',
  'function pendingOwner() view returns (address)',
  'function hasRole(bytes32 role, address account) view returns (bool)',
  'function readAllowList(address account) view returns (uint256)',
]);

/**
 * Reads from the chain who may do what: owners of the contracts, roles of the timelock, roles of the precompiles that
 * the plan switches on. Holders are looked for among everybody whom the plan gives a role in block 0 or by a
 * constructor (and the deployer, and the zero address, which stands for everybody at the timelock) and everybody whom a
 * contract or precompile has named in a log since. Each of them is asked for, so that a role that was taken away again is not listed.
 *
 * @returns The roles, and who holds one without being in the plan.
 * @throws ToolkitError `DEPLOY_ROLE_UNREADABLE` when a contract or precompile does not answer.
 */
export async function readRoles(
  chain: DeploymentChain,
  plan: ResolvedPlan,
  contracts: readonly { readonly name: string; readonly address: Hex }[],
): Promise<{ readonly roles: readonly HeldRole[]; readonly strangers: readonly Hex[] }> {
  const switchedOn = precompiles.filter(({ key }) => {
    const name = key.replace(/Config$/, '');
    return name !== 'warp' && name in plan.chain.precompiles;
  });
  const { timelock } = plan.predeploys;
  const given = distinct([
    ...[plan.accounts.deployer, plan.accounts.admin, timelock?.address].filter(
      (address) => address !== undefined,
    ),
    ...(timelock?.proposers ?? []),
    ...(timelock?.executors ?? []),
    ...Object.values(plan.chain.precompiles).flatMap((roles) =>
      'admins' in roles ? [...roles.admins, ...roles.managers, ...roles.enabled] : [],
    ),
    zeroAddress,
  ]);
  const named = await namedInLogs(chain, [
    ...contracts.filter(({ name }) => name === timelockName).map(({ address }) => address),
    ...switchedOn.map(({ address }) => address),
  ]);
  const candidates = distinct([...given, ...named]);
  const read = async (name: string, address: Hex, data: Hex): Promise<bigint> => {
    const answer = await chain.call(address, data);
    if (/^0x[0-9a-f]{64}$/i.test(answer)) return BigInt(answer);
    throw new ToolkitError({
      code: 'DEPLOY_ROLE_UNREADABLE',
      message: `${name} does not say who holds its roles; it answered ${answer}.`,
      where: address,
      next: 'Check that the chain runs Subnet-EVM with the genesis of the plan.',
    });
  };
  const holding = async (ask: (holder: Hex) => Promise<boolean>): Promise<Hex[]> => {
    const held = await Promise.all(candidates.map(ask));
    return candidates.filter((_, index) => held[index]);
  };
  const found: HeldRole[] = [];
  for (const { name, address } of contracts) {
    if (ownables.includes(name)) {
      for (const role of ['owner', 'pendingOwner'] as const) {
        const holder = await read(name, address, encodeFunctionData({ abi, functionName: role }));
        // The full address: an owner may be anybody, also outside of the plan.
        const holders: Hex[] = holder === 0n ? [] : [asAddress(holder, candidates)];
        found.push({ contract: name, address, role, holders });
      }
    }
    if (name !== timelockName) continue;
    for (const [role, hash] of Object.entries(timelockRoles)) {
      const holders = await holding(async (holder) => {
        const data = encodeFunctionData({ abi, functionName: 'hasRole', args: [hash, holder] });
        return (await read(name, address, data)) === 1n;
      });
      found.push({ contract: name, address, role, holders });
    }
  }
  for (const { key, address } of switchedOn) {
    const name = key.replace(/Config$/, '');
    const numbers = await Promise.all(
      candidates.map((holder) =>
        read(
          name,
          address,
          encodeFunctionData({ abi, functionName: 'readAllowList', args: [holder] }),
        ),
      ),
    );
    for (const role of ['admin', 'manager', 'enabled'] as const) {
      const holders = candidates.filter((_, index) => numbers[index] === roleNumbers[role]);
      found.push({ contract: name, address, role, holders });
    }
  }
  const inPlan = new Set(
    [...given, ...Object.values(plan.accounts), ...contracts.map(({ address }) => address)].map(
      (address) => address.toLowerCase(),
    ),
  );
  const holders = distinct(found.flatMap((role) => role.holders));
  return {
    roles: found,
    strangers: holders.filter((holder) => !inPlan.has(holder.toLowerCase())),
  };
}

/** Every account that the logs of these contracts name in a topic: RoleGranted, RoleRevoked, RoleSet and the like. */
async function namedInLogs(
  chain: DeploymentChain,
  addresses: readonly Hex[],
): Promise<readonly Hex[]> {
  const { number } = await chain.block('latest');
  const found = new Set<Hex>();
  for (const address of addresses) {
    for (const { topics } of await readLogs(chain, address, 0, number)) {
      for (const topic of topics.slice(1)) {
        if (/^0x0{24}/.test(topic)) found.add(getAddress(`0x${topic.slice(26)}`));
      }
    }
  }
  return [...found];
}

/** Nodes limit the blocks or the answers of one question; then the range is halved. */
async function readLogs(
  chain: DeploymentChain,
  address: Hex,
  from: number,
  to: number,
): Promise<readonly DeploymentLog[]> {
  try {
    return await chain.logs(address, from, to);
  } catch (error) {
    const refused = error instanceof ToolkitError && error.code === 'RPC_REFUSED';
    if (!refused || to - from < smallestRange) throw error;
    const middle = Math.floor((from + to) / 2);
    return [
      ...(await readLogs(chain, address, from, middle)),
      ...(await readLogs(chain, address, middle + 1, to)),
    ];
  }
}

const distinct = (addresses: readonly Hex[]): readonly Hex[] => [
  ...new Map(addresses.map((address) => [address.toLowerCase(), address])).values(),
];

/** @throws ToolkitError `DEPLOY_ROLE_LEFT` when the account holds a role anywhere. */
export function verifyRoleless(account: Hex, found: readonly HeldRole[]): void {
  const left = found.filter(({ holders }) =>
    holders.some((holder) => holder.toLowerCase() === account.toLowerCase()),
  );
  if (left.length === 0) return;
  throw new ToolkitError({
    code: 'DEPLOY_ROLE_LEFT',
    message: `The deployer still holds ${left.length} role(s): ${left.map(({ contract, role }) => `${role} of ${contract}`).join(', ')}.`,
    where: account,
    allowed: 'no role for the deployer anywhere',
    next: 'Give the role to the timelock in the plan, or take it away on the chain, then run again; no manifest was written.',
  });
}

function asAddress(word: bigint, known: readonly Hex[]): Hex {
  const address: Hex = `0x${word.toString(16).padStart(40, '0')}`;
  return known.find((candidate) => candidate.toLowerCase() === address) ?? address;
}
