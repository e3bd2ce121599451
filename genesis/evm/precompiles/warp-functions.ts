import { concatBytes } from '@noble/hashes/utils.js';
import { type Hex, sha256 } from '../../base/hash.js';
import { addressWord, numberWord } from '../../precompiles/words.js';
import { bytesAt, encodeBytesTail, selectorOf, topicOf, wordAt } from './abi-words.js';
import { requireWritable } from './allow-list-functions.js';
import {
  gasPrices,
  type PrecompileCall,
  PrecompileFailure,
  type PrecompileFunction,
} from './precompile-call.js';
import {
  encodeAddressedMessage,
  parseWarpMessage,
  parseWarpPayload,
  unpackPredicate,
  type WarpPayload,
} from './warp-message.js';

const sendWarpMessage = topicOf('SendWarpMessage(address,bytes32,bytes)');
/** Producing and serving a signature, before the writing of a slot. */
const addMessageGas = 20_000n;

/** Gas of warp, before and since Granite. */
export function warpGas(granite: boolean) {
  return {
    blockchainId: granite ? 200n : 2n,
    readBase: granite ? 750n : 2n,
    perSigner: granite ? 250n : 500n,
    perChunk: granite ? 512n : 3_200n,
    verifyBase: granite ? 125_000n : 200_000n,
    sendBase: gasPrices.log + 3n * gasPrices.logTopic + addMessageGas + gasPrices.writeSlot,
  };
}

/** Gas of a predicate in an access list. @throws PrecompileFailure for a malformed one: such a transaction is refused. */
export function predicateGas(chunks: Uint8Array, granite: boolean): bigint {
  const gas = warpGas(granite);
  const { signers, payload } = parseWarpMessage(unpackPredicate(chunks));
  parseWarpPayload(payload);
  return (
    gas.verifyBase + gas.perChunk * BigInt(chunks.length / 32) + gas.perSigner * BigInt(signers)
  );
}

function readMessage(
  call: PrecompileCall,
  absent: Hex,
  encode: (sourceChain: Hex, payload: WarpPayload) => Hex,
): Hex {
  const gas = warpGas(call.rules.granite);
  call.charge(gas.readBase);
  const index = BigInt(wordAt(call.input, 0));
  if (index > 0x7fff_ffffn) throw new PrecompileFailure('index');
  const predicate = call.predicates[Number(index)];
  if (predicate === undefined || !predicate.valid) return absent;
  call.charge(gas.perChunk * BigInt(predicate.bytes.length / 32));
  const { sourceChain, payload } = parseWarpMessage(unpackPredicate(predicate.bytes));
  return encode(sourceChain, parseWarpPayload(payload));
}

const zeroWord = '0'.repeat(64);

/** Functions of warp, by selector. */
export const warpFunctions: ReadonlyMap<Hex, PrecompileFunction> = new Map<Hex, PrecompileFunction>(
  [
    [
      selectorOf('getBlockchainID()'),
      (call) => {
        call.charge(warpGas(call.rules.granite).blockchainId);
        return call.network.blockchainId;
      },
    ],
    [
      selectorOf('sendWarpMessage(bytes)'),
      (call) => {
        call.charge(warpGas(call.rules.granite).sendBase);
        call.charge(gasPrices.logByte * BigInt(call.input.length));
        requireWritable(call);
        const data = bytesAt(call.input, 0);
        const { networkId, blockchainId } = call.network;
        const message = encodeAddressedMessage(networkId, blockchainId, call.caller, data);
        const id = sha256(message);
        call.log(
          [sendWarpMessage, addressWord(call.caller), id],
          `0x${numberWord(32n).slice(2)}${encodeBytesTail(message)}`,
        );
        return id;
      },
    ],
    [
      selectorOf('getVerifiedWarpMessage(uint32)'),
      (call) => {
        // Output: tuple (offset 64), valid; the tuple: source chain, sender, payload at offset 96.
        const encode = (valid: bigint, chain: string, sender: string, payload: Uint8Array): Hex =>
          `0x${numberWord(64n).slice(2)}${numberWord(valid).slice(2)}${chain}${sender}${numberWord(96n).slice(2)}${encodeBytesTail(payload)}`;
        return readMessage(
          call,
          encode(0n, zeroWord, zeroWord, new Uint8Array()),
          (chain, payload) => {
            if (payload.kind !== 'call') throw new PrecompileFailure('payload type');
            // Like the node: the last twenty bytes of the sender, filled up on the left.
            const sender = concatBytes(new Uint8Array(20), payload.sender).slice(-20);
            const senderWord = addressWord(
              `0x${Array.from(sender, (b) => b.toString(16).padStart(2, '0')).join('')}`,
            );
            return encode(1n, chain.slice(2), senderWord.slice(2), payload.payload);
          },
        );
      },
    ],
    [
      selectorOf('getVerifiedWarpBlockHash(uint32)'),
      (call) =>
        readMessage(call, `0x${zeroWord.repeat(3)}`, (chain, payload) => {
          if (payload.kind !== 'hash') throw new PrecompileFailure('payload type');
          return `0x${chain.slice(2)}${payload.hash.slice(2)}${numberWord(1n).slice(2)}`;
        }),
    ],
  ],
);
