import { defineCommand } from '../../command.js';

export const command = defineCommand({
  command: 'export [folder]',
  describe: 'Draw the charts of a report as picture files',
  options: {
    png: { type: 'boolean', default: true, describe: 'PNG with the bundled font' },
    svg: { type: 'boolean', default: false, describe: 'SVG' },
    chart: { type: 'string', array: true, describe: 'Ids of the charts (default: all)' },
    scheme: { choices: ['light', 'dark'] as const, default: 'light' as const, describe: 'Colours' },
    zoom: {
      type: 'number',
      default: 2,
      describe: 'Pixels of a PNG per pixel of the chart, 0.5 to 8',
    },
    out: { type: 'string', describe: 'Folder for the pictures (default: pictures in the report)' },
  },
  positionals: {
    folder: { type: 'string', default: 'masa-report', describe: 'Folder of the report' },
  },
  examples: [
    ['masa report export masa-report --png', 'every chart as PNG'],
    ['masa report export --chart price-fan --scheme dark --zoom 3', 'one chart, dark, large'],
  ],
  async run(argv, context) {
    const { resolve } = await import('node:path');
    const { ToolkitError } = await import('../../../genesis/base/errors.js');
    const { exportCharts } = await import('../../../reports/render/export-charts.js');
    const { writeReport } = await import('../../../reports/render/write-report.js');
    const { verifyOutFolder } = await import('../../verify-out-folder.js');
    if (!argv.png && !argv.svg) {
      throw new ToolkitError({
        code: 'USAGE',
        message: 'Nothing is asked for: --no-png without --svg.',
        where: '--no-png',
        next: 'Add --svg.',
        exitCode: 2,
      });
    }
    if (!(argv.zoom >= 0.5 && argv.zoom <= 8)) {
      throw new ToolkitError({
        code: 'USAGE',
        message: `--zoom ${argv.zoom} is out of range.`,
        where: '--zoom',
        allowed: '0.5 to 8',
        exitCode: 2,
      });
    }
    const folder = resolve(context.cwd, String(argv.folder));
    const out = resolve(context.cwd, argv.out ?? `${folder}/pictures`);
    verifyOutFolder(out);
    const common = { folder, charts: argv.chart, scheme: argv.scheme, zoom: argv.zoom };
    const files = [
      ...(argv.png ? await exportCharts({ ...common, format: 'png' }) : []),
      ...(argv.svg ? await exportCharts({ ...common, format: 'svg' }) : []),
    ];
    const paths = writeReport(out, files);
    return { text: paths.join('\n'), json: { files: paths } };
  },
});
