import { defineCommand } from '../../command.js';

export const command = defineCommand({
  command: 'completion [shell]',
  describe: 'Print a completion script: commands, options, and the names that options take',
  options: {},
  positionals: {
    shell: { choices: ['bash', 'zsh'], describe: 'Shell (default: that of $SHELL, else bash)' },
  },
  examples: [
    ['source <(masa completion bash)', 'in ~/.bashrc'],
    ['masa completion zsh > ~/.zsh/_masa', 'for zsh, once, into a folder of $fpath'],
  ],
  async run(argv, context) {
    const { completionScript } = await import('../../completion-script.js');
    const zsh = /\/zsh$/.test(context.env?.SHELL ?? '');
    const shell =
      argv.shell === undefined ? (zsh ? 'zsh' : 'bash') : (argv.shell as 'bash' | 'zsh');
    const script = completionScript(shell);
    return { text: script, json: { shell, script } };
  },
});
