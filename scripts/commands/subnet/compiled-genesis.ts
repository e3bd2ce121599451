import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Context } from '../../context.js';
import type { PlanArguments } from '../../load-plan.js';

/** A plan's genesis file, without what only its compilation needs. */
export interface StoredGenesis {
  readonly name: string;
  readonly json: string;
}

/**
 * The genesis file of a plan. A compiled toolkit comes with that of the default plan, and keeps others in its home by
 * everything that they are made of, the plan's text, the options and the toolkit itself, so that a chain starts without
 * reading the plan again.
 *
 * @throws ToolkitError `PLAN_…` or `GENESIS_…` (exit 2).
 */
export async function compiledGenesis(
  argv: PlanArguments,
  context: Pick<Context, 'cwd' | 'packageRoot' | 'home' | 'log'>,
): Promise<StoredGenesis> {
  const shipped = await shippedGenesis(argv, context);
  if (shipped !== undefined) return shipped;
  const file = await cacheFile(argv, context);
  if (file !== undefined) {
    try {
      const stored = JSON.parse(await readFile(file, 'utf8')) as StoredGenesis;
      if (typeof stored.json === 'string' && typeof stored.name === 'string') return stored;
    } catch (error) {
      context.log('no compiled genesis', { file, reason: (error as Error).message });
    }
  }
  const { compilePlan } = await import('../../compile-plan.js');
  const { plan, compiled } = await compilePlan(argv, context);
  const stored = { name: plan.name, json: compiled.json };
  if (file !== undefined) {
    try {
      await mkdir(join(file, '..'), { recursive: true });
      const draft = `${file}.${process.pid}`;
      await writeFile(draft, JSON.stringify(stored));
      await rename(draft, file);
    } catch (error) {
      // A home that cannot be written only costs time.
      context.log('compiled genesis not kept', { file, reason: (error as Error).message });
    }
  }
  return stored;
}

/** The default plan's genesis, which the build compiled, while the plan's text is the same. */
async function shippedGenesis(
  { plan = 'masa', profile, overlay, set }: PlanArguments,
  { packageRoot }: Pick<Context, 'packageRoot'>,
): Promise<StoredGenesis | undefined> {
  if (plan !== 'masa' || profile !== undefined || overlay !== undefined || set !== undefined)
    return undefined;
  if (!(await isCompiled(packageRoot))) return undefined;
  const text = (path: string) => readFile(join(packageRoot, path), 'utf8').catch(() => undefined);
  const [source, shipped] = await Promise.all([
    text('genesis/plans/masa.yaml'),
    text('dist/default-genesis.json'),
  ]);
  if (source === undefined || shipped === undefined) return undefined;
  const found = JSON.parse(shipped) as StoredGenesis & { readonly plan: string };
  return createHash('sha256').update(source).digest('hex') === found.plan ? found : undefined;
}

/** Sources may change from run to run; what is compiled says what it was compiled from. */
async function isCompiled(packageRoot: string): Promise<boolean> {
  const { fileURLToPath } = await import('node:url');
  return fileURLToPath(import.meta.url).startsWith(join(packageRoot, 'dist') + sep);
}

async function cacheFile(
  argv: PlanArguments,
  { cwd, packageRoot, home }: Pick<Context, 'cwd' | 'packageRoot' | 'home'>,
): Promise<string | undefined> {
  if (!(await isCompiled(packageRoot))) return undefined;
  const { plan = 'masa', profile, overlay, set } = argv;
  const builtIn = join(packageRoot, 'genesis', 'plans', `${plan}.yaml`);
  const { resolve } = await import('node:path');
  const text = async (path: string) => readFile(path, 'utf8').catch(() => undefined);
  const source = (await text(builtIn)) ?? (await text(resolve(cwd, plan)));
  if (source === undefined) return undefined;
  const made = [
    await text(join(packageRoot, 'package.json')),
    await text(join(packageRoot, 'dist', '.sources')),
    source,
    JSON.stringify({ plan, profile, overlay, set }),
  ];
  const hash = createHash('sha256').update(JSON.stringify(made)).digest('hex');
  return join(home, 'cache', 'genesis', `${hash}.json`);
}
