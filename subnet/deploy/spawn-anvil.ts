import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { ToolkitError } from '../../genesis/base/errors.js';

export interface SpawnedAnvil {
  readonly url: string;
  call(method: string, params?: readonly unknown[]): Promise<unknown>;
  stop(): void;
}

/** For tests: anvil on a free port, with the rules of Cancun. */
export async function spawnAnvil(...options: readonly string[]): Promise<SpawnedAnvil> {
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const binary = createRequire(import.meta.url).resolve(
    `@foundry-rs/anvil-${process.platform}-${architecture}/bin/anvil`,
  );
  const anvil = spawn(binary, ['--port', '0', '--hardfork', 'cancun', ...options]);
  const url = `http://127.0.0.1:${await awaitPort(anvil)}`;
  return {
    url,
    async call(method, params = []) {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      });
      const { result, error } = (await answer.json()) as {
        result?: unknown;
        error?: { message: string };
      };
      if (error === undefined) return result;
      throw new ToolkitError({ code: 'ANVIL_REFUSED', message: `${method}: ${error.message}` });
    },
    stop: () => anvil.kill('SIGKILL'),
  };
}

function awaitPort(anvil: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      const port = /Listening on 127\.0\.0\.1:(\d+)/.exec(text)?.[1];
      if (port !== undefined) resolve(port);
    };
    anvil.stdout?.on('data', read);
    anvil.stderr?.on('data', read);
    anvil.on('error', reject);
    anvil.on('exit', (code) =>
      reject(new ToolkitError({ code: 'ANVIL_ENDED', message: `anvil ended (${code}): ${text}` })),
    );
  });
}
