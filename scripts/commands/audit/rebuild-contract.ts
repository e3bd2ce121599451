import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ToolkitError } from '../../../genesis/base/errors.js';
import type { Hex } from '../../../genesis/base/hash.js';
import { create2FactoryCreationCode } from '../../../genesis/compile/plan-predeploys.js';

interface CompilerOutput {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts?: Readonly<
    Record<string, Readonly<Record<string, { evm: { bytecode: { object: string } } }>>>
  >;
}

/**
 * Compiles a contract again from its committed compiler input with the npm compiler, once per name.
 *
 * @param packageRoot Folder of the package; the inputs lie under it.
 * @throws ToolkitError `REBUILD_FAILED`.
 */
export function createRebuild(packageRoot: string): (name: string) => Promise<Hex | undefined> {
  const made = new Map<string, Hex | undefined>();
  return async (name) => {
    // The factory has no sources: its creation code is the published transaction's.
    if (name === 'Create2Factory') return create2FactoryCreationCode;
    if (!made.has(name)) made.set(name, compile(packageRoot, name));
    return made.get(name);
  };
}

function compile(packageRoot: string, name: string): Hex | undefined {
  const path = join(packageRoot, 'contracts', 'generated', 'inputs', `${name}.json`);
  if (!/^\w+$/.test(name) || !existsSync(path)) return undefined;
  const solc = createRequire(import.meta.url)('solc') as { compile(input: string): string };
  const output = JSON.parse(solc.compile(readFileSync(path, 'utf8'))) as CompilerOutput;
  const error = output.errors?.find(({ severity }) => severity === 'error');
  const found = Object.values(output.contracts ?? {}).find((file) => name in file)?.[name];
  if (error === undefined && found !== undefined) return `0x${found.evm.bytecode.object}`;
  throw new ToolkitError({
    code: 'REBUILD_FAILED',
    message: error?.formattedMessage.split('\n')[0] ?? `The compiler made no contract ${name}.`,
    where: path,
    next: 'The file is damaged: install the package again.',
  });
}
