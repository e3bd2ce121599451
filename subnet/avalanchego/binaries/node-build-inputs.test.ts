import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashNodeBuild, type NodeBuildInput, readNodeBuildInputs } from './node-build-inputs.js';

const file = (path: string, text: string): NodeBuildInput => ({
  path,
  content: new TextEncoder().encode(text),
});
const base = [file('go.mod', 'module x'), file('go.sum', 'a b'), file('plugin/main.go', 'main')];

describe('hashNodeBuild', () => {
  const name = hashNodeBuild(base, 'linux-x64');

  it('names the same content alike, in any order', () => {
    expect(name).toMatch(/^[0-9a-f]{16}$/);
    expect(hashNodeBuild([...base].reverse(), 'linux-x64')).toBe(name);
  });

  it.each([
    ['a changed byte', [base[0]!, base[1]!, file('plugin/main.go', 'Main')], 'linux-x64'],
    ['a renamed file', [base[0]!, base[1]!, file('plugin/m.go', 'main')], 'linux-x64'],
    ['a file more', [...base, file('plugin/more.go', '')], 'linux-x64'],
    [
      'content moved over a border',
      [file('go.mod', 'module '), file('go.sum', 'xa b'), base[2]!],
      'linux-x64',
    ],
    ['another platform', base, 'darwin-arm64'],
  ])('changes with %s', (_, inputs, platform) => {
    expect(hashNodeBuild(inputs, platform)).not.toBe(name);
  });

  it('reads module files and plugin sources only', async () => {
    const inputs = await readNodeBuildInputs(join(import.meta.dirname, '../node'));
    expect(inputs.map(({ path }) => path)).toEqual(['go.mod', 'go.sum', 'plugin/main.go']);
  });
});
