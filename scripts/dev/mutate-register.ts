import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ToolkitError } from '../../genesis/base/errors.js';
import type { Mutant } from './mutate-operators.js';

/** What became of a mutant. Only a test that failed is a kill; late and broken runs are shown and count against us. */
export interface MutantResult extends Mutant {
  readonly status: 'killed' | 'survived' | 'timeout' | 'error' | 'not compiled' | 'same code';
  readonly killer?: string;
  readonly killerFile?: string;
}

/** Why a survivor is no gap: `equivalent` behaves the same, `gap` is a missing test, `bug` a defect, `open` unread. */
type SurvivorClass = 'equivalent' | 'gap' | 'bug' | 'open';

interface Survivor {
  readonly id: string;
  readonly line: number;
  readonly status: string;
  readonly class: SurvivorClass;
  readonly reason: string;
}

type Classed = Pick<Survivor, 'id' | 'class' | 'reason'>;

interface Counts {
  readonly mutants: number;
  readonly notCompiled: number;
  readonly sameCode: number;
  readonly judged: number;
  readonly killed: number;
}

interface Register {
  readonly command: string;
  readonly sources: Readonly<Record<string, string>>;
  readonly total: Counts & { readonly killedPercent: number };
  readonly files: Readonly<Record<string, Counts>>;
  readonly operators: Readonly<Record<string, Counts>>;
  readonly survivors: readonly Survivor[];
}

/** Where the register lies, relative to the repository; written by a whole run. */
export const registerFile = 'contracts/test/mutation-register.json';
/** Read by people, written by people: class and reason of survivors. */
const classesFile = 'contracts/test/mutation-classes.json';
const neededPercent = 95;

const sourceHash = (root: string, file: string) =>
  createHash('sha256')
    .update(readFileSync(join(root, file)))
    .digest('hex');

function count(results: readonly MutantResult[]): Counts {
  const of = (status: MutantResult['status']) =>
    results.filter((result) => result.status === status).length;
  const [notCompiled, sameCode] = [of('not compiled'), of('same code')];
  return {
    mutants: results.length,
    notCompiled,
    sameCode,
    judged: results.length - notCompiled - sameCode,
    killed: of('killed'),
  };
}

function countBy(results: readonly MutantResult[], key: 'file' | 'operator') {
  const names = [...new Set(results.map((result) => result[key]))].sort();
  return Object.fromEntries(
    names.map((name) => [name, count(results.filter((result) => result[key] === name))]),
  );
}

function readRegister(root: string): Register | undefined {
  const path = join(root, registerFile);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Register) : undefined;
}

/**
 * The register of a run and a table to print. Survivors have the class and reason that contracts/test/mutation-classes.json
 * gives them; what is not in there is open.
 *
 * @returns `good` only if something was judged, enough was killed and every survivor is classed.
 */
export function renderRegister(
  root: string,
  files: readonly string[],
  results: readonly MutantResult[],
): { readonly text: string; readonly register: Register; readonly good: boolean } {
  const classes = JSON.parse(readFileSync(join(root, classesFile), 'utf8')) as readonly Classed[];
  const classed = new Map(classes.map((entry) => [entry.id, entry]));
  const survivors = results
    .filter(({ status }) => status === 'survived' || status === 'timeout' || status === 'error')
    .map(({ id, line, status }): Survivor => {
      const known = classed.get(id);
      return { id, line, status, class: known?.class ?? 'open', reason: known?.reason ?? '' };
    })
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  const total = count(results);
  const killedPercent =
    total.judged === 0 ? 0 : Math.floor((10_000 * total.killed) / total.judged) / 100;
  const register: Register = {
    command: 'npm run mutate:contracts',
    sources: Object.fromEntries(files.map((file) => [file, sourceHash(root, file)])),
    total: { ...total, killedPercent },
    files: countBy(results, 'file'),
    operators: countBy(results, 'operator'),
    survivors,
  };
  const row = (name: string, counts: Counts) =>
    [
      name.padEnd(48),
      ...[counts.mutants, counts.notCompiled, counts.sameCode, counts.judged, counts.killed].map(
        (value) => String(value).padStart(9),
      ),
    ].join('');
  const heads = ['mutants', 'invalid', 'same', 'judged', 'killed'];
  const lines = [
    ''.padEnd(48) + heads.map((head) => head.padStart(9)).join(''),
    ...Object.entries(register.files).map(([name, counts]) => row(name, counts)),
    ...Object.entries(register.operators).map(([name, counts]) => row(name, counts)),
    row('together', total),
    ...survivors.map((entry) => `${entry.status} (${entry.class}) line ${entry.line}: ${entry.id}`),
    total.judged === 0
      ? 'Nothing was judged; there is no score.'
      : `${killedPercent} % killed, ${survivors.length} survivors, ${survivors.filter((entry) => entry.class === 'open').length} of them open.`,
  ];
  return { text: lines.join('\n'), register, good: problems(register).length === 0 };
}

function problems({ total, survivors }: Register): string[] {
  const found: string[] = [];
  if (total.judged === 0) found.push('nothing was judged');
  if (total.killedPercent < neededPercent) {
    found.push(`${total.killedPercent} % killed, needed are ${neededPercent} %`);
  }
  for (const { id, class: kind, reason } of survivors) {
    if (kind === 'open' || kind === 'bug' || reason === '') found.push(`${kind}: ${id}`);
  }
  return found;
}

/**
 * Checks the committed register without running anything.
 *
 * @throws ToolkitError `MUTATION_REGISTER` if it is missing, belongs to other sources, or is not good enough.
 * @example verifyRegister(root, ['contracts/src/FeeSplitter.sol'])
 */
export function verifyRegister(root: string, files: readonly string[]): void {
  const register = readRegister(root);
  const found = register === undefined ? ['there is no register'] : problems(register);
  for (const file of files) {
    if (register !== undefined && register.sources[file] !== sourceHash(root, file)) {
      found.push(`${file} has changed since`);
    }
  }
  if (found.length > 0) {
    throw new ToolkitError({
      code: 'MUTATION_REGISTER',
      message: `The mutation register does not hold:\n  ${found.join('\n  ')}`,
      where: registerFile,
      next: 'npm run mutate:contracts',
    });
  }
}
