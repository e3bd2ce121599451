import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ToolkitError } from '../../../genesis/base/errors.js';
import { callJsonRpc } from './call-json-rpc.js';
import { waitUntil } from './wait-until.js';

/** Whether a node has caught up with a chain: `P`, `X`, `C` or a blockchain ID. */
export async function isBootstrapped(uri: string, chain: string): Promise<boolean> {
  const answer = await callJsonRpc<{ isBootstrapped: boolean }>(
    `${uri}/ext/info`,
    'info.isBootstrapped',
    { chain },
  );
  return answer.isBootstrapped;
}

/**
 * Waits until a node serves the JSON-RPC of an L1. The node never says over RPC why a chain is missing; its log does,
 * and is read here.
 *
 * @returns URL of the L1's JSON-RPC.
 * @throws ToolkitError NODE_CHAIN_DOWN when the node refused the chain's files, NODE_TIMEOUT.
 */
export async function awaitChain(
  node: { readonly uri: string; readonly folder: string },
  blockchainId: string,
): Promise<string> {
  const rpcUrl = `${node.uri}/ext/bc/${blockchainId}/rpc`;
  const log = join(node.folder, 'logs', `${blockchainId}.log`);
  await waitUntil('the L1 answers', 60_000, async () => {
    try {
      await callJsonRpc(rpcUrl, 'eth_chainId', []);
      return true;
    } catch (error) {
      const reason = await findRefusal(log);
      if (reason === undefined) return false;
      throw new ToolkitError({
        code: 'NODE_CHAIN_DOWN',
        message: `The node refused the chain: ${reason.slice(0, 500)}`,
        where: log,
        next: 'masa genesis lint names what is wrong in genesis.json or upgrade.json.',
        cause: error,
      });
    }
  });
  return rpcUrl;
}

async function findRefusal(log: string): Promise<string | undefined> {
  const lines = (await readFile(log, 'utf8').catch(() => '')).split('\n');
  return lines.find((line) => /error creating chain|Fatal|failed to initialize/i.test(line));
}
