import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { assumptionsDocument } from '../assumptions-document.js';
import { loadPlan } from '../load-plan.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = `${root}sim/ASSUMPTIONS.md`;
const plan = await loadPlan({ plan: 'masa', overlay: ['none'] }, { cwd: root, packageRoot: root });
const generated = assumptionsDocument(plan, 'genesis/plans/masa.yaml');

if (!process.argv.includes('--check')) writeFileSync(target, generated);
else if (readFileSync(target, 'utf8') !== generated) {
  console.error('sim/ASSUMPTIONS.md differs from the plan: run this program without --check.');
  process.exitCode = 1;
}
