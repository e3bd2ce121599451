import { z } from 'zod';
import { economySchema } from './economy-schema.js';
import { basisPoints, choice, flag, integer, percent, text, tokens } from './leaf.js';

const idPattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const namePattern = /^[a-z][A-Za-z0-9]*(-[a-z0-9]+)*$/;

/** Ids of groups, buckets, grants and programmes: kebab-case. */
const id = z
  .string()
  .max(40)
  .regex(idPattern)
  .meta({ allowed: 'an id in lower-case kebab-case, at most 40 characters' });

/** Names of accounts. */
const accountName = z
  .string()
  .max(40)
  .regex(namePattern)
  .meta({ allowed: 'an account name such as treasury or node-rewards' });

/** A name that must exist in `accounts` or `predeploys`. */
const reference = text('Name of an account or predeploy of the plan', 40);
const references = z.array(reference).max(100).meta({ allowed: 'a list of names' });

const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .meta({
    description: 'Address, all lower case or with its EIP-55 checksum',
    unit: 'address',
    allowed: '0x and 40 hexadecimal digits, quoted',
  });

/** How much: exactly one of the four. What a percentage is of, the place that uses it says. */
const amount = z
  .strictObject({
    percent: percent('Share of the whole').optional(),
    tokens: tokens('Fixed amount').optional(),
    remainder: z
      .literal(true)
      .optional()
      .meta({ description: 'What the others leave', unit: 'switch', allowed: 'true' }),
    equalTo: id.optional().meta({
      description: 'As much as this grant of the same group',
      unit: 'id',
      allowed: 'the id of a grant of the same group',
    }),
  })
  .refine((value) => Object.values(value).filter((item) => item !== undefined).length === 1, {
    message: 'Give exactly one of percent, tokens, remainder, equalTo.',
  })
  .meta({ allowed: 'one of percent, tokens, remainder, equalTo' });

const mode = choice('lock-then-linear pays from zero after the lock, cliff pays the accrued lump', [
  'lock-then-linear',
  'cliff',
]);
const months = (description: string) => integer(description, 'months', 0, 1200);

const grantSchema = z.strictObject({
  label: text('What the grant is for', 80).optional(),
  account: reference,
  amount: amount,
  lockMonths: months('Months of lock; the group says it when absent').optional(),
  linearMonths: months('Months of linear release; the group says it when absent').optional(),
  mode: mode.optional(),
  revocable: flag('Whether the vault admin may take back what is not vested').optional(),
});

const groupSchema = z.strictObject({
  label: text('Name of the group for people', 80),
  amount: amount,
  account: reference.optional(),
  tge: amount.optional(),
  mode: choice('liquid is free at TGE; the others vest in the vault', [
    'liquid',
    'lock-then-linear',
    'cliff',
  ]),
  lockMonths: months('Months of lock').optional(),
  linearMonths: months('Months of linear release').optional(),
  revocable: flag('Whether grants of the group are revocable').optional(),
  liquid: z
    .record(accountName, z.strictObject({ bucket: reference.optional(), amount }))
    .optional(),
  buckets: z
    .record(
      id,
      z.strictObject({
        label: text('Name of the bucket for people', 80),
        amount: amount,
        account: reference.optional(),
        grants: z.record(id, grantSchema).optional(),
      }),
    )
    .optional(),
});

const seconds = (description: string) => integer(description, 'seconds', 0, 253_402_300_799);
const wide = (description: string, unit: string, min: number) =>
  integer(description, unit, min, Number.MAX_SAFE_INTEGER);

const rolesSchema = z.strictObject({
  admins: references.optional(),
  managers: references.optional(),
  enabled: references.optional(),
});

