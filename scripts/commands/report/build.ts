import { defineCommand } from '../../command.js';
import { planOptions } from '../../options.js';

export const command = defineCommand({
  command: 'build',
  describe: 'Make the report of a plan, or of simulated runs with --run',
  options: {
    ...planOptions,
    run: {
      type: 'string',
      array: true,
      describe: 'Study with runs; twice for full population and ensemble. Its plan is used',
    },
    out: { type: 'string', default: 'masa-report', describe: 'Folder of the report' },
    png: { type: 'boolean', default: false, describe: 'Also draw every chart as PNG' },
    title: { type: 'string', describe: 'Title of the page' },
  },
  examples: [
    ['masa report build --out masa-report', 'allocation and unlock schedule of the plan'],
    ['masa report build --run 3f21 --run 9ac0', 'paths of one study, bands of the other'],
    ['masa report build --profile low-float --png', 'another profile, with PNG pictures'],
  ],
  async run(argv, context) {
    const { resolve } = await import('node:path');
    const { loadPlan } = await import('../../load-plan.js');
    const { findStudy } = await import('../sim/find-study.js');
    const { planReportInput } = await import('./plan-report-input.js');
    const { buildReport } = await import('../../../reports/render/build-report.js');
    const { writeReport } = await import('../../../reports/render/write-report.js');
    const { verifyOutFolder } = await import('../../verify-out-folder.js');
    const started = context.now();
    const out = resolve(context.cwd, argv.out);
    verifyOutFolder(out);
    const { title, run } = argv;
    const input =
      run === undefined
        ? planReportInput({ plan: await loadPlan(argv, context), title, started, context })
        : await (await import('./run-report-input.js')).runReportInput({
            folders: run.map((name) => findStudy(name, context)),
            title,
            started,
            context,
          });
    const { files } = await buildReport(input, { png: argv.png });
    const [page, ...rest] = writeReport(out, files);
    const seconds = ((context.now() - started) / 1000).toFixed(1);
    return {
      text: `${page}\n${rest.length} files of ${new Set(files.slice(1).map(({ name }) => name.split('.')[0])).size} charts beside it, ${seconds} s\nnext: masa report open ${argv.out}`,
      json: { report: page, files: rest, planHash: input.plan.hash },
    };
  },
});
