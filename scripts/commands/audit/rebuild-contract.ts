import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { RebuiltContract } from '../../../genesis/audit/audit-evidence.js';
import { ToolkitError } from '../../../genesis/base/errors.js';
import { create2FactoryCreationCode } from '../../../genesis/compile/plan-predeploys.js';

interface CompilerOutput {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts?: Readonly<
    Record<string, Readonly<Record<string, { evm: { bytecode: { object: string } } }>>>
  >;
}

/**
 * Compiles a contract again from its committed compiler input with the npm compiler, each input once.
 *
 * @param packageRoot Folder of the package; the inputs lie under it.
 * @throws ToolkitError `REBUILD_FAILED`.
 */
export function createRebuild(
  packageRoot: string,
): (name: string) => Promise<RebuiltContract | undefined> {
  return async (name) => {
    // The factory has no sources: its creation code is the published transaction's.
    if (name === 'Create2Factory') return { creationCode: create2FactoryCreationCode };
    const path = join(packageRoot, 'contracts', 'generated', 'inputs', `${name}.json`);
    if (!/^\w+$/.test(name) || !existsSync(path)) return undefined;
    const text = readFileSync(path, 'utf8');
    const key = `${name} ${text}`;
    const known = made.get(key) ?? compile(text, name, path);
    made.set(key, known);
    return known;
  };
}

/** What this process has compiled, by the whole compiler input. */
const made = new Map<string, RebuiltContract>();

interface CompilerInput {
  readonly sources: Readonly<Record<string, unknown>>;
  readonly settings: {
    readonly evmVersion: string;
    readonly optimizer: { readonly enabled: boolean; readonly runs: number };
  };
}

function compile(text: string, name: string, path: string): RebuiltContract {
  const solc = createRequire(import.meta.url)('solc') as {
    compile(input: string): string;
    version(): string;
  };
  const { sources, settings } = readInput(text, path);
  const output = JSON.parse(solc.compile(text)) as CompilerOutput;
  const error = output.errors?.find(({ severity }) => severity === 'error');
  const found = Object.values(output.contracts ?? {}).find((file) => name in file)?.[name];
  if (error !== undefined || found === undefined)
    throw damaged(
      path,
      error?.formattedMessage.split('\n')[0] ?? `The compiler made no contract ${name}.`,
    );
  return {
    creationCode: `0x${found.evm.bytecode.object}`,
    build: {
      compiler: solc.version().replace(/\.Emscripten.*$/, ''),
      evmVersion: settings.evmVersion,
      optimizerRuns: settings.optimizer.enabled ? settings.optimizer.runs : 0,
      sources: Object.keys(sources),
    },
  };
}

function readInput(text: string, path: string): CompilerInput {
  try {
    const input = JSON.parse(text) as CompilerInput;
    if (typeof input.settings.optimizer.runs === 'number' && input.sources) return input;
    throw new TypeError('it is no compiler input');
  } catch (error) {
    throw damaged(path, `The compiler input cannot be read: ${(error as Error).message}`);
  }
}

function damaged(path: string, message: string): ToolkitError {
  return new ToolkitError({
    code: 'REBUILD_FAILED',
    message,
    where: path,
    next: 'The file is damaged: install the package again.',
  });
}
