import { keccak256, toHex } from 'viem';
import { ToolkitError } from '../../genesis/base/errors.js';
import type { Hex } from '../../genesis/base/hash.js';
import type {
  DeploymentChain,
  DeploymentReceipt,
  DeploymentSigner,
  SendOutcome,
} from './deployment-chain.js';

/** A process that was killed. */
export class Killed extends ToolkitError {
  constructor() {
    super({ code: 'TEST_KILLED', message: 'The test ended this run.' });
  }
}

interface FakeTransaction {
  readonly from: Hex;
  readonly nonce: number;
  readonly to: Hex;
  readonly data: Hex;
  readonly value: bigint;
  readonly maxFeePerGas: bigint;
  readonly maxPriorityFeePerGas: bigint;
  readonly raw: Hex;
}

/** State after a block; the whole chain is a list of them, so that a reorganisation is a shorter list. */
interface FakeState {
  readonly codes: ReadonlyMap<Hex, Hex>;
  readonly paid: ReadonlyMap<Hex, bigint>;
  readonly nonces: ReadonlyMap<Hex, number>;
  readonly receipts: ReadonlyMap<Hex, DeploymentReceipt>;
  /** What was carried out, once for each time. */
  readonly mined: readonly string[];
  readonly transactions: readonly FakeTransaction[];
}

/** What a test does to one call: before it, or to its answer. */
export type Touch = <T>(method: string, effect: () => T) => T;

/**
 * For tests: a chain in a few lines, on which every transaction sets its target's code to its data, or adds its value to
 * what the target was paid. It has a pool with the rules of real ones (one transaction for each nonce, ten per cent more
 * for a replacement, nothing below the base fee is mined) and can lose, delay, undo and displace transactions.
 */
