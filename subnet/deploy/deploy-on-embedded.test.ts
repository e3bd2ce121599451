import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { compileGenesis } from '../../genesis/compile/compile-genesis.js';
import { resolvePlan } from '../../genesis/plan/resolve-plan.js';
import { startEmbedded } from '../embedded/start-embedded.js';
import { deployPlan } from './deploy-plan.js';

const folder = mkdtempSync(join(tmpdir(), 'masa-deploy-embedded-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('deploys onto the embedded chain, which has the genesis hash and the precompiles of the plan', async () => {
  const text = readFileSync(join(import.meta.dirname, '../../genesis/plans/masa.yaml'), 'utf8');
  const plan = resolvePlan({ text, file: 'masa.yaml' });
  const compiled = await compileGenesis(plan);
  const chain = await startEmbedded({ genesis: compiled.json, port: 0 });
  try {
    const parameters = { plan, compiled, rpcUrl: chain.url, folder };
    const first = await deployPlan(parameters);
    expect(first.sent).toBe(3);
    expect(first.manifest.roles.find(({ contract }) => contract === 'feeManager')).toMatchObject({
      role: 'admin',
      holders: [plan.predeploys.timelock!.address],
    });
    // The gas that a real AvalancheGo v1.14.2 uses for the same transactions.
    expect(first.manifest.transactions.map(({ gasUsed }) => gasUsed)).toEqual([
      1_308_845, 21_000, 67_111,
    ]);
    const manifest = readFileSync(first.manifestFile, 'utf8');
    expect((await deployPlan(parameters)).sent).toBe(0);
    expect(readFileSync(first.manifestFile, 'utf8')).toBe(manifest);
  } finally {
    await chain.stop();
  }
});