const chainSchema = z.strictObject({
  chainId: integer('Chain id', 'id', 1, 4_503_599_627_370_476),
  timestamp: seconds('Genesis time, TGE and start of every grant'),
  feeConfig: z.strictObject({
    gasLimit: wide('Gas limit of a block', 'gas', 1),
    targetBlockRate: integer('Aimed time between blocks', 'seconds', 1, 3600),
    minBaseFee: wide('Smallest base fee', 'wei per gas', 1),
    targetGas: wide('Gas aimed at in a window of 10 seconds', 'gas', 1),
    baseFeeChangeDenominator: wide('Larger is slower', 'divisor', 1),
    minBlockGasCost: wide('Smallest block gas cost', 'gas', 0),
    maxBlockGasCost: wide('Largest block gas cost', 'gas', 0),
    blockGasCostStep: wide('Step of the block gas cost', 'gas', 0),
  }),
  upgrades: z
    .strictObject({
      durangoTimestamp: seconds('Postpones Durango').optional(),
      etnaTimestamp: seconds('Postpones Etna').optional(),
      fortunaTimestamp: seconds('Postpones Fortuna').optional(),
      graniteTimestamp: seconds('Postpones Granite').optional(),
      heliconTimestamp: seconds('Postpones Helicon').optional(),
    })
    .optional(),
  precompiles: z.strictObject({
    contractDeployerAllowList: rolesSchema.optional(),
    contractNativeMinter: rolesSchema.optional(),
    txAllowList: rolesSchema.optional(),
    feeManager: rolesSchema.optional(),
    rewardManager: rolesSchema.optional(),
    warp: z
      .strictObject({
        quorumNumerator: integer(
          'Needed stake weight; 0 is the default of 67',
          'percent',
          0,
          100,
        ).optional(),
        requirePrimaryNetworkSigners: flag(
          'Whether primary network validators sign for the C-Chain',
        ).optional(),
      })
      .optional(),
  }),
});

const predeploysSchema = z.strictObject({
  feeSplitter: z.strictObject({ address }).optional(),
  timelock: z
    .strictObject({
      address,
      minDelaySeconds: integer('Smallest delay', 'seconds', 0, 31_536_000),
      proposers: references,
      executors: references,
    })
    .optional(),
  wmasa: z.strictObject({ address }).optional(),
  create2Factory: z.strictObject({ address }).optional(),
  vestingVault: z.strictObject({ address, admin: reference }).optional(),
});

const stakingSchema = z.strictObject({
  periodDays: integer('Length of a staking period', 'days', 1, 3650),
  cooldownDays: integer('Days between unlock and claim', 'days', 0, 3650),
  terms: z
    .array(
      z.strictObject({
        periods: integer('Periods of the term', 'periods', 1, 1000),
        rewardPercent: percent('Reward for the whole term'),
      }),
    )
    .min(1)
    .max(32)
    .meta({ allowed: 'a list of 1 to 32 terms' }),
  reserve: z.strictObject({ group: reference, bucket: reference, account: reference }),
});

const programmeSchema = z.strictObject({
  label: text('Name of the programme for people', 80),
  group: reference,
  bucket: reference,
  account: reference,
  budget: amount.optional(),
  kind: choice('How the budget is spread over time', [
    'two-year-halving',
    'linear',
    'epoch-budget',
  ]),
  startMonths: months('Months after genesis'),
  durationMonths: integer('Months of emission', 'months', 1, 1200),
  epochDays: integer('Length of an epoch', 'days', 1, 3650).optional(),
});

/** A plan after profiles and overlays are merged: what a plan file may say. */
export const planSchema = z.strictObject({
  version: z
    .literal(1)
    .meta({ description: 'Version of the plan format', unit: 'version', allowed: '1' }),
  name: id.meta({ description: 'Short name', unit: 'id', allowed: 'an id in kebab-case' }),
  title: text('Title for people'),
  token: z.strictObject({
    name: text('Name of the token', 60),
    symbol: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9]{0,10}$/)
      .meta({ description: 'Ticker', unit: 'text', allowed: '1 to 11 letters and digits' }),
    supply: tokens('Genesis supply'),
  }),
  chain: chainSchema,
  accounts: z.record(accountName, address),
  predeploys: predeploysSchema,
  fees: z.strictObject({
    mode: choice('Where transaction fees go', ['burn-all', 'split', 'validators']),
    burnBasisPoints: basisPoints('Burned part of a fee in mode split').optional(),
    payees: z
      .record(accountName, basisPoints('Part of what is not burned'))
      .optional()
      .meta({ allowed: 'account names with basis points that add up to 10000' }),
  }),
  allocation: z.record(id, groupSchema),
  staking: stakingSchema.optional(),
  programmes: z.record(id, programmeSchema).optional(),
  economy: economySchema.optional(),
});

/** A merged plan file, checked but not yet resolved. */
export type PlanInput = z.infer<typeof planSchema>;
export type AmountInput = z.infer<typeof amount>;
