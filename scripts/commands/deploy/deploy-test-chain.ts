import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileGenesis } from '../../../genesis/compile/compile-genesis.js';
import { resolvePlan } from '../../../genesis/plan/resolve-plan.js';
import { connectRpc } from '../../../subnet/clients/connect-rpc.js';
import { openFaultDoor } from '../../../subnet/deploy/fault-door.js';
import { startEmbedded } from '../../../subnet/embedded/start-embedded.js';
import { main } from '../../main.js';

/** The text of the default plan. */
export const planText = readFileSync(
  join(import.meta.dirname, '../../../genesis/plans/masa.yaml'),
  'utf8',
);

/** The command line in this process. */
export async function runMasa(...argv: string[]) {
  const printed: string[] = [];
  const errors: string[] = [];
  const exitCode = await main(argv, {
    print: (line) => printed.push(line),
    printError: (line) => errors.push(line),
    version: '0',
    signal: new AbortController().signal,
  });
  return { exitCode, output: printed.join('\n'), errors: errors.join('\n') };
}

/** For tests: the embedded chain of the default plan behind a door that can fail, and folders for deployments. */
export async function openDeployTestChain() {
  const plan = resolvePlan({ text: planText, file: 'masa.yaml' });
  const chain = await startEmbedded({ genesis: (await compileGenesis(plan)).json, port: 0 });
  const door = await openFaultDoor(chain.url);
  const call = connectRpc(chain.url);
  const folder = mkdtempSync(join(tmpdir(), 'masa deploy '));
  let fresh = await call('evm_snapshot', []);
  let outs = 0;
  const test = {
    ...{ plan, door, call, folder },
    /** Folder of the deployment at hand. */
    out: '',
    journalFile: () => join(test.out, 'deployment.journal'),
    /** Back to block 0, with a folder that does not exist yet. */
    async reset(): Promise<void> {
      door.fault = () => undefined;
      door.after = async () => {};
      door.revive();
      door.sent.length = 0;
      await call('evm_revert', [fresh]);
      fresh = await call('evm_snapshot', []);
      outs += 1;
      test.out = join(folder, `deployment ${outs}`);
    },
    /** `masa deploy … --json` against the chain, with its answer. */
    async deploy(verb: string, ...argv: string[]) {
      const rpc = argv.includes('--rpc') ? [] : ['--rpc', door.url];
      const all = ['deploy', verb, ...rpc, '--out', test.out, '--json', ...argv];
      const { exitCode, output } = await runMasa(...all);
      return { exitCode, json: JSON.parse(output) };
    },
    async stop(): Promise<void> {
      door.stop();
      await chain.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return test;
}
