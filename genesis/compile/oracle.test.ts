import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ToolkitError } from '../base/errors.js';
import { hashGenesis } from './hash-genesis.js';
import { parseGenesis } from './parse-genesis.js';
import type { NetworkName } from './parsed-genesis.js';

type Answer = [network: NetworkName, genesis: string, upgrade: string, hash: string | null];

const root = fileURLToPath(new URL('../..', import.meta.url));
const answers = gunzipSync(readFileSync(new URL('fixtures/oracle-cases.jsonl.gz', import.meta.url)))
  .toString()
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Answer);

describe('parseGenesis and hashGenesis against Subnet-EVM v1.14.2', () => {
  it(`given ${answers.length} genesis and upgrade files, each verdict and each block hash is the node’s`, () => {
    const deviations = answers.filter(([network, genesis, upgradeText, expected]) => {
      let hash: string | null = null;
      try {
        hash = hashGenesis(parseGenesis(genesis, { network, upgradeText })).blockHash;
      } catch (error) {
        // Only located refusals count; anything else is a fault of the parser.
        if (!(error instanceof ToolkitError) || error.exitCode !== 2 || !error.where) throw error;
      }
      return hash !== expected;
    });
    expect(deviations).toEqual([]);
    expect(answers.length).toBeGreaterThan(2_000);
    expect(answers.filter(([, , , hash]) => hash !== null).length).toBeGreaterThan(1_000);
  }, 60_000);
});

const hasGo = spawnSync('go', ['version']).status === 0;

describe('network upgrade tables', () => {
  // Without Go there is nothing to compare with; in CI that is a failure.
  it.skipIf(!hasGo && process.env.CI === undefined)(
    'given the Go module, the committed tables are what it says (needs Go)',
    () => {
      const program = [
        '--no-warnings',
        '--loader',
        'ts-node/esm',
        'scripts/dev/generate-network-upgrades.ts',
        '--check',
      ];
      expect(() => execFileSync('node', program, { cwd: root, stdio: 'pipe' })).not.toThrow();
    },
    600_000,
  );
});
