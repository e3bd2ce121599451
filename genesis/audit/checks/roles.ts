import { bytesToHex } from '@noble/hashes/utils.js';
import { keccak256, parseAbi, stringToBytes } from 'viem';
import type { Hex } from '../../base/hash.js';
import { listEntries } from '../../evm/trie/change-trie.js';
import type { WorldState } from '../../evm/world-state.js';
import { roles as numbers } from '../../precompiles/allow-list.js';
import { precompiles } from '../../precompiles/registry.js';
import { warp } from '../../precompiles/warp.js';
import { askReplay } from '../ask-replay.js';
import type { AuditEvidence } from '../audit-evidence.js';
import { collectDifferences } from '../collect-differences.js';
import type { AuditCheck } from '../finding.js';

const abi = parseAbi([
  'function owner() view returns (address)',
  'function pendingOwner() view returns (address)',
  'function hasRole(bytes32 role, address account) view returns (bool)',
]);
const zero: Hex = `0x${'0'.repeat(40)}`;

/**
 * the roles that the manifest states are those of the replayed state, and accounts that must hold none
 * hold none. Roles of precompiles are listed from their storage, so that nobody is overlooked; owners are asked for; roles
 * of the timelock are asked for each account of block 0, each contract and each sender.
 */
export const checkRoles: AuditCheck = {
  id: 'roles',
  numbers: ['R-49', 'R-13', 'R-50'],
  title: 'roles',
  next: 'Somebody holds a role that the deployment did not promise: have the timelock take it away, or find the transaction that granted it.',
  async run(evidence) {
    const { manifest, blocks } = evidence;
    const { state } = blocks.at(-1)!;
    const { compare, differences } = collectDifferences();
    const roleless = new Set(manifest.rolelessAccounts.map((account) => account.toLowerCase()));
    for (const { address, title } of precompiles) {
      if (address === warp.address) continue;
      for (const [holder, role] of roleHolders(state, address)) {
        if (roleless.has(holder)) compare(`${title}: ${holder}`, 'no role', `role ${role}`);
      }
    }
    for (const entry of manifest.roles) {
      const where = `${entry.contract}: ${entry.role}`;
      const stated = entry.holders.map((holder) => holder.toLowerCase());
      const held = await findHolders(evidence, entry);
      compare(where, listNames(stated), listNames(held));
      for (const holder of held.filter((account) => roleless.has(account)))
        compare(`${where}: ${holder}`, 'no role', entry.role);
    }
    return {
      detail: `${manifest.roles.length} roles compared; without any: ${manifest.rolelessAccounts.join(', ')}.`,
      differences,
    };
  },
};

function listNames(holders: readonly string[]): string {
  return [...holders].sort().join(', ') || 'nobody';
}

async function findHolders(
  evidence: AuditEvidence,
  { address, role }: AuditEvidence['manifest']['roles'][number],
): Promise<string[]> {
  const { blocks, genesis, manifest } = evidence;
  const precompile = precompiles.find((one) => one.address === address.toLowerCase());
  if (precompile !== undefined) {
    const number = numbers[role as keyof typeof numbers];
    return roleHolders(blocks.at(-1)!.state, precompile.address)
      .filter(([, held]) => held === number)
      .map(([holder]) => holder);
  }
  if (role === 'owner' || role === 'pendingOwner') {
    const holder = await askReplay(evidence, address, { abi, functionName: role });
    if (holder === undefined) return ['the contract does not answer'];
    return holder === zero ? [] : [String(holder).toLowerCase()];
  }
  const hash =
    role === 'DEFAULT_ADMIN_ROLE'
      ? (`0x${'0'.repeat(64)}` as const)
      : keccak256(stringToBytes(role));
  const candidates = new Set<string>([
    zero,
    ...genesis.alloc.keys(),
    ...manifest.contracts.map((contract) => contract.address.toLowerCase()),
    ...manifest.rolelessAccounts.map((account) => account.toLowerCase()),
    ...manifest.roles.flatMap(({ holders }) => holders.map((holder) => holder.toLowerCase())),
    ...blocks.flatMap(({ receipts }) => receipts.map(({ from }) => from.toLowerCase())),
  ]);
  const held: string[] = [];
  for (const candidate of candidates) {
    const args = [hash, candidate];
    if ((await askReplay(evidence, address, { abi, functionName: 'hasRole', args })) === true)
      held.push(candidate);
  }
  return held;
}

/** Every account with a role of a precompile: slots of roles are addresses with leading zeros, all others are not. */
function roleHolders(state: WorldState, address: Hex): [holder: string, role: bigint][] {
  const found: [string, bigint][] = [];
  for (const [slot, word] of listEntries(state.get(address)?.storage)) {
    if (/^0x0{24}/.test(slot))
      found.push([`0x${slot.slice(26)}`, BigInt(`0x0${bytesToHex(word)}`)]);
  }
  return found;
}
