import { describe, expect, it } from 'vitest';
import { nouns } from './commands/nouns.js';
import { main } from './main.js';

async function run(...argv: string[]) {
  const out: string[] = [];
  const errors: string[] = [];
  const exitCode = await main(argv, {
    print: (text) => out.push(text),
    printError: (text) => errors.push(text),
    version: '1.2.3',
    signal: new AbortController().signal,
  });
  return { exitCode, out: out.join('\n'), errors: errors.join('\n') };
}

describe('main', () => {
  it.each([
    [[], 'Name a command.'],
    [['gensis'], 'Did you mean genesis?'],
    [['genesis'], 'Name a command of masa genesis.'],
    [['genesis', 'hahs'], 'hash'],
    [['genesis', 'hash', 'f.json', '--netwrok', 'fuji'], 'netwrok'],
  ])('refuses %j with exit code 2 and says what is wrong', async (argv, words) => {
    const { exitCode, out, errors } = await run(...argv);
    expect(exitCode).toBe(2);
    expect(out).toBe('');
    expect(errors).toContain('error USAGE');
    expect(errors).toContain(words);
    expect(errors).not.toMatch(/^\s+at /m);
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
