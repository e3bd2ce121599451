import { bytesToHex } from '@noble/hashes/utils.js';
import { formatHex } from '../../../genesis/base/format-hex.js';
import type { EmbeddedChain } from '../chain/embedded-chain.js';
import type { RpcMethod } from '../rpc/answer-rpc.js';
import { formatQuantity } from '../rpc/format-quantity.js';
import { parseMessage, parseOverrides, parseWord } from '../rpc/parse-message.js';
import { parseAddress } from '../rpc/parse-values.js';
import { RpcError } from '../rpc/rpc-error.js';
import { callMessage, failCall } from './call-message.js';
import { estimateGas } from './estimate-gas.js';
import { getBlock } from './find-block.js';

const emptyCodeHash = '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470';

/** Methods that read accounts, and calls. */
export function stateMethods(chain: EmbeddedChain): Record<string, RpcMethod> {
  const account = async (address: unknown, reference: unknown) => {
    const { state } = (await getBlock(chain, reference)).block;
    return { state, found: state.get(parseAddress(address, 'address')) };
  };
  return {
    eth_getBalance: async ([address, reference]) =>
      formatQuantity((await account(address, reference)).found?.balance ?? 0n),
    eth_getCode: async ([address, reference]) =>
      formatHex((await account(address, reference)).found?.code ?? new Uint8Array()),
    eth_getStorageAt: async ([address, slot, reference]) => {
      const { state, found } = await account(address, reference);
      return `0x${bytesToHex(state.getStorage(found, parseWord(slot, 'slot'))).padStart(64, '0')}`;
    },
    eth_getTransactionCount: async ([address, reference]) =>
      formatQuantity(
        reference === 'pending'
          ? chain.pendingNonce(parseAddress(address, 'address'))
          : ((await account(address, reference)).found?.nonce ?? 0n),
      ),
    eth_getProof: async ([address, slots, reference]) => {
      if (!Array.isArray(slots)) throw new RpcError('invalidParams', 'want a list of slots');
      const { state, found } = await account(address, reference);
      const own = parseAddress(address, 'address');
      const words = slots.map((slot) => parseWord(slot, 'slot'));
      const proof = state.prove(own, words);
      return {
        address: own,
        balance: formatQuantity(found?.balance ?? 0n),
        nonce: formatQuantity(found?.nonce ?? 0n),
        codeHash: found === undefined ? emptyCodeHash : `0x${bytesToHex(found.codeHash)}`,
        accountProof: proof.accountProof,
        storageHash: proof.storageHash,
        storageProof: proof.storageProof.map((item, index) => ({
          key: slots[index],
          value: formatQuantity(item.value),
          proof: item.proof,
        })),
      };
    },
    eth_call: async ([message, reference, overrides]) => {
      const stored = await getBlock(chain, reference);
      const result = await callMessage(
        chain,
        parseMessage(message),
        stored,
        parseOverrides(overrides),
      );
      if (result.error !== undefined) throw failCall(result);
      return `0x${bytesToHex(result.returnValue)}`;
    },
    eth_estimateGas: async ([message, reference, overrides]) =>
      formatQuantity(
        await estimateGas(
          chain,
          parseMessage(message),
          await getBlock(chain, reference),
          parseOverrides(overrides),
        ),
      ),
  };
}
