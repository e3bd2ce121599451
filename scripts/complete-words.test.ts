import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nouns } from './commands/nouns.js';
import { completeWords } from './complete-words.js';
import { completionScript } from './completion-script.js';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'masa-complete-'));
  writeFileSync(join(cwd, 'mine.yaml'), 'profiles: { thin: {} }\noverlays: { far: {} }\n');
  writeFileSync(join(cwd, 'torn.yaml'), 'profiles: [');
  mkdirSync(join(cwd, '.masa/studies/3f21aa'), { recursive: true });
  mkdirSync(join(cwd, 'masa-report/charts'), { recursive: true });
  writeFileSync(join(cwd, 'masa-report/charts/price-fan.vl.json'), '{}');
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const complete = (line: string) => completeWords(line.split(' '), { cwd });

describe('completeWords', () => {
  it.each([
    ['', [...Object.keys(nouns), 'help']],
    ['ge', ['genesis']],
    ['plan sh', ['show']],
    ['plan show --pl', ['--plan']],
    ['demo --sca', ['--scale']],
    ['plan show --plan ma', ['masa']],
    ['plan show --plan mi', ['mine.yaml']],
    ['plan show mi', ['mine.yaml']],
    ['plan show --profile lo', ['low-float']],
    ['plan show --profile=lo', ['low-float']],
    ['plan show --profile = lo', ['low-float']],
    ['plan show --plan mine.yaml --profile ', ['thin']],
    ['plan show mine.yaml --overlay ', ['none', 'far']],
    ['plan show torn.yaml --overlay ', []],
    ['plan show --section stak', ['staking']],
    ['sim run --scenario half', ['half-demand']],
    ['sim compare 3f --metric stakedM', []],
    ['sim compare 3f --metric pri', ['priceUsd']],
    ['sim show 3', ['3f21aa']],
    ['report build --run 3', ['3f21aa']],
    ['report export --chart p', ['price-fan']],
    ['genesis hash gen', []],
    ['subnet up --mine ', ['instant', 'manual']],
    ['completion z', ['zsh']],
    ['nonsense ', []],
    ['plan nonsense ', []],
    ['plan show mine.yaml more', []],
  ])('offers for "masa %s" %j', async (line, expected) => {
    expect((await complete(line)).sort()).toEqual([...expected].sort());
  });

  it('offers every option of every command', async () => {
    for (const [noun, { verbs }] of Object.entries(nouns)) {
      for (const [verb, load] of Object.entries(verbs)) {
        const { command } = await load();
        const found = await complete(`${noun === verb ? noun : `${noun} ${verb}`} --`);
        for (const name of Object.keys(command.options)) expect(found).toContain(`--${name}`);
        expect(found).toContain('--json');
      }
    }
  });
});

describe('completionScript', () => {
  it('makes bash ask masa with the words of the line', () => {
    const masa = join(cwd, 'masa');
    writeFileSync(masa, '#!/bin/sh\nfor word in "$@"; do echo "$word"; done\n');
    chmodSync(masa, 0o755);
    const script = `${completionScript('bash')}
COMP_WORDS=(masa plan show --profile "lo w")
COMP_CWORD=4
_masa
printf '%s|' "\${COMPREPLY[@]}"`;
    const said = execFileSync('bash', ['-c', script], {
      encoding: 'utf8',
      env: { ...process.env, PATH: `${cwd}:${process.env.PATH}` },
    });
    expect(said).toBe('--complete|plan|show|--profile|lo w|');
  });

  it('gives zsh a function for compdef', () => {
    expect(completionScript('zsh')).toMatch(/^#compdef masa\n(.*\n)+compdef _masa masa$/);
  });
});
