/** Wallets that are due on a day, with an optional amount each; days are taken in order and forgotten. */
export class Calendar {
  readonly #days = new Map<number, { wallets: number[]; amounts: number[]; others: number[] }>();

  /** @param other A second amount of the same wallet, such as a reward. */
  put(day: number, wallet: number, amount = 0, other = 0): void {
    let list = this.#days.get(day);
    if (list === undefined) {
      list = { wallets: [], amounts: [], others: [] };
      this.#days.set(day, list);
    }
    list.wallets.push(wallet);
    list.amounts.push(amount);
    list.others.push(other);
  }

  /** Puts every member on the same day. */
  putAll(day: number, members: Uint32Array): void {
    for (let at = 0; at < members.length; at += 1) this.put(day, members[at]!);
  }

  /** Puts member k on `day + delays[k]` with its amounts; delays above `horizon` are dropped. */
  putEach(
    day: number,
    members: Uint32Array,
    delays: Float64Array,
    horizon: number,
    amounts?: Float64Array,
    others?: Float64Array,
  ): void {
    for (let at = 0; at < members.length; at += 1) {
      if (delays[at]! > horizon) continue;
      this.put(day + delays[at]!, members[at]!, amounts?.[at] ?? 0, others?.[at] ?? 0);
    }
  }

  /** Everything that is due on a day, in the order in which it was put. */
  take(day: number): Due {
    const list = this.#days.get(day);
    this.#days.delete(day);
    return {
      distinct() {
        return Uint32Array.from(new Set(list?.wallets));
      },
      wallets: Uint32Array.from(list?.wallets ?? []),
      amounts: Float64Array.from(list?.amounts ?? []),
      others: Float64Array.from(list?.others ?? []),
    };
  }

  /** Sums of both amounts over all days to come. */
  sums(): { readonly amounts: bigint; readonly others: bigint } {
    let amounts = 0n;
    let others = 0n;
    for (const list of this.#days.values()) {
      for (const amount of list.amounts) amounts += BigInt(amount);
      for (const other of list.others) others += BigInt(other);
    }
    return { amounts, others };
  }
}

/** What a day of a calendar holds; the arrays belong to who took them. */
export interface Due {
  /** The wallets, each once. */
  distinct(): Uint32Array;
  readonly wallets: Uint32Array;
  readonly amounts: Float64Array;
  readonly others: Float64Array;
}
