import { describe, expect, it } from 'vitest';
import { Ledger } from './ledger.js';

describe('Ledger', () => {
  it('keeps flows exact when the turnover outgrows a double', () => {
    const supply = 1_588_866_523_000_003;
    const ledger = new Ledger(supply);
    ledger.balances.a = supply;
    for (let turn = 0; turn < 40; turn += 1) {
      ledger.move('out', 'a', 'b', supply);
      ledger.move('back', 'b', 'a', supply - (turn % 2));
      ledger.move('rest', 'b', 'a', turn % 2);
    }
    const { out, back, rest } = ledger.flows();
    expect(out).toEqual({ a: BigInt(supply) * -40n, b: BigInt(supply) * 40n });
    expect(back).toEqual({ a: BigInt(supply) * 40n - 20n, b: BigInt(supply) * -40n + 20n });
    expect(rest).toEqual({ a: 20n, b: -20n });
    expect(ledger.difference()).toBe(0n);
  });

  it.each([-1, 0.5, Number.NaN, 11])('refuses to move %d of 10', (amount) => {
    const ledger = new Ledger(10);
    ledger.balances.a = 10;
    expect(() => ledger.move('m', 'a', 'b', amount)).toThrow(
      expect.objectContaining({ code: 'LEDGER_TRANSFER' }),
    );
    expect(ledger.balances).toEqual({ a: 10 });
  });
});
