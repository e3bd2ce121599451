import type { Intervention } from '../engine/intervention.js';
import type { MechanismDefinition } from './mechanism.js';
import { planAccount } from './mechanisms/plan-accounts.js';
import { mechanisms } from './mechanisms.js';
import { openAccess } from './open-access.js';
import { orderMechanisms } from './order-mechanisms.js';
import type { State } from './state.js';
import { verifyConservation } from './verify-conservation.js';

const WEI_PER_MICRO = 1_000_000_000_000n;

/** A running economy; `step` is one day. */
export interface Economy {
  /** Names of the mechanisms in the order of a day. */
  readonly order: readonly string[];
  /**
   * @param recount Whether all columns are counted again after every mechanism, and not only running totals.
   * @throws ToolkitError `CONSERVATION_BROKEN` with the mechanism that broke it.
   */
  step(recount?: boolean): void;
  /** Counts everything again. @throws ToolkitError `CONSERVATION_BROKEN`. */
  recount(mechanism: string): void;
}

/** Sets up the economy of a plan: genesis balances, then the start of every mechanism. */
export function createEconomy(
  state: State,
  interventions: readonly Intervention[],
  definitions: readonly MechanismDefinition[] = mechanisms,
): Economy {
  const ordered = orderMechanisms(definitions);
  allocate(state);
  const running = ordered.map((definition) => ({
    id: definition.id,
    mechanism: definition.create(openAccess(state, definition)),
  }));
  const holdings = () =>
    Object.assign({}, ...running.map(({ mechanism }) => mechanism.holdings?.() ?? {})) as Record<
      string,
      bigint
    >;
  for (const { id, mechanism } of running) {
    mechanism.start?.();
    verifyConservation(state, id);
  }
  return {
    order: running.map(({ id }) => id),
    step(recount = false): void {
      state.day += 1;
      state.today = {};
      for (const intervention of interventions) {
        if (intervention.day === state.day) state.parameters.apply(intervention);
      }
      for (const { id, mechanism } of running) {
        mechanism.step();
        verifyConservation(state, id, recount ? holdings() : undefined);
      }
    },
    recount: (mechanism) => verifyConservation(state, mechanism, holdings()),
  };
}

/** Liquid tokens of block 0 and the vault; what rounding to micro-tokens leaves stays with the others. */
function allocate({ plan, ledger }: State): void {
  ledger.balances.others = ledger.supply;
  for (const group of plan.allocation) {
    for (const { account, amount } of group.liquid) {
      const to = planAccount(plan, account, group.id);
      ledger.move('genesis', 'others', to, Number(amount / WEI_PER_MICRO));
    }
    for (const { amount } of group.grants)
      ledger.move('genesis', 'others', 'vault', Number(amount / WEI_PER_MICRO));
  }
}
