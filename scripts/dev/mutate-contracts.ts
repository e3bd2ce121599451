// Breaks the contracts on purpose and counts what the tests notice. One command, resumable:
//   node --no-warnings --loader ts-node/esm scripts/dev/mutate-contracts.ts [--only <source>] [--grep <regex on ids>] [--limit <n>]
// With --check it runs nothing: the committed register must belong to the present sources, be good enough and fully classed.
// Every mutant is compiled by the npm compiler alone and put in place of the original's artifact in copies of the workspace,
// where the tests load the artifacts at run time (dynamic_test_linking), so no test is compiled again.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ToolkitError } from '../../genesis/base/errors.js';
import { type AstNode, findMutants, type Mutant } from './mutate-operators.js';
import {
  type MutantResult,
  registerFile,
  renderRegister,
  verifyRegister,
} from './mutate-register.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cacheFile = join(root, 'contracts/cache/mutants.jsonl');
const lanes = 2;
const timeoutMs = 600_000;

/** Sources that are mutated, and the contracts that contain them. */
const targets: Readonly<Record<string, readonly string[]>> = {
  'contracts/src/FeeSplitter.sol': ['FeeSplitter'],
  'contracts/src/MasaStaking.sol': ['MasaStaking'],
  'contracts/src/MasaToken.sol': ['MasaToken'],
  'contracts/src/VestingVault.sol': ['VestingVault'],
  'contracts/src/WMASA.sol': ['WMASA'],
  'contracts/src/libraries/NativeTransfer.sol': ['FeeSplitter', 'MasaStaking', 'VestingVault'],
  'contracts/src/libraries/VestingSchedule.sol': ['VestingVault'],
};

interface Compiled {
  readonly code: Readonly<Record<string, string>>;
  readonly error?: string;
}
type Outcome = Omit<MutantResult, keyof Mutant>;

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const digest = (...parts: readonly string[]) =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 24);
const solc = createRequire(import.meta.url)('solc') as {
  compile(input: string): string;
  version(): string;
};

function option(name: string): string | undefined {
  const index = process.argv.indexOf(name);
  return index < 0 ? undefined : process.argv[index + 1];
}

/** Creation code of every contract that contains the source, without metadata, so that equal code is equal text. */
function compile(file: string, text: string): Compiled {
  const code: Record<string, string> = {};
  for (const name of targets[file]!) {
    const input = JSON.parse(read(`contracts/generated/inputs/${name}.json`)) as {
      sources: Record<string, { content: string }>;
      settings: Record<string, unknown>;
    };
    for (const source of Object.keys(input.sources)) {
      input.sources[source] = { content: source === file ? text : read(source) };
    }
    input.settings.metadata = { appendCBOR: false, bytecodeHash: 'none' };
    input.settings.outputSelection = {
      [`contracts/src/${name}.sol`]: { [name]: ['evm.bytecode.object'] },
    };
    const output = JSON.parse(solc.compile(JSON.stringify(input))) as {
      contracts?: Record<string, Record<string, { evm: { bytecode: { object: string } } }>>;
      errors?: readonly { severity: string; message: string }[];
    };
    const object = output.contracts?.[`contracts/src/${name}.sol`]?.[name]?.evm.bytecode.object;
    if (object === undefined || object === '') {
      const first = output.errors?.find(({ severity }) => severity === 'error');
      return { code: {}, error: first?.message ?? 'no code' };
    }
    code[name] = `0x${object}`;
  }
  return { code };
}

function syntaxTree(file: string): AstNode {
  const input = JSON.parse(read(`contracts/generated/inputs/${targets[file]![0]!}.json`)) as {
    sources: Record<string, { content: string }>;
    settings: Record<string, unknown>;
  };
  for (const source of Object.keys(input.sources))
    input.sources[source] = { content: read(source) };
  input.settings.outputSelection = { '*': { '': ['ast'] } };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as {
    sources: Record<string, { ast: AstNode }>;
  };
  return output.sources[file]!.ast;
}

