import type { NetworkManifest } from '../plan/network-manifest.js';
import { callJsonRpc } from '../process/call-json-rpc.js';
import { compareTexts, type Mismatch } from './mismatch.js';

/** Chain id, hash and state root of block 0. */
export async function checkGenesisBlock(
  rpcUrl: string,
  { chain }: NetworkManifest,
): Promise<readonly Mismatch[]> {
  const [chainId, block] = await Promise.all([
    callJsonRpc<string>(rpcUrl, 'eth_chainId', []),
    callJsonRpc<{ hash: string; stateRoot: string }>(rpcUrl, 'eth_getBlockByNumber', [
      '0x0',
      false,
    ]),
  ]);
  return [
    ...compareTexts('chain id', String(chain.chainId), String(Number(chainId))),
    ...compareTexts('block 0 hash', chain.genesisHash, block.hash),
    ...compareTexts('block 0 state root', chain.stateRoot, block.stateRoot),
  ];
}