export class FakeChain {
  static readonly id = 4242;
  static readonly genesisHash: Hex = '0x22';
  id = FakeChain.id;
  baseFee = 10n;
  gas = 100_000n;
  funds = 10n ** 18n;
  /** Looks at receipts and pauses before the pool is mined. */
  delay = 0;
  reverting = new Set<Hex>();
  pool = new Map<string, FakeTransaction>();
  #waited = 0;
  #states: FakeState[] = [
    {
      codes: new Map(),
      paid: new Map(),
      nonces: new Map(),
      receipts: new Map(),
      mined: [],
      transactions: [],
    },
  ];

  get state(): FakeState {
    return this.#states.at(-1)!;
  }
  nonce(from: Hex): number {
    return this.state.nonces.get(from) ?? 0;
  }
  setCode(address: Hex, code: Hex): void {
    this.#states.push({ ...this.state, codes: new Map(this.state.codes).set(address, code) });
  }

  /** Puts everything of the pool that can be mined into blocks of one transaction. */
  mine(): void {
    for (let progress = true; progress; ) {
      progress = false;
      for (const [key, transaction] of this.pool) {
        const { from, nonce, maxFeePerGas } = transaction;
        if (nonce < this.nonce(from)) this.pool.delete(key);
        if (nonce !== this.nonce(from) || maxFeePerGas < this.baseFee) continue;
        this.pool.delete(key);
        this.#apply(transaction);
        progress = true;
      }
    }
  }

  #apply(transaction: FakeTransaction): void {
    const { from, nonce, to, data, value, raw } = transaction;
    const { state } = this;
    const reverted = this.reverting.has(to);
    const next = {
      ...state,
      codes: new Map(state.codes),
      paid: new Map(state.paid),
      nonces: new Map(state.nonces).set(from, nonce + 1),
      receipts: new Map(state.receipts).set(keccak256(raw), {
        status: reverted ? 'reverted' : 'success',
        blockNumber: this.#states.length,
        gasUsed: 21_000,
      } as const),
      mined: [...state.mined, `${to}:${data}:${value}`],
      transactions: [transaction],
    };
    if (!reverted && data !== '0x') next.codes.set(to, data);
    if (!reverted && value > 0n) next.paid.set(to, (state.paid.get(to) ?? 0n) + value);
    this.#states.push(next);
  }

  /** Undoes the last blocks; their transactions return to the pool, or are lost. */
  reorganise(depth: number, lose: boolean): void {
    const undone = this.#states.splice(Math.max(1, this.#states.length - depth));
    for (const transaction of lose ? [] : undone.flatMap(({ transactions }) => transactions)) {
      this.pool.set(`${transaction.from}:${transaction.nonce}`, transaction);
    }
  }

  /** Somebody with the same key sends something else with the next nonce, and it is mined at once. */
  displace(from: Hex): void {
    const nonce = this.nonce(from);
    this.pool.delete(`${from}:${nonce}`);
    const fees = { maxFeePerGas: this.baseFee, maxPriorityFeePerGas: 0n };
    const raw = toHex(`stranger ${from} ${nonce} ${this.#states.length}`);
    this.#apply({ from, nonce, to: '0xee', data: '0x', value: 0n, raw, ...fees });
  }

  send(raw: Hex): SendOutcome {
    const transaction = decode(raw);
    const key = `${transaction.from}:${transaction.nonce}`;
    if (this.state.receipts.has(keccak256(raw))) return 'accepted';
    if (transaction.nonce < this.nonce(transaction.from)) return 'nonce-used';
    if (transaction.maxFeePerGas < this.baseFee) return 'underpriced';
    const old = this.pool.get(key);
    if (old?.raw === raw) return 'accepted';
    if (
      old !== undefined &&
      (transaction.maxFeePerGas * 100n < old.maxFeePerGas * 110n ||
        transaction.maxPriorityFeePerGas * 100n < old.maxPriorityFeePerGas * 110n)
    ) {
      return 'underpriced';
    }
    this.pool.set(key, transaction);
    this.#waited = 0;
    return 'accepted';
  }

  #passTime(): void {
    if (this.pool.size > 0 && this.#waited++ >= this.delay) this.mine();
  }

  client(touch: Touch): DeploymentChain {
    const ask = async <T>(method: string, effect: () => T) => touch(method, effect);
    return {
      chainId: () => ask('chainId', () => this.id),
      block: (at) =>
        ask('block', () => ({
          number: at === 'latest' ? this.#states.length - 1 : at,
          hash: FakeChain.genesisHash,
          stateRoot: '0x',
          timestamp: 0,
          gasLimit: 8_000_000n,
        })),
      balance: () => ask('balance', () => this.funds),
      code: (address) => ask('code', () => this.state.codes.get(address) ?? '0x'),
      call: (address) => ask('call', () => toHex(this.state.paid.get(address) ?? 0n)),
      logs: async () => [],
      nonce: (address, tag) =>
        ask('nonce', () => {
          const mined = this.nonce(address);
          let next = mined;
          while (tag === 'pending' && this.pool.has(`${address}:${next}`)) next += 1;
          return next;
        }),
      estimateGas: () => ask('estimateGas', () => this.gas),
      fees: () =>
        ask('fees', () => ({
          baseFeePerGas: this.baseFee,
          maxFeePerGas: 2n * this.baseFee + 1n,
          maxPriorityFeePerGas: 1n,
        })),
      send: (raw) => ask('send', () => this.send(raw)),
      knows: (hash) =>
        ask(
          'knows',
          () =>
            this.state.receipts.has(hash) ||
            [...this.pool.values()].some(({ raw }) => keccak256(raw) === hash),
        ),
      receipt: (hash) =>
        ask('receipt', () => {
          this.#passTime();
          return this.state.receipts.get(hash);
        }),
      pause: async () => this.#passTime(),
    };
  }
}

/** Signs by writing the transaction down. */
export function fakeSigner(address: Hex): DeploymentSigner {
  return {
    address,
    sign: async (transaction) =>
      toHex(
        JSON.stringify({ from: address, ...transaction }, (_, value) =>
          typeof value === 'bigint' ? value.toString() : value,
        ),
      ),
  };
}

function decode(raw: Hex): FakeTransaction {
  const fields = JSON.parse(Buffer.from(raw.slice(2), 'hex').toString());
  return {
    ...fields,
    raw,
    value: BigInt(fields.value),
    maxFeePerGas: BigInt(fields.maxFeePerGas),
    maxPriorityFeePerGas: BigInt(fields.maxPriorityFeePerGas),
  };
}
