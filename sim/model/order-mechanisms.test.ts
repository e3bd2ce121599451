import { describe, expect, it } from 'vitest';
import { type MechanismDefinition, phases } from './mechanism.js';
import { mechanisms } from './mechanisms.js';
import { orderMechanisms } from './order-mechanisms.js';

const blank = (id: string, more: Partial<MechanismDefinition> = {}): MechanismDefinition => ({
  id,
  about: id,
  phase: 'orders',
  reads: [],
  writes: [],
  sets: [],
  accounts: [],
  create: () => ({ step: () => undefined }),
  ...more,
});
const refused = (list: readonly MechanismDefinition[]) => {
  try {
    orderMechanisms(list);
  } catch (error) {
    return error as { code: string; exitCode: number; message: string; where: string };
  }
  throw new Error('it was accepted');
};

describe('orderMechanisms', () => {
  it('orders the economy by phase, whatever the order in which it is listed', () => {
    const order = orderMechanisms(mechanisms).map(({ id }) => id);
    expect(orderMechanisms([...mechanisms].reverse()).map(({ id }) => id)).toEqual(order);
    const places = order.map((id) =>
      phases.indexOf(mechanisms.find((one) => one.id === id)!.phase),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(order.indexOf('claims')).toBeGreaterThan(order.indexOf('contribution'));
    expect(order.indexOf('market')).toBeGreaterThan(order.indexOf('speculators'));
  });

  it('refuses two that write the same column or number without an order', () => {
    const column = refused([
      ...mechanisms,
      blank('tax', { phase: 'contribution', writes: ['balance'] }),
    ]);
    expect(column).toMatchObject({ code: 'MECHANISM_ORDER', exitCode: 2 });
    expect(column.message).toContain('balance');
    expect(column.where).toContain('tax');
    expect(
      refused([blank('a', { sets: ['price'] }), blank('b', { sets: ['price'] })]).message,
    ).toContain('price');
    expect(
      orderMechanisms([
        blank('a', { sets: ['price'], after: ['b'] }),
        blank('b', { sets: ['price'] }),
      ]).map(({ id }) => id),
    ).toEqual(['b', 'a']);
    // An order through a third one counts.
    expect(
      orderMechanisms([
        blank('a', { writes: ['balance'] }),
        blank('b', { after: ['a'] }),
        blank('c', { writes: ['balance'], after: ['b'] }),
      ]).map(({ id }) => id),
    ).toEqual(['a', 'b', 'c']);
  });

  it('refuses names that are twice there, unknown or in a circle', () => {
    expect(refused([blank('a'), blank('a')]).code).toBe('MECHANISM_DUPLICATE');
    expect(refused([blank('a', { after: ['nobody'] })]).code).toBe('MECHANISM_UNKNOWN');
    expect(refused([blank('a', { after: ['b'] }), blank('b', { phase: 'gas' })]).code).toBe(
      'MECHANISM_UNKNOWN',
    );
    expect(refused([blank('a', { after: ['b'] }), blank('b', { after: ['a'] })]).code).toBe(
      'MECHANISM_CYCLE',
    );
  });
});
