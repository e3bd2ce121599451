import { pow } from '../../kernel/real-functions.js';
import { hazardProbability } from '../../kernel/samplers/hazard.js';
import { ACTIVE } from '../columns.js';
import { defineMechanism } from '../mechanism.js';
import { purposes } from '../purposes.js';
import { chargeGas } from './charge-gas.js';
import { splitPayment } from './split-payment.js';

/** Candidates for minting come from this multiple of the hazard; a lower fee cannot raise it further. */
const REACH = 4;
const DAYS_PER_MONTH = 365 / 12;

/** M2: minting and managing soulbound vaults; a fee in USD or tokens, part of it burned. */
export const soulbound = defineMechanism({
  id: 'soulbound',
  about: 'M2: soulbound vaults, minted and managed for a fee',
  phase: 'contribution',
  after: ['claims'],
  reads: ['status'],
  writes: ['balance', 'soulbound'],
  sets: ['transactions', 'gasUsed', 'soulbound'],
  accounts: [
    'wallets',
    'gasFees',
    'fees',
    'blackhole',
    'contributorPool',
    'nodePool',
    'validators',
    'treasury',
    'others',
  ],
  create(access) {
    const { kernel, columns, scale } = access;
    const of = (name: string) => access.of(`zksbt.${name}`);
    let known = 0;
    const feeOf = (action: 'mint' | 'manage'): number =>
      access.word('zksbt.feeMode') === 'tokens'
        ? Math.round(of(`${action}FeeTokens`) * 1e6) * scale
        : access.microOfUsd(of(`${action}FeeUsd`) * scale);
    const pay = (members: Uint32Array, action: 'mint' | 'manage'): Uint32Array => {
      const fee = feeOf(action);
      const payers = kernel.charge(
        chargeGas(access, members, `gas.${action}Gas`),
        columns.balance,
        fee,
      );
      access.move('wallets', 'fees', fee * payers.length);
      const burned = splitPayment(access, fee * payers.length, of('burnBasisPoints'));
      access.add('burnedZksbt', burned);
      access.add('revenueUsd', ((fee * payers.length) / 1e6) * access.get('price'));
      access.visit(payers.length);
      return payers;
    };
    const mint = (members: Uint32Array): void => {
      const minted = pay(members, 'mint');
      kernel.assign(minted, columns.soulbound, 1);
      access.set('soulbound', access.get('soulbound') + minted.length);
      const points = Math.floor(access.of('contribution.mintPoints') * access.get('pointValue'));
      const each = Math.min(
        points,
        Math.floor(access.balance('contributorPool') / Math.max(1, minted.length)),
      );
      access.move('contributorPool', 'wallets', kernel.give(minted, columns.balance, each));
    };
    return {
      start(): void {
        known = access.get('count');
      },
      step(): void {
        const usd = (feeOf('mint') / 1e6 / scale) * access.get('price');
        const appetite =
          usd > 0
            ? Math.min(REACH, pow(usd, -of('feeElasticity')))
            : of('feeElasticity') > 0
              ? REACH
              : 1;
        const active = (p: number, purpose: number) =>
          kernel.filter(
            kernel.skipSample(access.get('count'), p, access.day, purpose),
            columns.status,
            ACTIVE,
          );
        // Newcomers of today, as far as they can pay.
        const count = access.get('count');
        mint(
          kernel.thin(
            kernel.range(known, count),
            of('joinMintShare'),
            access.day,
            purposes.joinMints,
          ),
        );
        known = count;
        const candidates = kernel.filter(
          active(hazardProbability(of('mintPerActiveDay'), REACH), purposes.mints),
          columns.soulbound,
          0,
        );
        const most = hazardProbability(of('mintPerActiveDay'), REACH);
        const kept = most > 0 ? hazardProbability(of('mintPerActiveDay'), appetite) / most : 0;
        mint(kernel.thin(candidates, kept, access.day, purposes.mintsKept));
        pay(
          kernel.filter(
            active(Math.min(1, of('managePerMonth') / DAYS_PER_MONTH), purposes.manages),
            columns.soulbound,
            1,
          ),
          'manage',
        );
      },
    };
  },
});
