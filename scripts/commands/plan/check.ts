import { defineCommand } from '../../command.js';
import { planOptions } from '../../options.js';

/** `masa plan check`: resolves a plan in every combination of profile and overlay. */
export const command = defineCommand({
  command: 'check [file]',
  describe: 'Check a plan with every profile and overlay; report all problems at once',
  options: planOptions,
  positionals: {
    file: { type: 'string', describe: 'Plan file, or the name of a built-in plan (as --plan)' },
  },
  examples: [['masa plan check my-chain.yaml', 'check a file of your own']],
  async run(argv, context) {
    const { loadPlan, readPlanText } = await import('../../load-plan.js');
    const { ToolkitError } = await import('../../../genesis/base/errors.js');
    const { parsePlanText, invalidPlan } = await import('../../../genesis/plan/parse-plan-text.js');
    const { planChoices } = await import('../../../genesis/plan/select-plan.js');
    const { hashPlan } = await import('../../../genesis/plan/resolve-plan.js');
    const plan = typeof argv.file === 'string' ? argv.file : argv.plan;
    const { text, file } = await readPlanText(plan, context);
    const chosen = await loadPlan({ ...argv, plan }, context);
    const choices = planChoices(parsePlanText(text, file));
    const profiles = choices.profiles.length === 0 ? [undefined] : choices.profiles;
    const problems = new Map<string, import('../../../genesis/base/errors.js').Problem>();
    let combinations = 0;
    for (const profile of profiles) {
      for (const overlay of ['none', ...choices.overlays]) {
        combinations += 1;
        try {
          await loadPlan({ plan, profile, overlay: [overlay], set: argv.set }, context);
        } catch (error) {
          if (!(error instanceof ToolkitError)) throw error;
          for (const problem of error.problems) {
            const where = `${profile ?? 'no profile'}, overlay ${overlay}`;
            const key = `${problem.code} ${problem.path} ${problem.message}`;
            if (problems.has(key)) continue;
            problems.set(key, { ...problem, message: `${problem.message} (${where})` });
          }
        }
      }
    }
    if (problems.size > 0) throw invalidPlan(file, [...problems.values()]);
    const leaves = Object.values(chosen.provenance);
    const assumed = leaves.filter((leaf) => leaf.assumed).length;
    const hash = hashPlan(chosen);
    return {
      json: {
        ok: true,
        file,
        name: chosen.name,
        ...choices,
        combinations,
        hash,
        values: leaves.length,
        assumed,
      },
      text: [
        `${file} is a sound plan: ${combinations} combinations of profile and overlay resolve.`,
        `profiles  ${choices.profiles.join(', ') || 'none'}`,
        `overlays  ${choices.overlays.join(', ') || 'none'}`,
        `values    ${leaves.length} with a source, of which ${assumed} are assumed`,
        `chosen    profile ${chosen.profile}, overlays ${chosen.overlays.join(', ') || 'none'}, hash ${hash}`,
      ].join('\n'),
    };
  },
});
