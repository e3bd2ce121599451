import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { publicChains } from './public-chains.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

it('given viem’s list of chains, the committed one is what the generator makes of it', () => {
  const program = [
    '--no-warnings',
    '--loader',
    'ts-node/esm',
    'scripts/dev/generate-public-chains.ts',
    '--check',
  ];
  expect(() => execFileSync('node', program, { cwd: root, stdio: 'pipe' })).not.toThrow();
  expect(publicChains.get(13_396)).toBe('Masa');
  expect(publicChains.get(43_114)).toBe('Avalanche');
  expect(publicChains.has(1_339_600)).toBe(false);
});
