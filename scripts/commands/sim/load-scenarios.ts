import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ToolkitError } from '../../../genesis/base/errors.js';
import { nearestWord } from '../../../genesis/plan/nearest-word.js';
import { baseScenario } from '../../../sim/engine/base-scenario.js';
import { parseScenario } from '../../../sim/engine/parse-scenario.js';
import type { Scenario } from '../../../sim/engine/study.js';
import type { Context } from '../../context.js';
import { readTextFile } from '../../read-text-file.js';

/**
 * The scenarios of a study: the plan as it stands, then each of the named ones, built in or a YAML file.
 *
 * @throws ToolkitError `SCENARIO_NOT_FOUND`, `SCENARIO_INVALID`, `SCENARIO_SYNTAX` (exit 2).
 */
export function loadScenarios(
  names: readonly string[],
  context: Pick<Context, 'cwd' | 'packageRoot'>,
): readonly Scenario[] {
  const folder = join(context.packageRoot, 'sim', 'scenarios');
  const builtIn = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -5));
  const read = (name: string): Scenario => {
    const path = builtIn.includes(name) ? join(folder, `${name}.yaml`) : resolve(context.cwd, name);
    if (!existsSync(path)) {
      const near = nearestWord(name, builtIn);
      throw new ToolkitError({
        code: 'SCENARIO_NOT_FOUND',
        message: `There is no scenario "${name}".`,
        where: path,
        allowed: `${builtIn.join(', ')}, or a YAML file`,
        next: near === undefined ? undefined : `Did you mean "${near}"?`,
        exitCode: 2,
      });
    }
    const text = readTextFile({
      path,
      code: 'SCENARIO_NOT_FOUND',
      next: 'Name a scenario file; those of sim/scenarios are examples.',
      maximumBytes: 1_000_000,
    });
    return parseScenario(text, path);
  };
  return [baseScenario, ...names.map(read)];
}
