import { ToolkitError } from '../../genesis/base/errors.js';

/** Named accounts in micro-tokens; every movement is a transfer with the name of its mechanism. */
export class Ledger {
  readonly balances: Record<string, number> = {};
  /** By mechanism: net flow into each account since the last carry. */
  readonly #recent: Record<string, Record<string, number>> = {};
  /** What was carried out of `#recent`: turnover outgrows exact doubles, balances never do. */
  readonly #carried: Record<string, Record<string, bigint>> = {};

  constructor(readonly supply: number) {}

  /** Balance in micro-tokens; 0 for an account that nobody paid. */
  of(account: string): number {
    return this.balances[account] ?? 0;
  }

  /**
   * @param amount Micro-tokens, a whole number from 0 to the payer's balance.
   * @throws ToolkitError `LEDGER_TRANSFER` otherwise.
   */
  move(mechanism: string, from: string, to: string, amount: number): void {
    if (amount === 0 || from === to) return;
    if (!Number.isSafeInteger(amount) || amount < 0 || amount > this.of(from)) {
      throw new ToolkitError({
        code: 'LEDGER_TRANSFER',
        message: `${mechanism} cannot move ${amount} micro-tokens from ${from}, which holds ${this.of(from)}.`,
        where: `mechanism ${mechanism}`,
      });
    }
    this.balances[from] = this.of(from) - amount;
    this.balances[to] = this.of(to) + amount;
    this.#recent[mechanism] ??= {};
    const row = this.#recent[mechanism]!;
    row[from] = (row[from] ?? 0) - amount;
    row[to] = (row[to] ?? 0) + amount;
    if (row[from] < -carryAbove) this.#carry(mechanism, from);
    if (row[to]! > carryAbove) this.#carry(mechanism, to);
  }

  /** By mechanism: net flow into each account, exact at any turnover. */
  flows(): Record<string, Record<string, bigint>> {
    return Object.fromEntries(
      Object.entries(this.#recent).map(([mechanism, row]) => [
        mechanism,
        Object.fromEntries(
          Object.entries(row).map(([account, amount]) => [
            account,
            (this.#carried[mechanism]?.[account] ?? 0n) + BigInt(amount),
          ]),
        ),
      ]),
    );
  }

  #carry(mechanism: string, account: string): void {
    const row = this.#recent[mechanism]!;
    this.#carried[mechanism] ??= {};
    const carried = this.#carried[mechanism]!;
    carried[account] = (carried[account] ?? 0n) + BigInt(row[account]!);
    row[account] = 0;
  }

  /** Supply less the sum of all balances; 0 unless a mechanism broke conservation. */
  difference(): bigint {
    // Whole numbers that add up to a safe one are added exactly; anything else is looked at more closely.
    let quick = 0;
    for (const account in this.balances) quick += this.balances[account]!;
    if (quick === this.supply && Number.isSafeInteger(quick)) return 0n;
    let sum = 0n;
    for (const balance of Object.values(this.balances)) sum += BigInt(balance);
    return BigInt(this.supply) - sum;
  }
}

/** Half of what doubles count exactly; beyond it the next transfer, itself below that, might leave the exact doubles. */
const carryAbove = 4_503_599_627_370_496;
