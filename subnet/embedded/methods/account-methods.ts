import { RLP } from '@ethereumjs/rlp';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import type { LocalAccount } from 'viem/accounts';
import type { Hex } from '../../../genesis/base/hash.js';
import type { SignedTransaction } from '../../../genesis/evm/transaction.js';
import type { EmbeddedChain } from '../chain/embedded-chain.js';
import type { RpcMethod } from '../rpc/answer-rpc.js';
import { type MessageRequest, parseMessage } from '../rpc/parse-message.js';
import { parseAddress, parseBytes } from '../rpc/parse-values.js';
import { RpcError } from '../rpc/rpc-error.js';
import { estimateGas } from './estimate-gas.js';

/** Everybody knows this phrase; the local plans give its accounts their roles. */
const publicTestPhrase = 'test test test test test test test test test test test junk';
const testAccounts = 10;

type Filled = Required<Omit<MessageRequest, 'to' | 'gasPrice' | 'accessList'>> & {
  readonly to: Hex | undefined;
  readonly gasPrice: bigint | undefined;
  readonly accessList: NonNullable<MessageRequest['accessList']>;
};

/** Methods that sign with the chain's own test accounts, or send for accounts that are impersonated. */
export function accountMethods(
  chain: EmbeddedChain,
  keys: readonly Hex[] | undefined,
): Record<string, RpcMethod> {
  // Made when first asked for: deriving keys takes longer than everything else at the start.
  let made: Promise<ReadonlyMap<Hex, LocalAccount>> | undefined;
  const accounts = () => {
    made ??= loadAccounts(keys);
    return made;
  };
  const signer = async (address: unknown) => {
    const wanted = parseAddress(address, 'from');
    const found = (await accounts()).get(wanted);
    if (found === undefined) throw new RpcError('rejected', `unknown account ${wanted}`);
    return found;
  };
  /** Where a new transaction will run: behind those that wait. */
  const latest = () => (chain.waiting().length > 0 ? chain.pending() : chain.head);
  const fill = async (request: unknown): Promise<Filled> => {
    const message = parseMessage(request);
    const { from, gasPrice } = message;
    if (from === undefined) throw new RpcError('invalidParams', 'name the sender: from');
    const tip = message.maxPriorityFeePerGas ?? 1n;
    return {
      from,
      to: message.to,
      data: message.data ?? new Uint8Array(),
      value: message.value ?? 0n,
      nonce: message.nonce ?? chain.pendingNonce(from),
      gas: message.gas ?? (await estimateGas(chain, message, await latest(), new Map())),
      gasPrice,
      maxPriorityFeePerGas: gasPrice ?? tip,
      maxFeePerGas: gasPrice ?? message.maxFeePerGas ?? 2n * chain.pendingBaseFee() + tip,
      accessList: message.accessList ?? [],
    };
  };
  const sign = async (request: unknown) => {
    const filled = await fill(request);
    const account = await signer(filled.from);
    const { nonce, gas, value, to, gasPrice, maxFeePerGas, maxPriorityFeePerGas } = filled;
    return account.signTransaction({
      chainId: Number(chain.engine.chainId),
      nonce: Number(nonce),
      gas,
      value,
      to: to ?? null,
      data: `0x${bytesToHex(filled.data)}`,
      ...(gasPrice === undefined
        ? { type: 'eip1559', maxFeePerGas, maxPriorityFeePerGas, accessList: filled.accessList }
        : { type: 'legacy', gasPrice }),
    });
  };
  return {
    eth_accounts: async () => [...(await accounts()).values()].map(({ address }) => address),
    eth_sendTransaction: async ([request]) => {
      const { from } = parseMessage(request);
      if (from !== undefined && chain.impersonated.has(from))
        return chain.sendParsed(unsigned(chain, await fill(request)));
      return chain.send(await sign(request));
    },
    eth_signTransaction: async ([request]) => ({ raw: await sign(request) }),
    eth_sign: async ([address, data]) =>
      (await signer(address)).signMessage({ message: { raw: parseBytes(data, 'data') } }),
    personal_sign: async ([data, address]) =>
      (await signer(address)).signMessage({ message: { raw: parseBytes(data, 'data') } }),
    eth_signTypedData_v4: async ([address, data]) =>
      (await signer(address)).signTypedData(
        typeof data === 'string' ? JSON.parse(data) : (data as never),
      ),
  };
}

async function loadAccounts(
  keys: readonly Hex[] | undefined,
): Promise<ReadonlyMap<Hex, LocalAccount>> {
  const { mnemonicToAccount, privateKeyToAccount } = await import('viem/accounts');
  let all = keys;
  if (all === undefined) {
    const parent = mnemonicToAccount(publicTestPhrase, { path: "m/44'/60'/0'/0" }).getHdKey();
    all = Array.from(
      { length: testAccounts },
      (_, index): Hex => `0x${bytesToHex(parent.deriveChild(index).privateKey!)}`,
    );
  }
  return new Map(
    all.map((key) => {
      const account = privateKeyToAccount(key);
      return [account.address.toLowerCase() as Hex, account];
    }),
  );
}

/** A dynamic-fee transaction in the name of an account whose key nobody has: the signature is r = sender, s = 1. */
function unsigned({ engine }: EmbeddedChain, filled: Filled): SignedTransaction {
  const { from, to, nonce, gas, value, data, maxFeePerGas, maxPriorityFeePerGas } = filled;
  const signature = { v: 0n, r: BigInt(from), s: 1n };
  const accessList = filled.accessList.map(({ address, storageKeys }) => ({
    address,
    slots: storageKeys.map((key) => hexToBytes(key.slice(2))),
  }));
  const body = RLP.encode([
    engine.chainId,
    nonce,
    maxPriorityFeePerGas,
    maxFeePerGas,
    gas,
    to === undefined ? new Uint8Array() : hexToBytes(to.slice(2)),
    value,
    data,
    accessList.map(({ address, slots }) => [hexToBytes(address.slice(2)), slots]),
    signature.v,
    signature.r,
    signature.s,
  ]);
  const raw = concatBytes(Uint8Array.of(2), body);
  return {
    hash: `0x${bytesToHex(engine.crypto.keccak256(raw))}`,
    type: 2,
    from,
    to,
    nonce,
    gasLimit: gas,
    value,
    data,
    maxFeePerGas,
    maxPriorityFeePerGas,
    accessList,
    signature,
    raw,
    impersonated: true,
  };
}
