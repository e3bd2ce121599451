import { defineCommand } from '../../command.js';

export const command = defineCommand({
  command: 'ls',
  describe: 'List the studies of this folder',
  options: {},
  async run(_, context) {
    const { existsSync, readdirSync } = await import('node:fs');
    const { join, resolve } = await import('node:path');
    const { findStudyFolder } = await import('../../../sim/store/study-folder.js');
    const { formatTable } = await import('../../output.js');
    const { studiesFolder } = await import('./find-study.js');
    const root = resolve(context.cwd, studiesFolder);
    const studies = (existsSync(root) ? readdirSync(root) : []).flatMap((name) => {
      if (!existsSync(join(root, name, 'study.json'))) return [];
      const folder = findStudyFolder(join(root, name));
      const { days, runs, scale, seed, scenarios } = folder.study;
      const finished = folder.finished().length;
      const ids = scenarios.map(({ id }) => id);
      return [{ name, days, runs, scale, seed, finished, shards: folder.shards.length, ids }];
    });
    const text = formatTable(
      ['study', 'days', 'runs', 'scale', 'seed', 'finished', 'scenarios'],
      studies.map((study) => [
        study.name,
        String(study.days),
        String(study.runs),
        `1:${study.scale}`,
        String(study.seed),
        `${study.finished}/${study.shards}`,
        study.ids.join(' '),
      ]),
    );
    return {
      text: studies.length === 0 ? 'No studies here. masa sim run makes one.' : text,
      json: { folder: root, studies },
    };
  },
});
