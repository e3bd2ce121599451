import { RpcError } from '../rpc/rpc-error.js';

/** What a clock remembers, for snapshots. */
export interface ClockState {
  readonly offset: bigint;
  readonly next: bigint | undefined;
}

/** The chain's time in milliseconds: the machine's, moved by an offset that developers set. */
export class ChainClock {
  readonly #now: () => number;
  #state: ClockState = { offset: 0n, next: undefined };

  constructor(now: () => number) {
    this.#now = now;
  }

  get state(): ClockState {
    return this.#state;
  }

  set state(state: ClockState) {
    this.#state = state;
  }

  /** Milliseconds by which the chain is ahead of the machine. */
  get offset(): bigint {
    return this.#state.offset;
  }

  increase(milliseconds: bigint): void {
    this.#state = { ...this.#state, offset: this.#state.offset + milliseconds };
  }

  /** The next block has exactly this time; the clock goes on from there. @throws RpcError -32602 when it is too early. */
  setNext(milliseconds: bigint, earliest: bigint): void {
    if (milliseconds < earliest) {
      throw new RpcError(
        'invalidParams',
        `timestamp ${milliseconds / 1000n} is too early: the next block may have ${(earliest + 999n) / 1000n} or later`,
      );
    }
    this.#state = { offset: milliseconds - this.#machine(), next: milliseconds };
  }

  /** Time of the next block, not before `earliest`. */
  take(earliest: bigint): bigint {
    const time = this.peek(earliest);
    this.#state = { ...this.#state, next: undefined };
    return time;
  }

  /** What `take` would give. */
  peek(earliest: bigint): bigint {
    const time = this.#state.next ?? this.#machine() + this.#state.offset;
    return time < earliest ? earliest : time;
  }

  #machine(): bigint {
    return BigInt(Math.floor(this.#now()));
  }
}
