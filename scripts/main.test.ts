import { describe, expect, it } from 'vitest';
import { nouns } from './commands/nouns.js';
import { runMasa } from './dev/run-masa.js';

const run = (...argv: string[]) => runMasa(argv);

describe('main', () => {
  it.each([
    [[], 'Name a command.'],
    [['gensis'], 'Did you mean masa genesis?'],
    [['genesis'], 'Name a command of masa genesis.'],
    [['genesis', 'hahs'], 'hash'],
    [['genesis', 'hahs'], 'Did you mean masa genesis hash?'],
    [['hash'], 'Did you mean masa genesis hash?'],
    [['--plan', 'x', 'plan', 'show'], '--plan stands before the command.'],
    [['genesis', 'hash', 'f.json', '--netwrok', 'fuji'], 'Did you mean --network?'],
    [['genesis', 'hash', 'f.json', '--network', 'fuj'], 'Did you mean fuji?'],
    [['genesis', 'hash'], 'masa genesis hash needs <file>.'],
    [['genesis', 'hash', ''], '<file> is empty.'],
    [['genesis', 'hash', 'a', 'b'], '"b" is one argument too many.'],
    [['genesis', 'build', '--out'], '--out has no value.'],
    [['genesis', 'build', '--out', '--force'], '--out has no value.'],
    [['genesis', 'build', '--out='], '--out has no value.'],
    [['genesis', 'build', '--out', 'a', '--out', 'b'], '--out is given more than once.'],
    [['genesis', 'build', '--force=maybe'], 'neither on nor off'],
    [['genesis', 'build', '--no-out'], 'There is no option --no-out.'],
    [['sim', 'run', '--days', 'x'], '--days "x" is not a number'],
    [['sim', 'run', '--days', '0x10'], '--days "0x10" is not a number'],
    [['sim', 'run', '--days', '1e3'], '--days "1e3" is not a number'],
    [['sim', 'run', '--days', '99999999999999999999'], 'is not a number that can be used'],
    [['completion', 'fish'], '[shell] "fish" is not known.'],
  ])('refuses %j with exit code 2 and says what is wrong', async (argv, words) => {
    const { exitCode, out, errors } = await run(...argv);
    expect(exitCode).toBe(2);
    expect(out).toBe('');
    expect(errors).toContain('error USAGE');
    expect(errors).toContain(words);
    expect(errors).not.toMatch(/^\s+at /m);
  });

  it.each([[['help', 'plan', 'show']], [['plan', 'show', '--help']], [['plan', 'show', '-h']]])(
    'prints the help of a command for %j',
    async (argv) => {
      const { exitCode, out, errors } = await run(...argv);
      expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
      expect(out).toContain('masa plan show [file]');
      expect(out).toContain('--section');
    },
  );

  it('prints its version', async () => {
    expect(await run('--version')).toEqual({ exitCode: 0, out: '1.2.3', errors: '' });
  });

  it('takes a file after an option that may be given many times', async () => {
    const { errors } = await run('plan', 'show', '--overlay', 'local', 'nowhere.yaml');
    expect(errors).toContain('"nowhere.yaml"');
    expect(errors).toContain('PLAN_NOT_FOUND');
  });

  it('prints the error as JSON with --json', async () => {
    const { exitCode, out } = await run('--json', 'plan');
    expect(exitCode).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'USAGE' } });
  });

  it('has at least one verb for every noun, and describes each in one line', async () => {
    for (const [noun, { describe: about, verbs }] of Object.entries(nouns)) {
      expect(about, noun).toMatch(/^[A-Z][^\n]{8,80}[^.]$/);
      expect(Object.keys(verbs).length, noun).toBeGreaterThan(0);
      for (const [verb, load] of Object.entries(verbs)) {
        const { command } = await load();
        expect(command.command.split(' ')[0], `${noun} ${verb}`).toBe(verb);
        expect(command.describe, `${noun} ${verb}`).toMatch(/^[A-Z][^\n]{8,110}[^.]$/);
      }
    }
  });
});
