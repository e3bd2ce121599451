import { sha256 } from '../../base/hash.js';
import { collectDifferences } from '../collect-differences.js';
import type { AuditCheck } from '../finding.js';

/** the genesis file is what the plan compiles to, byte for byte, so that the plan explains every account in it. */
export const checkPlan: AuditCheck = {
  id: 'plan',
  numbers: ['R-11', 'R-10'],
  title: 'genesis compiled from the plan again',
  next: 'The plan was changed after the deployment, or profile and overlays are others: give those of the manifest with --profile and --overlay.',
  skipped: ({ expected }) => (expected === undefined ? 'no plan was given (--plan)' : undefined),
  async run({ manifest, genesisText, blockZero, expected }) {
    const { planHash, genesisText: text, supply } = expected!;
    const { compare, differences } = collectDifferences();
    const balances = [...blockZero.accounts.values()];
    const total = balances.reduce((sum, { balance }) => sum + balance, 0n);
    compare('plan hash', manifest.plan.hash, planHash);
    compare('SHA-256 of the genesis', sha256(text), sha256(genesisText));
    compare('coins of block 0', `${supply} wei`, `${total} wei`);
    return {
      detail: `Plan ${manifest.plan.name} (${[manifest.plan.profile, ...manifest.plan.overlays].join(', ')}) explains ${balances.length} accounts and ${total} wei.`,
      differences,
    };
  },
};
