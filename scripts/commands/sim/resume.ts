import { defineCommand } from '../../command.js';

export const command = defineCommand({
  command: 'resume <study>',
  describe: 'Compute what is missing of a study',
  options: { workers: { type: 'number', describe: 'Worker threads (default: one per core)' } },
  positionals: { study: { type: 'string', describe: 'Folder, or beginning of the hash' } },
  async run(argv, context) {
    const { ToolkitError } = await import('../../../genesis/base/errors.js');
    const { readStoredPlan } = await import('../../../sim/store/stored-plan.js');
    const { readStudy } = await import('../../../sim/store/study-folder.js');
    const { hashModel } = await import('../../../sim/workers/hash-model.js');
    const { computeStudy } = await import('./compute-study.js');
    const { findStudy } = await import('./find-study.js');
    const folder = findStudy(String(argv.study), context);
    const study = readStudy(folder);
    if (study.modelHash !== hashModel()) {
      throw new ToolkitError({
        code: 'STUDY_MODEL',
        message: `The study was begun with model ${study.modelHash}; this toolkit has ${hashModel()}.`,
        where: folder,
        next: 'Go on with the toolkit that began it, or start a new study with masa sim run.',
        exitCode: 2,
      });
    }
    const plan = readStoredPlan(folder);
    return computeStudy({ plan, study, folder, workers: argv.workers, context });
  },
});
