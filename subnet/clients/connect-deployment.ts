import {
  createPublicClient,
  defineChain,
  HttpRequestError,
  http,
  TimeoutError,
  TransactionNotFoundError,
  TransactionReceiptNotFoundError,
  type Hex as ViemHex,
} from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { ToolkitError } from '../../genesis/base/errors.js';
import type { Hex } from '../../genesis/base/hash.js';
import type { DeploymentChain, DeploymentSigner } from '../deploy/deployment-chain.js';
import { readSendError } from './read-send-error.js';
import { rpcTimeout } from './rpc-timeout.js';

/**
 * A deployment's view of a chain over JSON-RPC.
 *
 * @param url HTTP address of the chain, e.g. `http://127.0.0.1:8545`.
 * @throws ToolkitError `RPC_URL_INVALID` (exit 2); `RPC_UNREACHABLE` (exit 3) from every call while nobody answers.
 */
export function connectDeployment(url: string, pollMilliseconds = 50): DeploymentChain {
  verifyRpcUrl(url);
  const client = createPublicClient({
    chain: defineChain({
      id: 0,
      name: 'plan',
      nativeCurrency: { name: 'coin', symbol: 'COIN', decimals: 18 },
      rpcUrls: { default: { http: [url] } },
    }),
    transport: http(url, { retryCount: 1, timeout: rpcTimeout(20_000) }),
  });
  const reach = async <T>(ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask();
    } catch (cause) {
      throw translateRpcError(cause, url);
    }
  };
  return {
    chainId: () => reach(() => client.getChainId()),
    block: (at) =>
      reach(async () => {
        const { number, hash, stateRoot, timestamp, gasLimit } = await client.getBlock(
          at === 'latest' ? { blockTag: at } : { blockNumber: BigInt(at) },
        );
        return { number: Number(number), hash, stateRoot, timestamp: Number(timestamp), gasLimit };
      }),
    balance: (address) => reach(() => client.getBalance({ address })),
    code: (address) => reach(async () => (await client.getCode({ address })) ?? '0x'),
    call: (to, data) => reach(async () => (await client.call({ to, data })).data ?? '0x'),
    logs: (address, from, to) =>
      reach(async () => {
        const range = { fromBlock: BigInt(from), toBlock: BigInt(to) };
        return (await client.getLogs({ address, ...range })).map(
          ({ topics, data, blockNumber }) => ({
            topics: topics as readonly Hex[],
            data,
            blockNumber: Number(blockNumber),
          }),
        );
      }),
    nonce: (address, blockTag = 'latest') =>
      reach(() => client.getTransactionCount({ address, blockTag })),
    estimateGas: ({ from, to, data, value }) =>
      reach(() =>
        client.estimateGas({ account: from, ...(to !== undefined && { to }), data, value }),
      ),
    fees: () =>
      reach(async () => {
        const { baseFeePerGas } = await client.getBlock();
        const maxPriorityFeePerGas = await client.estimateMaxPriorityFeePerGas();
        const base = baseFeePerGas ?? 0n;
        return {
          baseFeePerGas: base,
          maxFeePerGas: 2n * base + maxPriorityFeePerGas,
          maxPriorityFeePerGas,
        };
      }),
    send: async (raw) => {
      try {
        await client.sendRawTransaction({ serializedTransaction: raw });
        return 'accepted';
      } catch (cause) {
        const error = translateRpcError(cause, url);
        const { details, message } = cause as Error & { details?: string };
        const outcome =
          error.code === 'RPC_UNREACHABLE' ? 'unanswered' : readSendError(details ?? message);
        if (outcome !== undefined) return outcome;
        throw error;
      }
    },
    knows: (hash) =>
      reach(async () => {
        try {
          await client.getTransaction({ hash });
          return true;
        } catch (error) {
          if (error instanceof TransactionNotFoundError) return false;
          throw error;
        }
      }),
    receipt: (hash) =>
      reach(async () => {
        try {
          const { status, blockNumber, gasUsed } = await client.getTransactionReceipt({ hash });
          return { status, blockNumber: Number(blockNumber), gasUsed: Number(gasUsed) };
        } catch (error) {
          if (error instanceof TransactionReceiptNotFoundError) return undefined;
          throw error;
        }
      }),
    pause: () => new Promise((resolve) => setTimeout(resolve, pollMilliseconds)),
  };
}

/** A deployer that signs with a private key held in memory. */
export function connectSigner(privateKey: Hex): DeploymentSigner {
  const account = privateKeyToAccount(privateKey);
  return {
    address: account.address,
    sign: (transaction) =>
      account.signTransaction({ type: 'eip1559', ...transaction }) as Promise<ViemHex>,
  };
}

/** @throws ToolkitError `RPC_URL_INVALID` (exit 2). */
export function verifyRpcUrl(url: string): void {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return;
  throw new ToolkitError({
    code: 'RPC_URL_INVALID',
    message: `"${url}" is not the address of a chain.`,
    where: '--rpc',
    allowed: 'an http or https address, e.g. http://127.0.0.1:8545',
    next: 'Give the JSON-RPC address; a bare host needs http:// before it.',
    exitCode: 2,
  });
}

/** Tells an unreachable node from a refusal, keeping the node's own words. */
export function translateRpcError(cause: unknown, url: string): ToolkitError {
  if (cause instanceof ToolkitError) return cause;
  const error = cause as {
    walk?: (test: (error: unknown) => boolean) => unknown;
    shortMessage?: string;
  } & Error;
  const network = error.walk?.(
    (inner) =>
      inner instanceof TimeoutError ||
      (inner instanceof HttpRequestError && (inner.status === undefined || inner.status >= 400)),
  );
  if (network) {
    return new ToolkitError({
      code: 'RPC_UNREACHABLE',
      message: `No answer from the chain: ${(network as { shortMessage?: string }).shortMessage ?? error.message}`,
      where: url,
      next: 'Start a chain with masa subnet up, or check --rpc.',
      exitCode: 3,
      cause,
    });
  }
  const details = (error as { details?: string }).details;
  return new ToolkitError({
    code: 'RPC_REFUSED',
    message:
      `The chain refused: ${[error.shortMessage ?? error.message, details].filter(Boolean).join(' ')}`.slice(
        0,
        600,
      ),
    where: url,
    next: 'Run again with --verbose to see the whole answer.',
    cause,
  });
}
