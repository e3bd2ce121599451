import { defineCommand } from '../../command.js';

export const command = defineCommand({
  command: 'show <study>',
  describe: 'Check the files of a study and show its last day',
  options: {},
  positionals: { study: { type: 'string', describe: 'Folder, or beginning of the hash' } },
  async run(argv, context) {
    const { findStudyFolder } = await import('../../../sim/store/study-folder.js');
    const { findStudy } = await import('./find-study.js');
    const { studySummary } = await import('./study-summary.js');
    const path = findStudy(String(argv.study), context);
    const folder = findStudyFolder(path);
    const { text, rows } = await studySummary(path);
    const { study, hash, shards } = folder;
    const finished = folder.finished().length;
    const lines = [
      `study     ${hash}`,
      `plan      ${study.planHash}`,
      `model     ${study.modelHash}`,
      `runs      ${finished} of ${shards.length} finished; ${study.days} days, 1:${study.scale}, seed ${study.seed}`,
      ...study.scenarios.map(({ id, what }) => `${id.padEnd(9)} ${what}`),
    ];
    return {
      text: `${lines.join('\n')}\n\n${text}`,
      json: { folder: path, hash, study, finished, runs: shards.length, finals: rows },
    };
  },
});
