import { ToolkitError } from '../../genesis/base/errors.js';
import { ACTIVE, DORMANT } from './columns.js';
import type { State } from './state.js';

/**
 * Genesis supply = sum of all accounts, on running totals; with `holdings`, every column and every private store is
 * counted again as well, and compared with its account or running count.
 *
 * @param mechanism The one that acted last.
 * @throws ToolkitError `CONSERVATION_BROKEN` with day, mechanism, account and difference.
 */
export function verifyConservation(
  state: State,
  mechanism: string,
  holdings?: Readonly<Record<string, bigint>>,
): void {
  const fail = (what: string, message: string): never => {
    throw new ToolkitError({
      code: 'CONSERVATION_BROKEN',
      message: `On day ${state.day} ${what} ${message} after ${mechanism}.`,
      where: `day ${state.day}, mechanism ${mechanism}, ${what}`,
      next: 'The mechanism has a mistake; the results before this day are exact.',
    });
  };
  const { ledger, columns, kernel, signals } = state;
  const expect = (what: string, books: number, count: () => bigint) => {
    let counted: bigint;
    try {
      counted = count();
    } catch {
      return fail(what, 'holds something that is not a whole number');
    }
    if (BigInt(books) !== counted)
      fail(what, `differs by ${counted - BigInt(books)}: ${counted} counted, ${books} booked`);
  };
  const total = ledger.difference();
  if (total !== 0n) fail('the sum of all accounts', `differs by ${-total} micro-tokens`);
  if (holdings === undefined) return;
  const { status, questShare, surfShare, dataShare } = columns;
  const wallets = status.length;
  const nodes = columns.nodeStake.length;
  const count = (name: string, column: ArrayLike<number>, length: number) =>
    expect(name, ledger.of(name), () => kernel.sum(column, length));
  count('wallets', columns.balance, wallets);
  count('nodeStake', columns.nodeStake, nodes);
  count('nodeLocked', columns.nodeLocked, nodes);
  expect('questAccrued', ledger.of('questAccrued'), () =>
    kernel.owed(
      wallets,
      questShare,
      signals.questAccumulator,
      columns.questSettled,
      status,
      ACTIVE,
    ),
  );
  expect('surfAccrued', ledger.of('surfAccrued'), () =>
    kernel.owed(wallets, surfShare, signals.surfAccumulator, columns.surfSettled, status, ACTIVE),
  );
  expect('dataAccrued', ledger.of('dataAccrued'), () =>
    kernel.owed(wallets, dataShare, signals.dataAccumulator, columns.dataSettled, undefined, 0),
  );
  for (const [account, held] of Object.entries(holdings))
    expect(account, ledger.of(account), () => held);
  let active = 0;
  let dormant = 0;
  let quest = 0;
  let surf = 0;
  for (let id = 0; id < wallets; id += 1) {
    if (status[id] === ACTIVE) {
      active += 1;
      quest += questShare[id]!;
      surf += surfShare[id]!;
    } else if (status[id] === DORMANT) dormant += 1;
  }
  expect('the count of active wallets', signals.active, () => BigInt(active));
  expect('the count of dormant wallets', signals.dormant, () => BigInt(dormant));
  expect('the quest shares of active wallets', signals.questShares, () => BigInt(quest));
  expect('the surf shares of active wallets', signals.surfShares, () => BigInt(surf));
  expect('the data shares', signals.dataShares, () => kernel.sum(dataShare, wallets));
  expect('the soulbound vaults', signals.soulbound, () => kernel.sum(columns.soulbound, wallets));
}
