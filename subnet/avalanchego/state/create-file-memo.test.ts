import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createFileMemo } from './create-file-memo.js';

const root = mkdtempSync(join(tmpdir(), 'masa memo '));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('createFileMemo', () => {
  it('makes once what has the same name and inputs, in files that are their owner’s alone', async () => {
    const folder = join(root, 'a', 'b');
    let made = 0;
    const make = () => {
      made += 1;
      return `value ${made}`;
    };
    const ask = (name: string, ...inputs: string[]) => createFileMemo(folder)(name, inputs, make);
    expect(await ask('n', 'x')).toBe('value 1');
    expect(await ask('n', 'x')).toBe('value 1');
    expect(await ask('n', 'x', '')).toBe('value 2');
    expect(await ask('nx')).toBe('value 3');
    const files = readdirSync(folder);
    expect(files).toHaveLength(3);
    for (const file of files) expect(statSync(join(folder, file)).mode & 0o077).toBe(0);
  });

  it('works without a place to write', async () => {
    writeFileSync(join(root, 'file'), '');
    const memo = createFileMemo(join(root, 'file', 'folder'));
    expect(await memo('n', [], () => 'value')).toBe('value');
  });
});