const testFiles = readdirSync(join(root, 'contracts/test'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(sol|json|csv|txt)$/.test(file))
  .map((file) => `contracts/test/${file}`)
  .sort();
const hashOf = (files: readonly string[]) => digest(...files.map((file) => file + read(file)));
const suiteHash = hashOf([...testFiles, 'foundry.toml']);
/** What every test stands on. Declarations of cheat codes cannot change a verdict. */
const shared = testFiles.filter(
  (name) => /\/test\/(?:base|fixtures|mocks)\//.test(name) && !name.endsWith('/Vm.sol'),
);
/** A kill holds as long as the file with the killing test and what tests share stay the same; handlers belong to invariants. */
const killerHash = (file: string) => {
  const folder = file.includes('/invariant/') ? '/invariant/' : '/no folder/';
  return hashOf([file, ...shared, ...testFiles.filter((name) => name.includes(folder))]);
};

/** Forge asks for the version at every start and compiles an unchanged interface view: both are answered from files. */
function makeCompiler(folder: string): string {
  const path = join(folder, 'solc.sh');
  const answers = join(root, 'contracts/cache/solc-answers');
  mkdirSync(answers, { recursive: true });
  const version = solc.version().replace('.Emscripten.clang', '.Linux.g++');
  writeFileSync(
    path,
    `#!/bin/sh
case "$*" in *--version*) echo 'Version: ${version}'; exit 0;; esac
input="${folder}/in.$$"; cat > "$input"
answer="${answers}/$(sha256sum < "$input" | cut -c1-32)"
[ -s "$answer" ] || { '${process.execPath}' '${join(root, 'scripts/dev/solc.mjs')}' < "$input" > "$answer.$$" && mv "$answer.$$" "$answer"; }
rm -f "$input"; cat "$answer"
`,
  );
  chmodSync(path, 0o755);
  return path;
}

const forgeBinary = createRequire(import.meta.url).resolve(
  `@foundry-rs/forge-${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}/bin/forge`,
);

interface Workspace {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

function makeWorkspace(base: string, lane: number, compiler: string): Workspace {
  const folder = join(base, `lane-${lane}`);
  mkdirSync(join(folder, 'contracts'), { recursive: true });
  for (const name of ['src', 'test']) {
    cpSync(join(root, 'contracts', name), join(folder, 'contracts', name), { recursive: true });
  }
  cpSync(join(root, 'foundry.toml'), join(folder, 'foundry.toml'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const environment = {
    ...process.env,
    FOUNDRY_SOLC: compiler,
    FOUNDRY_DYNAMIC_TEST_LINKING: 'true',
    FOUNDRY_FUZZ_RUNS: '64',
    FOUNDRY_INVARIANT_RUNS: '16',
    FOUNDRY_INVARIANT_DEPTH: '48',
    FOUNDRY_INVARIANT_SHRINK_RUN_LIMIT: '0',
  };
  return { folder, environment };
}

function run(workspace: Workspace, argv: readonly string[]) {
  return new Promise<{ output: string; late: boolean }>((resolve) => {
    const { folder, environment } = workspace;
    const child = spawn(forgeBinary, argv, { cwd: folder, env: environment });
    const chunks: Buffer[] = [];
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', () => {});
    child.on('close', () => {
      clearTimeout(timer);
      resolve({ output: Buffer.concat(chunks).toString(), late });
    });
  });
}

/** What the tests say; only a test that failed is a kill, never a compiler or a runner that stumbled. */
async function judge(workspace: Workspace, argv: readonly string[]): Promise<Outcome> {
  const { output, late } = await run(workspace, ['test', '--json', '--allow-failure', ...argv]);
  if (late) return { status: 'timeout' };
  try {
    const suites = JSON.parse(output.slice(output.indexOf('{'))) as Record<
      string,
      { test_results: Record<string, { status: string }> }
    >;
    let tests = 0;
    for (const [suite, { test_results }] of Object.entries(suites)) {
      for (const [test, { status }] of Object.entries(test_results)) {
        tests += 1;
        if (status !== 'Success') {
          const [file, contract] = suite.split(':');
          return { status: 'killed', killer: `${contract}.${test}`, killerFile: file! };
        }
      }
    }
    return tests > 0 ? { status: 'survived' } : { status: 'error' };
  } catch {
    return { status: 'error' };
  }
}

/** The artifact's creation code is what `new` in a test creates. */
function place({ folder }: Workspace, code: Readonly<Record<string, string>>): void {
  for (const [name, object] of Object.entries(code)) {
    const path = join(folder, `contracts/out/${name}.sol/${name}.json`);
    const artifact = JSON.parse(readFileSync(path, 'utf8')) as { bytecode: { object: string } };
    artifact.bytecode.object = object;
    writeFileSync(path, JSON.stringify(artifact));
  }
}

/** Invariants that do not bear the contract's own name. */
const invariantSuites: Readonly<Record<string, string>> = { MasaToken: 'Tokens', WMASA: 'Tokens' };
/** Beginnings of the names of the unit tests that create a contract. */
const suites: Readonly<Record<string, string>> = {
  MasaStaking: 'MasaStaking|Staking',
  VestingVault: 'Vesting',
};
const unitTests = (names: readonly string[]) => [
  '--match-contract',
  `^(${names.map((name) => suites[name] ?? name).join('|')}|Events|Vectors)`,
  '--no-match-contract',
  'Invariants',
];
const invariants = (names: readonly string[]) => [
  '--match-contract',
  `(${names.join('|')})Invariants`,
];

/** Unit and fuzz tests first, the invariants only for what survives them. */
async function testMutant(
  workspace: Workspace,
  names: readonly string[],
  code: Readonly<Record<string, string>>,
): Promise<Outcome> {
  place(workspace, code);
  const first = await judge(workspace, [...unitTests(names), '--fail-fast']);
  if (first.status !== 'survived') return first;
  return judge(workspace, invariants(names.map((name) => invariantSuites[name] ?? name)));
}

interface CacheEntry extends Outcome {
  readonly key: string;
  readonly hash: string;
}

function readCache(): Map<string, Outcome> {
  const known = new Map<string, Outcome>();
  if (!existsSync(cacheFile)) return known;
  for (const line of readFileSync(cacheFile, 'utf8').split('\n')) {
    try {
      const { key, hash, ...outcome } = JSON.parse(line) as CacheEntry;
      const file = outcome.killerFile;
      const current =
        file === undefined ? suiteHash : existsSync(join(root, file)) && killerHash(file);
      if (hash === current) known.set(key, outcome);
    } catch {
      // A line torn by a kill is worth one mutant.
    }
  }
  return known;
}

async function main(): Promise<void> {
  if (process.argv.includes('--check')) return verifyRegister(root, Object.keys(targets));
  const only = option('--only');
  const pattern = option('--grep');
  const grep = new RegExp(pattern ?? '');
  const limit = Number(option('--limit') ?? Number.POSITIVE_INFINITY);
  const base = mkdtempSync(join(tmpdir(), 'masa-mutants-'));
  const compiler = makeCompiler(base);
  const workspaces = Array.from({ length: lanes }, (_, lane) =>
    makeWorkspace(base, lane, compiler),
  );
  const files = Object.keys(targets).filter((file) => only === undefined || file.includes(only));
  const originals = new Map(files.map((file) => [file, compile(file, read(file))]));
  try {
    for (const workspace of workspaces) {
      await run(workspace, ['build']);
      // Two controls: the originals pass, and broken code is noticed, so a kill means what it says.
      for (const { code } of originals.values()) place(workspace, code);
      const good = await judge(workspace, unitTests(Object.values(targets).flat()));
      const broken = Object.fromEntries(targets[files[0]!]!.map((name) => [name, '0xfe']));
      place(workspace, broken);
      const bad = await judge(workspace, unitTests(targets[files[0]!]!));
      if (good.status !== 'survived' || bad.status !== 'killed') {
        throw new ToolkitError({
          code: 'MUTATION_CONTROLS',
          message: `The controls failed: originals ${good.status} ${good.killer ?? ''}, broken code ${bad.status}.`,
          next: 'node scripts/dev/forge.mjs test',
        });
      }
      place(workspace, originals.get(files[0]!)!.code);
    }
    const known = readCache();
    const results: MutantResult[] = [];
    const queue = files
      .flatMap((file) => findMutants(file, read(file), syntaxTree(file)))
      .filter(({ id }) => grep.test(id));
    const total = Math.min(queue.length, limit);
    queue.length = total;
    const byCode = new Map<string, Promise<Outcome>>();
    const started = Date.now();
    const lane = async (workspace: Workspace) => {
      for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
        const { file, start, end, replacement } = mutant;
        const bytes = Buffer.from(read(file));
        const text = `${bytes.subarray(0, start)}${replacement}${bytes.subarray(end)}`;
        const { code, error } = compile(file, text);
        const original = originals.get(file)!.code;
        const key = digest(JSON.stringify(code));
        let outcome: Outcome;
        if (error !== undefined) outcome = { status: 'not compiled' };
        else if (JSON.stringify(code) === JSON.stringify(original))
          outcome = { status: 'same code' };
        else {
          const names = targets[file]!;
          let pending = known.has(key) ? Promise.resolve(known.get(key)!) : byCode.get(key);
          if (pending === undefined) {
            pending = testMutant(workspace, names, code).finally(() => place(workspace, original));
            byCode.set(key, pending);
          }
          outcome = await pending;
          if (outcome.status === 'killed' || outcome.status === 'survived') {
            const hash =
              outcome.killerFile === undefined ? suiteHash : killerHash(outcome.killerFile);
            if (!known.has(key))
              appendFileSync(cacheFile, `${JSON.stringify({ key, hash, ...outcome })}\n`);
            known.set(key, outcome);
          }
        }
        results.push({ ...mutant, ...outcome });
        if (results.length % 50 === 0 || results.length === total) {
          const seconds = ((Date.now() - started) / 1000).toFixed(0);
          console.error(`${results.length} of ${total} mutants, ${seconds} s`);
        }
      }
    };
    await Promise.all(workspaces.map(lane));
    const whole = only === undefined && pattern === undefined && total < limit;
    const { text, register, good } = renderRegister(root, files, results);
    console.log(text);
    if (whole) writeFileSync(join(root, registerFile), `${JSON.stringify(register, null, 2)}\n`);
    else console.log('A part only: the register is not written.');
    if (!good) process.exitCode = 1;
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

try {
  await main();
} catch (error) {
  console.error(
    error instanceof ToolkitError ? `${error.message}\n  next: ${error.next ?? '-'}` : error,
  );
  process.exitCode = 1;
}
