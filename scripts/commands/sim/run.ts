import { defineCommand } from '../../command.js';
import { planOptions } from '../../options.js';

export const command = defineCommand({
  command: 'run',
  describe: 'Simulate the economy of a plan; run it again to go on after a stop',
  options: {
    ...planOptions,
    days: { type: 'number', default: 1460, describe: 'Days to simulate' },
    runs: { type: 'number', default: 1, describe: 'Runs per scenario, each with other shocks' },
    scale: { type: 'number', default: 1, describe: 'One wallet stands for this many' },
    seed: { type: 'number', default: 1, describe: 'Seed of all random numbers' },
    workers: { type: 'number', describe: 'Worker threads (default: one per core)' },
    scenario: {
      type: 'string',
      array: true,
      describe: 'Scenarios beside the plan: built in (see sim/scenarios) or a YAML file',
    },
    out: { type: 'string', describe: 'Folder of the study (default: .masa/studies/<hash>)' },
  },
  examples: [
    ['masa sim run', 'the whole population for four years'],
    ['masa sim run --runs 100 --scale 100 --scenario half-demand', 'an ensemble at 1:100'],
  ],
  async run(argv, context) {
    const { resolve } = await import('node:path');
    const { hashPlan } = await import('../../../genesis/plan/resolve-plan.js');
    const { hashStudy, verifyStudy } = await import('../../../sim/engine/study.js');
    const { hashModel } = await import('../../../sim/workers/hash-model.js');
    const { loadPlan } = await import('../../load-plan.js');
    const { computeStudy } = await import('./compute-study.js');
    const { studiesFolder } = await import('./find-study.js');
    const { loadScenarios } = await import('./load-scenarios.js');
    const { verifyOutFolder } = await import('../../verify-out-folder.js');
    const plan = await loadPlan(argv, context);
    const study = {
      version: 1 as const,
      planHash: hashPlan(plan),
      modelHash: hashModel(),
      days: argv.days,
      scale: argv.scale,
      seed: argv.seed,
      runs: argv.runs,
      scenarios: loadScenarios(argv.scenario ?? [], context),
    };
    verifyStudy(study);
    const folder = resolve(
      context.cwd,
      argv.out ?? `${studiesFolder}/${hashStudy(study).slice(2, 14)}`,
    );
    verifyOutFolder(folder);
    return computeStudy({ plan, study, folder, workers: argv.workers, context });
  },
});
