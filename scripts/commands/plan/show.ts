import { defineCommand } from '../../command.js';
import { planOptions } from '../../options.js';

const sections = [
  'all',
  'allocation',
  'supply',
  'chain',
  'accounts',
  'fees',
  'staking',
  'programmes',
  'economy',
  'provenance',
] as const;

/** `masa plan show`: the resolved plan as tables. */
export const command = defineCommand({
  command: 'show [file]',
  describe:
    'Show the resolved plan: allocation, supply over time, chain, and where each number comes from',
  options: {
    ...planOptions,
    section: { choices: sections, default: 'all' as const, describe: 'Show one part only' },
  },
  positionals: {
    file: { type: 'string', describe: 'Plan file, or the name of a built-in plan (as --plan)' },
  },
  examples: [
    ['masa plan show --profile low-float --section supply', 'supply over time of a profile'],
    ['masa plan show --section provenance', 'every value with its source'],
  ],
  async run(argv, context) {
    const { loadPlan } = await import('../../load-plan.js');
    const { hashPlan } = await import('../../../genesis/plan/resolve-plan.js');
    const { planTables } = await import('../../plan-tables.js');
    const plan = await loadPlan(
      { ...argv, plan: typeof argv.file === 'string' ? argv.file : argv.plan },
      context,
    );
    const tables = planTables(plan);
    const shown =
      argv.section === 'all'
        ? ['allocation', 'supply', 'chain', 'fees', 'staking', 'programmes', 'accounts']
        : [argv.section];
    const head = `${plan.title}: profile ${plan.profile}, overlays ${plan.overlays.join(', ') || 'none'}, hash ${hashPlan(plan)}`;
    const parts = shown.flatMap((section) => {
      const table = tables[section as keyof typeof tables];
      return table === undefined ? [] : [`\n${table}`];
    });
    return { json: { hash: hashPlan(plan), plan }, text: [head, ...parts].join('\n') };
  },
});
