import { RLP } from '@ethereumjs/rlp';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { ToolkitError } from '../../../genesis/base/errors.js';
import { type Hex, keccak256 } from '../../../genesis/base/hash.js';
import { genesisState, type StateAccount } from '../../../genesis/compile/genesis-state.js';
import type { ParsedGenesis } from '../../../genesis/compile/parsed-genesis.js';
import { precompiles } from '../../../genesis/precompiles/registry.js';
import { rewardAddressSlot, rewardManager } from '../../../genesis/precompiles/reward-manager.js';
import { callJsonRpc } from '../process/call-json-rpc.js';
import { compareTexts, type Mismatch } from './mismatch.js';
import { verifyProof } from './verify-proof.js';

interface ProofAnswer {
  readonly accountProof: readonly Hex[];
  readonly storageProof: readonly { readonly key: Hex; readonly proof: readonly Hex[] }[];
}

/** `currentRewardAddress()` of the RewardManager. */
const currentRewardAddress = '0xe915608b';

/**
 * Every precompile in block 0: its account and each of its slots, by Merkle proofs that are followed here; and that there
 * is no account where a precompile is not active. For the RewardManager also what a contract would be told.
 *
 * @param stateRoot root of block 0 as computed offline; what the node thinks it is plays no part.
 */
export async function checkPrecompiles(
  rpcUrl: string,
  genesis: ParsedGenesis,
  stateRoot: Hex,
): Promise<readonly Mismatch[]> {
  const accounts = genesisState(genesis);
  const found = await Promise.all(
    precompiles.map(({ key, address }) =>
      checkAccount(rpcUrl, key, address, accounts.get(address), stateRoot),
    ),
  );
  const word = accounts.get(rewardManager.address)?.storage.get(rewardAddressSlot);
  if (word !== undefined) found.push(await checkRewardAddress(rpcUrl, word));
  return found.flat();
}

async function checkAccount(
  rpcUrl: string,
  name: string,
  address: Hex,
  account: StateAccount | undefined,
  stateRoot: Hex,
): Promise<Mismatch[]> {
  const slots = [...(account?.storage.keys() ?? [])];
  const answer = await callJsonRpc<ProofAnswer>(rpcUrl, 'eth_getProof', [address, slots, '0x0']);
  try {
    const raw = verifyProof(stateRoot, address, answer.accountProof);
    if (raw === undefined || account === undefined) {
      const say = (there: boolean) => (there ? 'active' : 'not active');
      return [...compareTexts(name, say(account !== undefined), say(raw !== undefined))];
    }
    const [nonce, balance, storageRoot, codeHash] = RLP.decode(raw) as Uint8Array[];
    const code = keccak256(hexToBytes(account.code.slice(2)));
    return [
      ...compareTexts(`${name} nonce`, String(account.nonce), String(integer(nonce!))),
      ...compareTexts(`${name} balance`, String(account.balance), String(integer(balance!))),
      ...compareTexts(`${name} code hash`, bytesToHex(code), bytesToHex(codeHash!)),
      ...slots.flatMap((slot, index) => {
        const proof = answer.storageProof[index]?.proof ?? [];
        const value = verifyProof(`0x${bytesToHex(storageRoot!)}`, slot, proof);
        const reported = value === undefined ? 0n : integer(RLP.decode(value) as Uint8Array);
        const computed = account.storage.get(slot)!;
        return compareTexts(`${name} slot ${slot}`, computed, word(reported));
      }),
    ];
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    return [{ what: name, computed: 'a proof from the state root', reported: error.message }];
  }
}

async function checkRewardAddress(rpcUrl: string, computed: Hex): Promise<Mismatch[]> {
  const call = { to: rewardManager.address, data: currentRewardAddress };
  const reported = await callJsonRpc<string>(rpcUrl, 'eth_call', [call, '0x0']);
  return [...compareTexts('reward address', `0x${computed.slice(26)}`, `0x${reported.slice(26)}`)];
}

function integer(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${bytesToHex(bytes)}`);
}

function word(value: bigint): Hex {
  return `0x${value.toString(16).padStart(64, '0')}`;
}
