import { MICRO_PERCENT_WHOLE } from '../../../genesis/formulas/staking-reward.js';
import { exp, log } from '../../kernel/real-functions.js';
import { Calendar, type Due } from '../calendar.js';
import { ACTIVE } from '../columns.js';
import { defineMechanism } from '../mechanism.js';
import { purposes } from '../purposes.js';
import { chargeGas, gasFee } from './charge-gas.js';

const SECONDS_PER_DAY = 86_400;
const DAYS_PER_YEAR = 365;
/** Whoever waits longer than this never comes. */
const HORIZON = 3_653;

/**
 * M11: holder staking in fixed terms. The reward is reserved in full or the stake is refused; no early exit; after the
 * term a cooldown, then the holder claims when he comes. The staked share of the float moves towards a logit of the yield.
 */
export const staking = defineMechanism({
  id: 'staking',
  about: 'M11: holder staking in fixed terms',
  phase: 'staking',
  reads: ['status'],
  writes: ['balance'],
  sets: ['transactions', 'gasUsed'],
  accounts: [
    'wallets',
    'holders:',
    'staked',
    'cooldown',
    'stakingReserve',
    'stakingReserved',
    'gasFees',
  ],
  create(access) {
    const { kernel, columns, plan } = access;
    const of = (name: string) => access.of(`staking.${name}`);
    const terms = (plan.staking?.terms ?? []).map(({ periods, rewardMicroPercent }) => ({
      days: Math.round((periods * plan.staking!.periodSeconds) / SECONDS_PER_DAY),
      rate: Number(rewardMicroPercent),
    }));
    const cooldown = Math.round((plan.staking?.cooldownSeconds ?? 0) / SECONDS_PER_DAY);
    /** Chances of the terms, which add up to 1; none when nobody wants any. */
    const sharesOf = (): readonly number[] => {
      const weights = terms.map((_, at) => of(`termWeights.${at}`));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return total > 0 ? weights.map((weight) => weight / total) : [];
    };
    const maturing = new Calendar();
    const cooling = new Calendar();
    /** Groups of holders by their place in this list, in calendars of their own. */
    const groups: string[] = [];
    const groupMaturing = new Calendar();
    const groupCooling = new Calendar();
    let amounts = new Float64Array(1024);
    let rewards = new Float64Array(1024);
    let delays = new Float64Array(1024);

    const payOut = (due: Due): void => {
      const sum = (column: Float64Array) => column.reduce((left, right) => left + right, 0);
      access.move('cooldown', 'wallets', sum(due.amounts));
      access.move('stakingReserved', 'wallets', sum(due.others));
      kernel.giveEach(due.wallets, columns.balance, due.amounts);
      kernel.giveEach(due.wallets, columns.balance, due.others);
    };
    const open = (members: Uint32Array, term: number): void => {
      if (amounts.length < members.length) {
        amounts = new Float64Array(members.length * 2);
        rewards = new Float64Array(members.length * 2);
        delays = new Float64Array(members.length * 2);
      }
      const { days, rate } = terms[term]!;
      // Only who can stake enough, and pay the gas, tries at all.
      const fraction = Math.round(of('stakeFraction') * 1e6);
      const minimum = Math.round(of('minimumStakeTokens') * 1e6) * access.scale;
      const fee = gasFee(access, access.of('gas.stakeGas')) * access.scale;
      if (fraction <= 0) return;
      const least = Math.ceil(minimum * (1e6 / fraction)) + fee;
      const able = kernel.atLeast(members, columns.balance, least);
      const stakers = kernel.takeEach(
        chargeGas(access, able, 'gas.stakeGas'),
        columns.balance,
        fraction,
        0,
        amounts,
      );
      const whole = Number(MICRO_PERCENT_WHOLE);
      const reserved = kernel.scaleEach(amounts, stakers.length, rate, whole, rewards);
      if (reserved > access.balance('stakingReserve')) {
        // The contract refuses a stake whose reward it cannot reserve.
        kernel.giveEach(stakers, columns.balance, amounts);
        return;
      }
      const staked = kernel.scaleEach(amounts, stakers.length, 1, 1, amounts);
      access.move('wallets', 'staked', staked);
      access.move('stakingReserve', 'stakingReserved', reserved);
      delays.fill(0, 0, stakers.length);
      maturing.putEach(access.day + days, stakers, delays, HORIZON, amounts, rewards);
      access.add('stakes', stakers.length * access.scale);
      access.visit(stakers.length);
    };
    const openGroup = (account: string, amount: number, term: number): void => {
      const { days, rate } = terms[term]!;
      const reward = kernel.mulDivFloor(amount, rate, Number(MICRO_PERCENT_WHOLE));
      if (amount <= 0 || reward > access.balance('stakingReserve')) return;
      if (!groups.includes(account)) groups.push(account);
      access.move(account, 'staked', amount);
      access.move('stakingReserve', 'stakingReserved', reward);
      groupMaturing.put(access.day + days, groups.indexOf(account), amount, reward);
      access.add('stakes', 1);
    };
    /** Yearly yield of the mean choice of a term, as far as rewards can be reserved at all. */
    const yearly = (shares: readonly number[]): number =>
      access.balance('stakingReserve') <= 0
        ? 0
        : terms.reduce(
            (sum, { days, rate }, at) => sum + (shares[at]! * rate * DAYS_PER_YEAR) / days / 1e8,
            0,
          );
    return {
      step(): void {
        const shares = sharesOf();
        if (shares.length === 0) return;
        openNew(shares);
        mature();
        claim(shares);
      },
      holdings() {
        const sums = [maturing, groupMaturing, cooling, groupCooling].map((one) => one.sums());
        return {
          staked: sums[0]!.amounts + sums[1]!.amounts,
          cooldown: sums[2]!.amounts + sums[3]!.amounts,
          stakingReserved: sums.reduce((left, { others }) => left + others, 0n),
        };
      },
    };

    /** Stakes of today: the staked share of what is unlocked moves towards its target. */
    function openNew(shares: readonly number[]): void {
      const { day } = access;
      const target = access.of('staking.targetShare');
      if (target <= 0) return;
      const odds = target < 1 ? log(target / (1 - target)) : 20;
      const slope = of('yieldSensitivity') * (yearly(shares) - of('referenceYield'));
      const share = 1 / (1 + exp(-(odds + slope)));
      const held = access.accounts('holders:');
      const sources =
        access.balance('wallets') * of('stakeFraction') +
        held.reduce((sum, account) => sum + access.balance(account), 0);
      const unlocked = access.supply - access.balance('vault') - access.balance('blackhole');
      const staked = access.balance('staked') + access.balance('cooldown');
      const wanted = (share * unlocked - staked) * (1 - exp(-of('adjustmentPerDay')));
      if (wanted <= 0 || sources <= 0) return;
      const most = 1 - exp(-of('stakePerDay'));
      const hazard = Math.min(most, wanted / sources);
      shares.forEach((part, term) => {
        const hits = kernel.filter(
          kernel.skipSample(access.get('count'), most * part, day, purposes.stakes + term),
          columns.status,
          ACTIVE,
        );
        open(kernel.thin(hits, hazard / most, day, purposes.stakesKept + term), term);
        for (const account of held)
          openGroup(account, Math.floor(access.balance(account) * hazard * part), term);
      });
    }

    /** Ends of terms: the cooldown begins, and a wallet claims some time after it. */
    function mature(): void {
      const { day } = access;
      const matured = maturing.take(day);
      access.move(
        'staked',
        'cooldown',
        matured.amounts.reduce((left, right) => left + right, 0),
      );
      if (delays.length < matured.wallets.length)
        delays = new Float64Array(matured.wallets.length * 2);
      const mean = of('claimPerDay') > 0 ? 1 / of('claimPerDay') : HORIZON;
      kernel.weibullDays(matured.wallets, 1, mean, day, purposes.stakeClaims, delays);
      cooling.putEach(
        day + cooldown,
        matured.wallets,
        delays,
        Number.POSITIVE_INFINITY,
        matured.amounts,
        matured.others,
      );
      chargeGas(access, matured.wallets.slice(), 'gas.stakeGas');
      const groupsDue = groupMaturing.take(day);
      groupsDue.wallets.forEach((group, at) => {
        access.move('staked', 'cooldown', groupsDue.amounts[at]!);
        groupCooling.put(day + cooldown, group, groupsDue.amounts[at]!, groupsDue.others[at]!);
      });
    }

    /** Claims; some of the active wallets that claim stake again, each in one term. */
    function claim(shares: readonly number[]): void {
      const { day } = access;
      const due = cooling.take(day);
      payOut(due);
      const dueGroups = groupCooling.take(day);
      dueGroups.wallets.forEach((group, at) => {
        access.move('cooldown', groups[group]!, dueGroups.amounts[at]!);
        access.move('stakingReserved', groups[group]!, dueGroups.others[at]!);
      });
      chargeGas(access, due.wallets.slice(), 'gas.stakeGas');
      let rest = kernel.filter(due.distinct(), columns.status, ACTIVE);
      let left = 1;
      shares.forEach((part, term) => {
        const chance = of('restakeShare') * part;
        const [again, others] = kernel.split(
          rest,
          left > 0 ? Math.min(1, chance / left) : 0,
          day,
          purposes.restakes + term,
        );
        open(again, term);
        rest = others;
        left -= chance;
      });
    }
  },
});
