import type { EmbeddedChain } from '../chain/embedded-chain.js';
import type { AccountOverride } from '../chain/override-state.js';
import type { RpcMethod } from '../rpc/answer-rpc.js';
import { formatQuantity } from '../rpc/format-quantity.js';
import { parseObject, parseWord } from '../rpc/parse-message.js';
import { parseAddress, parseBytes, parseQuantity } from '../rpc/parse-values.js';
import { RpcError } from '../rpc/rpc-error.js';

/** Blocks that one call makes at most. */
const mostBlocks = 100_000n;

/** What developers do to a chain: time, mining, snapshots, other people's accounts. */
export function devMethods(chain: EmbeddedChain): Record<string, RpcMethod> {
  const override = async (address: unknown, change: AccountOverride) => {
    await chain.override(new Map([[parseAddress(address, 'address'), change]]));
    return true;
  };
  const setNext = (seconds: bigint) => chain.clock.setNext(seconds * 1000n, chain.earliest());
  const mine: RpcMethod = async ([first, interval]) => {
    const count = first === undefined || first === null ? 1n : parseNumber(first, 'blocks');
    if (count > mostBlocks)
      throw new RpcError('invalidParams', `at most ${mostBlocks} blocks, got ${count}`);
    const seconds =
      interval === undefined || interval === null ? 0n : parseNumber(interval, 'interval');
    await chain.mine(Number(count), seconds * 1000n);
    return '0x0';
  };
  const shared: Record<string, RpcMethod> = {
    mine,
    setBalance: ([address, balance]) =>
      override(address, { balance: parseNumber(balance, 'balance') }),
    setNonce: ([address, nonce]) => override(address, { nonce: parseNumber(nonce, 'nonce') }),
    setCode: ([address, code]) => override(address, { code: parseBytes(code, 'code') }),
    setStorageAt: ([address, slot, word]) =>
      override(address, {
        stateDiff: new Map([[parseWord(slot, 'slot'), parseWord(word, 'value')]]),
      }),
    impersonateAccount: ([address]) => {
      chain.impersonated.add(parseAddress(address, 'address'));
      return true;
    },
    stopImpersonatingAccount: ([address]) =>
      chain.impersonated.delete(parseAddress(address, 'address')),
    setNextBlockBaseFeePerGas: ([fee]) => {
      chain.verifyChangeable();
      chain.nextBaseFee = parseNumber(fee, 'base fee');
      return true;
    },
    dropTransaction: ([hash]) => chain.drop(parseBytes(hash, 'transaction hash', 32)),
    getAutomine: () => chain.mining === 'instant',
    setAutomine: ([on]) => setAutomine(chain, on),
    setIntervalMining: ([seconds]) => setInterval(chain, parseNumber(seconds, 'seconds') * 1000n),
  };
  return {
    ...Object.fromEntries(
      Object.entries(shared).flatMap(([name, method]) => [
        [`anvil_${name}`, method],
        [`hardhat_${name}`, method],
      ]),
    ),
    evm_mine: async ([request]) => {
      let count = 1;
      if (typeof request === 'object' && request !== null) {
        const { timestamp, blocks } = parseObject(request, 'options');
        if (timestamp !== undefined && timestamp !== null)
          setNext(parseNumber(timestamp, 'timestamp'));
        if (blocks !== undefined && blocks !== null) count = Number(parseNumber(blocks, 'blocks'));
        if (count > mostBlocks) throw new RpcError('invalidParams', `at most ${mostBlocks} blocks`);
      } else if (request !== undefined && request !== null) {
        setNext(parseNumber(request, 'timestamp'));
      }
      await chain.mine(count);
      return '0x0';
    },
    evm_increaseTime: ([seconds]) => {
      chain.clock.increase(parseNumber(seconds, 'seconds') * 1000n);
      return formatQuantity(chain.clock.offset / 1000n);
    },
    evm_setNextBlockTimestamp: ([timestamp]) => {
      setNext(parseNumber(timestamp, 'timestamp'));
      return null;
    },
    evm_setTime: ([timestamp]) => {
      setNext(parseNumber(timestamp, 'timestamp'));
      return true;
    },
    evm_snapshot: async () => formatQuantity(await chain.snapshot()),
    evm_revert: ([id]) => chain.revert(Number(parseNumber(id, 'snapshot'))),
    anvil_snapshot: async () => formatQuantity(await chain.snapshot()),
    anvil_revert: ([id]) => chain.revert(Number(parseNumber(id, 'snapshot'))),
    anvil_reset: ([options]) => reset(chain, options),
    hardhat_reset: ([options]) => reset(chain, options),
    evm_setAutomine: ([on]) => setAutomine(chain, on),
    evm_setIntervalMining: ([value]) => setInterval(chain, parseNumber(value, 'milliseconds')),
    txpool_status: () => ({
      pending: formatQuantity(chain.waiting().length),
      queued: '0x0',
    }),
  };
}

/** A number as developer tools send it: JSON number, decimal or hex text with or without leading zeros. */
function parseNumber(value: unknown, name: string): bigint {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  if (typeof value === 'string' && /^(0x[0-9a-fA-F]{1,64}|\d{1,78})$/.test(value))
    return BigInt(value);
  return parseQuantity(value, name);
}

/** Back to block 0. @throws RpcError -32602 when another chain is to be forked. */
async function reset(chain: EmbeddedChain, options: unknown): Promise<true> {
  const { forking } = parseObject(options ?? {}, 'options');
  if (forking !== undefined && forking !== null)
    throw new RpcError('invalidParams', 'this chain forks no other; call without "forking"');
  await chain.reset();
  return true;
}

function setAutomine(chain: EmbeddedChain, on: unknown): true {
  if (typeof on !== 'boolean') throw new RpcError('invalidParams', 'want true or false');
  chain.mining = on ? 'instant' : 'manual';
  return true;
}

function setInterval(chain: EmbeddedChain, milliseconds: bigint): true {
  if (milliseconds > 86_400_000n) throw new RpcError('invalidParams', 'at most a day');
  chain.mining = milliseconds === 0n ? 'manual' : { intervalMs: Number(milliseconds) };
  return true;
}
