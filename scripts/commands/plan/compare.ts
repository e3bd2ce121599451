import { defineCommand } from '../../command.js';
import { planOptions } from '../../options.js';

const { overlay, set } = planOptions;

/** `masa plan compare`: what differs between two plans or profiles. */
export const command = defineCommand({
  command: 'compare <a> <b>',
  describe: 'Show what differs between two plans or two profiles',
  options: { overlay, set },
  positionals: {
    a: { type: 'string', demandOption: true, describe: 'plan, or plan:profile' },
    b: { type: 'string', demandOption: true, describe: 'plan, or plan:profile' },
  },
  examples: [['masa plan compare masa:calibrated masa:low-float', 'two profiles of one plan']],
  async run(argv, context) {
    const { loadPlan } = await import('../../load-plan.js');
    const { hashPlan } = await import('../../../genesis/plan/resolve-plan.js');
    const { comparePlans } = await import('../../../genesis/plan/compare-plans.js');
    const { unlockedSupply } = await import('../../../genesis/plan/unlocked-supply.js');
    const { SECONDS_PER_MONTH } = await import('../../../genesis/base/time.js');
    const { formatTable } = await import('../../output.js');
    const { formatMillions, supplyMonths } = await import('../../plan-tables.js');
    const load = (name: string) => {
      const [, plan, profile] = /^(.+?)(?::([^:/\\]+))?$/.exec(name) ?? [];
      return loadPlan({ plan, profile, overlay: argv.overlay, set: argv.set }, context);
    };
    const [a, b] = [await load(String(argv.a)), await load(String(argv.b))];
    const differences = comparePlans(a, b);
    const supply = supplyMonths.map((month) => ({
      month,
      a: unlockedSupply(a, month * SECONDS_PER_MONTH).total,
      b: unlockedSupply(b, month * SECONDS_PER_MONTH).total,
    }));
    const cut = (value: string) => (value.length > 48 ? `${value.slice(0, 45)}...` : value);
    const text =
      differences.length === 0
        ? 'The two resolve to the same chain and the same economy.'
        : [
            `${differences.length} values differ.`,
            '',
            formatTable(
              ['value of', String(argv.a), String(argv.b)],
              differences.map((item) => [item.path, cut(item.a ?? '-'), cut(item.b ?? '-')]),
            ),
            '',
            'Unlocked supply, millions',
            formatTable(
              ['month', String(argv.a), String(argv.b)],
              supply.map((row) => [
                String(row.month),
                formatMillions(row.a),
                formatMillions(row.b),
              ]),
            ),
          ].join('\n');
    return { json: { a: hashPlan(a), b: hashPlan(b), differences, supply }, text };
  },
});
