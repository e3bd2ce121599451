import { defineCommand } from '../../command.js';

export const command = defineCommand({
  command: 'open [folder]',
  describe: 'Show a report in the browser, or print its address where there is none',
  options: {
    browser: { type: 'boolean', default: true, describe: 'Start the browser of this machine' },
  },
  positionals: {
    folder: {
      type: 'string',
      default: 'masa-report',
      describe: 'Folder of the report, or the file',
    },
  },
  examples: [['masa report open masa-report', 'the report of masa report build']],
  async run(argv, context) {
    const { existsSync, statSync } = await import('node:fs');
    const { join, resolve } = await import('node:path');
    const { pathToFileURL } = await import('node:url');
    const { ToolkitError } = await import('../../../genesis/base/errors.js');
    const given = resolve(context.cwd, String(argv.folder));
    const file =
      existsSync(given) && statSync(given).isDirectory() ? join(given, 'report.html') : given;
    if (!existsSync(file)) {
      throw new ToolkitError({
        code: 'REPORT_NOT_FOUND',
        message: 'There is no report here.',
        where: file,
        next: 'masa report build makes one.',
        exitCode: 2,
      });
    }
    const url = pathToFileURL(file).href;
    const opened = argv.browser && context.interactive && (await startBrowser(url));
    return { text: opened ? `opened ${url}` : url, json: { url, opened } };
  },
});

/** Hands the address to the desktop; false where there is none. */
async function startBrowser(url: string): Promise<boolean> {
  const { spawn } = await import('node:child_process');
  const [program, ...rest] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['explorer', url]
        : ['xdg-open', url];
  return new Promise((settle) => {
    const child = spawn(program!, rest, { detached: true, stdio: 'ignore' });
    child.once('error', () => settle(false));
    child.once('spawn', () => {
      child.unref();
      settle(true);
    });
  });
}
