import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Writes dist/default-genesis.json: the genesis of the built-in default plan, compiled by the toolkit beside it, with the
 * hash of the plan's text. A chain of another plan, or of an edited one, is compiled when it is started.
 */
export async function compileDefaultGenesis(root) {
  const { compilePlan } = await import(pathToFileURL(join(root, 'dist/scripts/compile-plan.js')));
  const { plan, compiled } = await compilePlan({}, { cwd: root, packageRoot: root });
  const text = readFileSync(join(root, 'genesis/plans/masa.yaml'), 'utf8');
  writeFileSync(
    join(root, 'dist/default-genesis.json'),
    JSON.stringify({
      plan: createHash('sha256').update(text).digest('hex'),
      name: plan.name,
      json: compiled.json,
    }),
  );
}
