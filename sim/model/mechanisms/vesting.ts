import { emittedAmount } from '../../../genesis/formulas/programme-emission.js';
import { unlockedOfGrant } from '../../../genesis/plan/unlocked-supply.js';
import { exp, pow } from '../../kernel/real-functions.js';
import type { World } from '../world.js';

const MICRO = 1_000_000_000_000n;

/** M9, M10: vesting by the exact schedule of every grant, and sales of what is free; emission of the programmes. */
export function createVesting(world: World) {
  const { plan, ledger, parameters } = world;
  const holders =
    (plan.economy as { holders?: Record<string, { kind: string }> } | undefined)?.holders ?? {};
  const treasuryName = (plan.economy as { market?: { treasuryAccount: string } } | undefined)
    ?.market?.treasuryAccount;
  const faucetName = (plan.economy as { gas?: { faucetAccount: string } } | undefined)?.gas
    ?.faucetAccount;
  const accountOf = (account: string, group: string): string => {
    if (account === plan.staking?.reserveAccount) return 'stakingReserve';
    const programme = plan.programmes.find((one) => one.account === account);
    if (programme !== undefined) return `programme:${programme.id}`;
    if (account === treasuryName) return 'treasury';
    if (account === faucetName) return 'faucet';
    return holders[group] !== undefined && holders[group]?.kind !== 'treasury'
      ? `holders:${group}`
      : 'others';
  };
  const grants = plan.allocation.flatMap((group) =>
    group.grants.map((grant) => ({
      grant,
      account: accountOf(grant.account, group.id),
      released: 0,
    })),
  );
  const programmes = plan.programmes.map((programme) => ({ programme, emitted: 0 }));
  // Genesis: liquid tokens, then the vault; what rounding to micro-tokens leaves stays with the others.
  ledger.balances.others = ledger.supply;
  for (const group of plan.allocation) {
    for (const { account, amount } of group.liquid) {
      ledger.move('genesis', 'others', accountOf(account, group.id), Number(amount / MICRO));
    }
  }
  for (const { grant } of grants)
    ledger.move('genesis', 'others', 'vault', Number(grant.amount / MICRO));
  const receiver = (id: string): [string, string] => {
    const of = plan.economy as
      | {
          contribution?: { programme: string };
          nodes?: { programme: string };
          dataStaking?: { programme: string };
        }
      | undefined;
    if (id === of?.contribution?.programme) return ['contributorPool', 'emittedContributors'];
    if (id === of?.nodes?.programme) return ['nodePool', 'emittedNodes'];
    if (id === of?.dataStaking?.programme) return ['dataPool', 'emittedData'];
    return ['others', 'emittedOther'];
  };
  return {
    release(): void {
      const seconds = world.day * 86_400;
      for (const entry of grants) {
        const due = Number(
          unlockedOfGrant(entry.grant, seconds - (entry.grant.start - plan.chain.timestamp)) /
            MICRO,
        );
        ledger.move('vesting', 'vault', entry.account, due - entry.released);
        world.add('unlocked', due - entry.released);
        entry.released = due;
      }
      for (const entry of programmes) {
        const [account, metric] = receiver(entry.programme.id);
        const from = `programme:${entry.programme.id}`;
        const due = Number(emittedAmount(entry.programme, seconds) / MICRO);
        // A programme cannot pay what its bucket has not released yet.
        const paid = Math.min(due - entry.emitted, ledger.of(from));
        ledger.move('emission', from, account, paid);
        world.add('emitted', paid);
        world.add(metric, paid);
        entry.emitted += paid;
      }
    },
    sell(): void {
      for (const [group, { kind }] of Object.entries(holders)) {
        if (kind === 'treasury') continue;
        const of = (name: string) => parameters.of(`holders.${group}.${name}`);
        const cost = of('costBasisUsd');
        const gain =
          (world.price > cost ? exp(of('dispositionWeight')) : 1) *
          (cost > 0 ? Math.min(2, pow(world.price / cost, of('gainWeight'))) : 1);
        const hazard = Math.min(1, of('salePerDay') * gain * (1 - of('hedgedShare')));
        const balance = ledger.of(`holders:${group}`);
        world.offer('holders', `holders:${group}`, Math.floor(balance * hazard));
      }
      world.offer(
        'treasury',
        'treasury',
        Math.floor(ledger.of('treasury') * parameters.of('market.treasurySalePerDay')),
      );
    },
  };
}
