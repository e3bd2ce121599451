import { parseAbi } from 'viem';
import type { Hex } from '../../base/hash.js';
import { blackhole } from '../../precompiles/reward-manager.js';
import { askReplay } from '../ask-replay.js';
import type { AuditEvidence } from '../audit-evidence.js';
import { collectDifferences } from '../collect-differences.js';
import type { AuditCheck } from '../finding.js';

const abi = parseAbi([
  'function totalPrincipal() view returns (uint256)',
  'function committedRewards() view returns (uint256)',
  'function rewardPool() view returns (uint256)',
  'function totalFunded() view returns (uint256)',
  'function totalRewardsPaid() view returns (uint256)',
  'function liabilities() view returns (uint256)',
  'function totalOwed() view returns (uint256)',
  'function totalBurned() view returns (uint256)',
  'function totalSupply() view returns (uint256)',
  'function allowance(address owner, address spender) view returns (uint256)',
]);
const approval = '0x8c5be1e5ebec7d5bd14f71427d1e84f3dd0314c0f7b2291e5b200ac8c7c3b925';

/** Per contract: what it owes by its own books, which its balance must cover. */
const debts: Readonly<Record<string, readonly string[]>> = {
  MasaStaking: ['totalPrincipal', 'committedRewards', 'rewardPool'],
  VestingVault: ['liabilities'],
  FeeSplitter: ['totalOwed'],
  WMASA: ['totalSupply'],
};

/**
 * balances cover what the contracts owe by their own books, rewards that were funded are in the pool, promised or
 * paid, and no contract of the deployment has let anybody take wrapped coins from it.
 */
export const checkLedgers: AuditCheck = {
  id: 'ledgers',
  numbers: ['R-57', 'R-52', 'R-56'],
  title: 'books of the contracts',
  next: 'A contract owes more than it has, or lets somebody take its coins: pause it if it can be paused, and look at its last transactions.',
  async run(evidence) {
    const { compare, differences } = collectDifferences();
    const { manifest, blocks } = evidence;
    const { state } = blocks.at(-1)!;
    const notes: string[] = [];
    for (const { name, address } of manifest.contracts) {
      const terms = debts[name];
      if (terms === undefined) continue;
      const ask = async (functionName: string): Promise<bigint> =>
        ((await askReplay(evidence, address, { abi, functionName })) as bigint | undefined) ?? -1n;
      const values = await Promise.all(terms.map(ask));
      const owed = values.reduce((total, value) => total + value, 0n);
      const balance = state.get(address.toLowerCase() as Hex)?.balance ?? 0n;
      if (values.some((value) => value < 0n))
        compare(`${name}: ${terms.join(', ')}`, 'figures', 'the contract does not answer');
      else if (balance < owed)
        compare(`${name}: balance`, `at least ${owed} wei`, `${balance} wei`);
      notes.push(`${name} owes ${owed} wei and has ${balance} wei`);
      if (name === 'MasaStaking') {
        const [, committed, pool] = values;
        compare(
          `${name}: rewards funded = in the pool + promised + paid`,
          String(await ask('totalFunded')),
          String(pool! + committed! + (await ask('totalRewardsPaid'))),
        );
      }
      if (name === 'FeeSplitter') {
        const burned = state.get(blackhole)?.balance ?? 0n;
        const stated = await ask('totalBurned');
        if (burned < stated)
          compare(`${name}: coins in the blackhole`, `at least ${stated} wei`, `${burned} wei`);
      }
    }
    const approvals = await listAllowances(evidence);
    for (const { where, amount } of approvals) compare(where, '0', String(amount));
    return { detail: `${notes.length} contracts cover what they owe.`, differences, notes };
  },
};

/** Wrapped coins that somebody may take from a contract of the deployment. */
async function listAllowances(
  evidence: AuditEvidence,
): Promise<{ readonly where: string; readonly amount: bigint }[]> {
  const { manifest, blocks } = evidence;
  const wrapped = manifest.contracts.find(({ name }) => name === 'WMASA')?.address.toLowerCase();
  const owners = new Set(manifest.contracts.map(({ address }) => address.toLowerCase()));
  const pairs = new Map<string, readonly [string, string]>();
  for (const { address, topics } of blocks.flatMap(({ receipts }) =>
    receipts.flatMap(({ logs }) => logs),
  )) {
    if (address !== wrapped || topics[0] !== approval) continue;
    const [owner, spender] = [`0x${topics[1]!.slice(26)}`, `0x${topics[2]!.slice(26)}`];
    if (owners.has(owner)) pairs.set(owner + spender, [owner, spender]);
  }
  const found = [];
  for (const [owner, spender] of pairs.values()) {
    const args = [owner, spender];
    const amount = await askReplay(evidence, wrapped!, { abi, functionName: 'allowance', args });
    found.push({ where: `WMASA: allowance of ${owner} for ${spender}`, amount: amount as bigint });
  }
  return found;
}
