import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Problem, ToolkitError } from '../base/errors.js';
import { resolvePlan } from './resolve-plan.js';
import type { SelectParameters } from './select-plan.js';

const read = (name: string) =>
  readFileSync(new URL(`../plans/${name}.yaml`, import.meta.url), 'utf8');
const neutral = read('neutral');
const masa = read('masa');

function problemsOf(text: string, parameters: SelectParameters = {}): readonly Problem[] {
  try {
    resolvePlan({ text, file: 'plan.yaml', ...parameters });
  } catch (error) {
    const { code, exitCode, where, problems } = error as ToolkitError;
    expect({ code, exitCode, where }).toEqual({
      code: 'PLAN_INVALID',
      exitCode: 2,
      where: 'plan.yaml',
    });
    return problems;
  }
  return [];
}

/** A plan text with one place changed; refuses an edit that changes nothing. */
function edit(text: string, from: string | RegExp, to: string): string {
  const edited = text.replace(from, to);
  expect(edited).not.toBe(text);
  return edited;
}

const lineOf = (text: string, words: string) =>
  text.slice(0, text.indexOf(words)).split('\n').length;

type Row = readonly [
  name: string,
  from: string | RegExp,
  to: string,
  code: string,
  path: string,
  hint?: RegExp,
];

describe('a bad plan', () => {
  // biome-ignore format: one case a line
  const rows: readonly Row[] = [
    ['key misspelt', 'supply:', 'suply:', 'PLAN_UNKNOWN_KEY', 'token.suply', /"supply"/],
    ['key missing', "  supply: '1000000000'\n", '', 'PLAN_MISSING_KEY', 'token.supply', /quoted/],
    ['section misspelt', 'allocation:', 'alocation:', 'PLAN_UNKNOWN_KEY', 'alocation', /"allocation"/],
    ['key without likeness', 'token:', 'zzzzzz: 1\ntoken:', 'PLAN_UNKNOWN_KEY', 'zzzzzz', /Remove/],
    ['amount not quoted', "'1000000000'", '1000000000', 'PLAN_TYPE', 'token.supply', /quotation/],
    ['amount with exponent', "'1000000000'", "'1e9'", 'PLAN_FORMAT', 'token.supply', /decimal/],
    ['amount negative', "'1000000000'", "'-1'", 'PLAN_FORMAT', 'token.supply'],
    ['amount with 19 decimals', "'1000000000'", "'0.0000000000000000001'", 'PLAN_FORMAT', 'token.supply'],
    ['amount huge', "'1000000000'", `'${'9'.repeat(61)}'`, 'PLAN_RANGE', 'token.supply'],
    ['supply of nothing', "'1000000000'", "'0'", 'PLAN_INCONSISTENT', 'token.supply', /above 0/],
    ['percentage above 100', "percent: '15'", "percent: '101'", 'PLAN_FORMAT', 'allocation.founders.amount.percent', /100/],
    ['percentage as number', "percent: '15'", 'percent: 15', 'PLAN_TYPE', 'allocation.founders.amount.percent', /quotation/],
    ['not a number', 'launchPriceUsd: 0.01', 'launchPriceUsd: .nan', 'PLAN_NOT_FINITE', 'economy.market.launchPriceUsd'],
    ['infinite', 'launchPriceUsd: 0.01', 'launchPriceUsd: .inf', 'PLAN_NOT_FINITE', 'economy.market.launchPriceUsd'],
    ['minus infinite', 'launchPriceUsd: 0.01', 'launchPriceUsd: -.inf', 'PLAN_NOT_FINITE', 'economy.market.launchPriceUsd'],
    ['text for a number', 'launchPriceUsd: 0.01', 'launchPriceUsd: cheap', 'PLAN_TYPE', 'economy.market.launchPriceUsd', /number from 0/],
    ['list for a number', 'launchPriceUsd: 0.01', 'launchPriceUsd: [1]', 'PLAN_TYPE', 'economy.market.launchPriceUsd'],
    ['map for a number', 'launchPriceUsd: 0.01', 'launchPriceUsd: { a: 1 }', 'PLAN_TYPE', 'economy.market.launchPriceUsd'],
    ['nothing for a number', 'launchPriceUsd: 0.01', 'launchPriceUsd:', 'PLAN_TYPE', 'economy.market.launchPriceUsd'],
    ['yes for a number', 'launchPriceUsd: 0.01', 'launchPriceUsd: true', 'PLAN_TYPE', 'economy.market.launchPriceUsd'],
    ['share above one', 'initialActiveShare: 0.1', 'initialActiveShare: 1.5', 'PLAN_RANGE', 'economy.population.initialActiveShare', /from 0 to 1/],
    ['share below zero', 'initialActiveShare: 0.1', 'initialActiveShare: -0.1', 'PLAN_RANGE', 'economy.population.initialActiveShare'],
    ['fraction of a wallet', 'initialWallets: 50000', 'initialWallets: 5.5', 'PLAN_TYPE', 'economy.population.initialWallets', /whole/],
    ['classes that do not add up', 'farmerShare: 0.2', 'farmerShare: 0.3', 'PLAN_SHARES_SUM', 'economy.population'],
    ['more wallets than room', 'maximumWallets: 1000000', 'maximumWallets: 10', 'PLAN_INCONSISTENT', 'economy.population.initialWallets'],
    ['behaviour of nobody', '    founders: { kind', '    fonders: { kind', 'PLAN_UNKNOWN_NAME', 'economy.holders.fonders'],
    ['group without behaviour', '    founders: { kind', '    fonders: { kind', 'PLAN_MISSING_KEY', 'economy.holders'],
    ['mechanism without its section', '  market:\n', '  staking: { targetShare: 0.1, referenceYield: 0.1, yieldSensitivity: 1, adjustmentPerDay: 0.1, stakePerDay: 0.1, stakeFraction: 1, minimumStakeTokens: "1", termWeights: [1], restakeShare: 0, claimPerDay: 1 }\n  market:\n', 'PLAN_INCONSISTENT', 'economy.staking'],
    ['chain id zero', 'chainId: 2718281', 'chainId: 0', 'PLAN_RANGE', 'chain.chainId', /from 1/],
    ['chain id too large for wallets', 'chainId: 2718281', 'chainId: 9007199254740991', 'PLAN_RANGE', 'chain.chainId'],
    ['time in milliseconds', 'timestamp: 1735689600', 'timestamp: 1735689600000', 'PLAN_RANGE', 'chain.timestamp'],
    ['no base fee', 'minBaseFee: 1000000000', 'minBaseFee: 0', 'PLAN_RANGE', 'chain.feeConfig.minBaseFee'],
    ['beyond exact integers', 'minBaseFee: 1000000000', 'minBaseFee: 99999999999999999999', 'PLAN_RANGE', 'chain.feeConfig.minBaseFee'],
    ['block gas costs crossed', 'minBlockGasCost: 0', 'minBlockGasCost: 2000000', 'PLAN_INCONSISTENT', 'chain.feeConfig.minBlockGasCost'],
    ['precompile misspelt', 'feeManager:', 'feeMangaer:', 'PLAN_UNKNOWN_KEY', 'chain.precompiles.feeMangaer', /"feeManager"/],
    ['role of a stranger', 'admins: [timelock]', 'admins: [timelok]', 'PLAN_UNKNOWN_NAME', 'chain.precompiles.feeManager.admins.0', /timelock/],
    ['role given twice', 'admins: [timelock]', 'admins: [timelock], managers: [timelock]', 'PLAN_INCONSISTENT', 'chain.precompiles.feeManager.managers.0', /one role/],
    ['quorum too small', 'quorumNumerator: 67', 'quorumNumerator: 20', 'PLAN_INCONSISTENT', 'chain.precompiles.warp.quorumNumerator', /33/],
    ['address too short', "faucet: '0x1000000000000000000000000000000000000005'", "faucet: '0x10'", 'PLAN_FORMAT', 'accounts.faucet', /40 hexadecimal/],
    ['address as number', "faucet: '0x1000000000000000000000000000000000000005'", 'faucet: 0x1000000000000000000000000000000000000005', 'PLAN_TYPE', 'accounts.faucet', /quot/],
    ['address with bad checksum', '0x4e59b44847b379578588920cA78FbF26c0B4956C', '0x4e59b44847b379578588920cA78FbF26c0B4956c', 'PLAN_ADDRESS', 'predeploys.create2Factory.address', /checksum/],
    ['predeploy at an account', '0x7000000000000000000000000000000000000001', '0x1000000000000000000000000000000000000002', 'PLAN_INCONSISTENT', 'predeploys.timelock.address', /own/],
    ['predeploy at a precompile', '0x7000000000000000000000000000000000000001', '0x0200000000000000000000000000000000000009', 'PLAN_INCONSISTENT', 'predeploys.timelock.address', /outside/],
    ['two predeploys at one address', '0x7000000000000000000000000000000000000001', '0x7000000000000000000000000000000000000002', 'PLAN_INCONSISTENT', 'predeploys.vestingVault.address'],
    ['timelock without proposer', 'proposers: [admin]', 'proposers: []', 'PLAN_INCONSISTENT', 'predeploys.timelock.proposers'],
    ['vault with an unknown admin', 'admin: timelock', 'admin: nobody', 'PLAN_UNKNOWN_NAME', 'predeploys.vestingVault.admin'],
    ['grants without a vault', / {2}vestingVault:.*\n/, '', 'PLAN_INCONSISTENT', 'predeploys'],
    ['fee mode misspelt', 'mode: validators', 'mode: validator', 'PLAN_FORMAT', 'fees.mode', /"validators"/],
    ['split without burn share', 'mode: validators', 'mode: split', 'PLAN_MISSING_KEY', 'fees'],
    ['split without payees', 'mode: validators', 'mode: split', 'PLAN_SHARES_SUM', 'fees.payees'],
    ['split without splitter', 'mode: validators', 'mode: split', 'PLAN_MISSING_KEY', 'predeploys'],
    ['split without reward manager', 'mode: validators', 'mode: split', 'PLAN_MISSING_KEY', 'chain.precompiles'],
    ['parts too small', 'amount: { remainder: true }\n    mode: liquid', "amount: { percent: '84' }\n    mode: liquid", 'PLAN_INCONSISTENT', 'allocation', /remainder/],
    ['parts too large', 'amount: { remainder: true }\n    mode: liquid', "amount: { percent: '86' }\n    mode: liquid", 'PLAN_INCONSISTENT', 'allocation'],
    ['two remainders', "amount: { percent: '15' }", 'amount: { remainder: true }', 'PLAN_INCONSISTENT', 'allocation.community.amount', /one remainder/],
    ['part above the whole', "amount: { percent: '15' }", "amount: { tokens: '1000000001' }", 'PLAN_INCONSISTENT', 'allocation.community.amount'],
    ['two ways to say how much', "amount: { percent: '15' }", "amount: { percent: '15', tokens: '1' }", 'PLAN_FORMAT', 'allocation.founders.amount', /one of/],
    ['no way to say how much', "amount: { percent: '15' }", 'amount: {}', 'PLAN_FORMAT', 'allocation.founders.amount'],
    ['equalTo where it means nothing', "amount: { percent: '15' }", 'amount: { equalTo: community }', 'PLAN_INCONSISTENT', 'allocation.founders.amount'],
    ['group without account', '    account: founders\n', '', 'PLAN_INCONSISTENT', 'allocation.founders'],
    ['group with an unknown account', 'account: founders', 'account: founder', 'PLAN_UNKNOWN_NAME', 'allocation.founders', /founders/],
    ['liquid part for a stranger', 'faucet: { amount: { tokens', 'fauct: { amount: { tokens', 'PLAN_UNKNOWN_NAME', 'allocation.community.liquid.fauct'],
    ['liquid part of no bucket', 'faucet: { amount', 'faucet: { bucket: nothing, amount', 'PLAN_INCONSISTENT', 'allocation.community.liquid.faucet.bucket'],
    ['liquid group with tge', 'mode: liquid\n', "mode: liquid\n    tge: { percent: '5' }\n", 'PLAN_INCONSISTENT', 'allocation.community.tge'],
    ['vesting without a schedule', 'lockMonths: 12\n    linearMonths: 48', 'lockMonths: 0', 'PLAN_INCONSISTENT', 'allocation.founders', /schedule|above 0/],
    ['cliff longer than the release', 'linearMonths: 48', 'linearMonths: 6', 'PLAN_INCONSISTENT', 'allocation.founders', /linearMonths/],
    ['half a month', 'lockMonths: 12', 'lockMonths: 12.5', 'PLAN_TYPE', 'allocation.founders.lockMonths'],
    ['unknown vesting mode', 'mode: cliff', 'mode: clif', 'PLAN_FORMAT', 'allocation.founders.mode', /"cliff"/],
    ['group id in capitals', '  founders:\n    label', '  Founders:\n    label', 'PLAN_FORMAT', 'allocation.Founders', /kebab/],
    ['other format version', 'version: 1', 'version: 2', 'PLAN_FORMAT', 'version'],
    ['symbol with spaces', 'symbol: NTL', 'symbol: N T L', 'PLAN_FORMAT', 'token.symbol'],
    ['source without confidence', "supply: '1000000000'", "supply: { value: '1', source: me }", 'PLAN_PROVENANCE', 'token.supply', /confidence/],
    ['unknown confidence', "supply: '1000000000'", "supply: { value: '1', source: me, confidence: E }", 'PLAN_PROVENANCE', 'token.supply'],
    ['unknown key in a source', "supply: '1000000000'", "supply: { value: '1', source: me, confidence: A, sauce: x }", 'PLAN_PROVENANCE', 'token.supply'],
    ['bad _source', '_source: { source: stated', '_source: { sorce: stated', 'PLAN_PROVENANCE', '(file)'],
    ['key twice', 'symbol: NTL', 'symbol: NTL\n  symbol: ABC', 'PLAN_DUPLICATE_KEY', '(file)'],
    ['tab as indent', '  symbol: NTL', '\tsymbol: NTL', 'PLAN_SYNTAX', '(file)'],
    ['bracket not closed', 'proposers: [admin]', 'proposers: [admin', 'PLAN_SYNTAX', '(file)'],
    ['alias', 'title: A neutral L1', 'title: *other', 'PLAN_ALIAS', 'title'],
    ['date', 'title: A neutral L1', 'title: !!binary aGk=', 'PLAN_TYPE', 'title'],
    ['profile that is no map', 'base: {}', 'base: 3', 'PLAN_TYPE', 'profiles.base'],
    ['defaults misspelt', '  profile: base', '  profil: base', 'PLAN_UNKNOWN_KEY', 'defaults.profil', /"profile"/],
    ['default profile missing', '  profile: base', '  profile: bse', 'PLAN_PROFILE_UNKNOWN', 'profiles.bse', /"base"/],
    ['default overlay missing', 'overlays: [local-fast]', 'overlays: [localfast]', 'PLAN_OVERLAY_UNKNOWN', 'overlays.localfast', /"local-fast"/],
    ['overlay on a missing one', 'extends: local\n', 'extends: locale\n', 'PLAN_OVERLAY_UNKNOWN', 'overlays.locale', /"local"/],
    ['overlays that are no list', 'overlays: [local-fast]', 'overlays: local-fast', 'PLAN_TYPE', 'defaults.overlays'],
    ['unknown key in an overlay', 'chain: { chainId: 2718282 }', 'chain: { chainID: 2718282 }', 'PLAN_UNKNOWN_KEY', 'chain.chainID', /"chainId"/],
  ];

  it.each(rows)('is refused: %s', (...row) => {
    const [, from, to, code, path, hint] = row as unknown as Row;
    const text = edit(neutral, from, to);
    const problems = [...problemsOf(text), ...problemsOf(text, { overlays: [] })];
    const found = problems.find((problem) => problem.code === code && problem.path === path);
    expect(problems.map((problem) => `${problem.code} ${problem.path}`)).toContain(
      `${code} ${path}`,
    );
    if (hint !== undefined) {
      expect(`${found?.message} ${found?.allowed} ${found?.next}`).toMatch(hint);
    }
  });

  // biome-ignore format: one case a line
  const masaRows: readonly Row[] = [
    ['payees that do not add up', 'users-pool: 4000', 'users-pool: 4001', 'PLAN_SHARES_SUM', 'fees.payees', /10001/],
    ['payee without account', 'users-pool: 4000', 'user-pool: 4000', 'PLAN_UNKNOWN_NAME', 'fees.payees.user-pool', /users-pool/],
    ['burn above everything', 'burnBasisPoints: 3000\n  payees', 'burnBasisPoints: 10001\n  payees', 'PLAN_RANGE', 'fees.burnBasisPoints', /10000/],
    ['two terms alike', 'periods: 6,', 'periods: 3,', 'PLAN_INCONSISTENT', 'staking.terms'],
    ['term without periods', 'periods: 6,', 'period: 6,', 'PLAN_MISSING_KEY', 'staking.terms.1.periods'],
    ['no terms', /terms:\n( {4}- .*\n){3}/, 'terms: []\n', 'PLAN_RANGE', 'staking.terms'],
    ['weights do not match terms', 'value: [57, 6, 37]', 'value: [57, 43]', 'PLAN_INCONSISTENT', 'economy.staking.termWeights'],
    ['reserve of no bucket', 'bucket: staking-rewards, account: staking-rewards', 'bucket: stake, account: staking-rewards', 'PLAN_UNKNOWN_NAME', 'staking.reserve.bucket'],
    ['programme of no bucket', 'bucket: node-rewards\n    account', 'bucket: nodes\n    account', 'PLAN_UNKNOWN_NAME', 'programmes.node-rewards.bucket'],
    ['programme above its bucket', "value: '48000000'", "value: '480000000'", 'PLAN_INCONSISTENT', 'programmes.data-pools'],
    ['epoch budget without epoch', '    epochDays: 10\n', '', 'PLAN_INCONSISTENT', 'programmes.contributor-rewards'],
    ['epochs that do not fit', 'epochDays: 10', 'epochDays: 7', 'PLAN_INCONSISTENT', 'programmes.contributor-rewards.epochDays', /divisor/],
    ['mechanism paid by no programme', 'programme: node-rewards', 'programme: nodes', 'PLAN_UNKNOWN_NAME', 'economy.nodes.programme'],
    ['payee that stands for nobody', 'payees: { users-pool: contributors, ', 'payees: { ', 'PLAN_MISSING_KEY', 'economy.payees', /users-pool/],
    ['payee that stands for a stranger', 'users-pool: contributors', 'users-pool: users', 'PLAN_FORMAT', 'economy.payees.users-pool'],
    ['faucet of nobody', 'faucetAccount: faucet', 'faucetAccount: fauset', 'PLAN_UNKNOWN_NAME', 'economy.gas.faucetAccount', /"faucet"/],
    ['grant equal to nothing', 'equalTo: node-rewards', 'equalTo: node-reward', 'PLAN_INCONSISTENT', 'allocation.growth.buckets.treasury.grants.treasury-late.amount'],
    ['grant equal to itself', 'equalTo: node-rewards', 'equalTo: treasury', 'PLAN_INCONSISTENT', 'allocation.growth.buckets.treasury.grants.treasury-late.amount', /itself/],
    ['more free than the bucket holds', "amount: { percent: '35.8' }", "amount: { percent: '90' }", 'PLAN_INCONSISTENT', 'allocation.growth.liquid.treasury.amount'],
    ['tge above the group', "tge: { tokens: '75500000' }", "tge: { tokens: '800000000' }", 'PLAN_INCONSISTENT', 'allocation.growth.tge'],
    ['payments that do not add up', 'tokenPaymentShare: 0.2', 'tokenPaymentShare: 0.3', 'PLAN_SHARES_SUM', 'economy.buyers'],
    ['speculators that do not add up', 'chartistShare: 0.4', 'chartistShare: 0.5', 'PLAN_SHARES_SUM', 'economy.speculators'],
    ['cost tiers above one', 'lowCostShare: 0.5', 'lowCostShare: 0.7', 'PLAN_SHARES_SUM', 'economy.nodes'],
    ['more operators than room', 'maximumOperators: 50000', 'maximumOperators: 5', 'PLAN_INCONSISTENT', 'economy.nodes.initialOperators'],
  ];

  it.each(masaRows)('is refused: %s', (...row) => {
    const [, from, to, code, path, hint] = row as unknown as Row;
    const text = edit(masa, from, to);
    const problems = [...problemsOf(text), ...problemsOf(text, { overlays: [] })];
    const found = problems.find((problem) => problem.code === code && problem.path === path);
    expect(problems.map((problem) => `${problem.code} ${problem.path}`)).toContain(
      `${code} ${path}`,
    );
    if (hint !== undefined) {
      expect(`${found?.message} ${found?.allowed} ${found?.next}`).toMatch(hint);
    }
  });

  it.each([
    ['empty', '', 'PLAN_EMPTY'],
    ['blank', '\n \n', 'PLAN_EMPTY'],
    ['only comments', '# nothing\n', 'PLAN_EMPTY'],
    ['null', '~', 'PLAN_EMPTY'],
    ['a list', '- 1\n- 2\n', 'PLAN_TYPE'],
    ['a word', 'masa', 'PLAN_TYPE'],
    ['two documents', `${neutral}\n---\na: 1\n`, 'PLAN_SYNTAX'],
    ['binary', `name: a\0b`, 'PLAN_ENCODING'],
    ['wrongly decoded', `name: \uFFFD`, 'PLAN_ENCODING'],
    ['huge', `a: ${'x'.repeat(1_000_001)}`, 'PLAN_TOO_LARGE'],
    ['deep', `a: ${'['.repeat(60)}${']'.repeat(60)}`, 'PLAN_DEPTH'],
    ['very deep', `a: ${'['.repeat(100_000)}`, /PLAN_(DEPTH|SYNTAX)/],
    ['a bomb of aliases', `a: &a [1]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]`, 'PLAN_ALIAS'],
    ['HTML', '<!doctype html><html></html>', /PLAN_(TYPE|SYNTAX)/],
    ['JSON of another kind', '{"config": {"chainId": 1}}', /PLAN_UNKNOWN_KEY/],
  ])('is refused when the file is %s', (_, text, code) => {
    expect(
      problemsOf(text)
        .map((problem) => problem.code)
        .join(' '),
    ).toMatch(code);
  });

  it('names line, value and range of each problem, all at once', () => {
    let text = edit(neutral, 'symbol: NTL', 'symbl: NTL');
    text = edit(text, 'targetBlockRate: 2', 'targetBlockRate: -2');
    text = edit(text, 'launchPriceUsd: 0.01', 'launchPriceUsd: dear');
    const problems = problemsOf(text);
    expect(problems).toHaveLength(4);
    const at = (path: string) => problems.find((problem) => problem.path === path);
    expect(at('token.symbl')).toMatchObject({ line: lineOf(text, 'symbl: NTL') });
    expect(at('chain.feeConfig.targetBlockRate')).toMatchObject({
      line: lineOf(text, 'targetBlockRate: -2'),
      message: expect.stringContaining('-2'),
      allowed: 'a whole number from 1 to 3600',
    });
    expect(at('economy.market.launchPriceUsd')).toMatchObject({
      line: lineOf(text, 'launchPriceUsd: dear'),
      message: expect.stringContaining('"dear"'),
    });
    expect(at('token.symbol')).toMatchObject({
      code: 'PLAN_MISSING_KEY',
      line: lineOf(text, 'token:\n'),
    });
  });

  it.each([
    ['fees.mod=split', 'PLAN_UNKNOWN_KEY', 'fees.mod'],
    ['fees.mode=spilt', 'PLAN_FORMAT', 'fees.mode'],
    ['fees.mode', 'PLAN_SET', '--set fees.mode'],
    ['=1', 'PLAN_SET', '--set =1'],
    ['a..b=1', 'PLAN_SET', '--set a..b=1'],
    ['title.x=1', 'PLAN_SET', '--set title.x=1'],
    ['title=[1', 'PLAN_SET', '--set title=[1'],
    [
      'chain.precompiles.feeManager.admins.7=admin',
      'PLAN_SET',
      '--set chain.precompiles.feeManager.admins.7=admin',
    ],
    ['chain.chainId=.nan', 'PLAN_SET', '--set chain.chainId=.nan'],
  ])('is refused on the command line: --set %s', (set, code, path) => {
    expect(problemsOf(neutral, { sets: [set] })).toMatchObject([{ code, path }]);
  });

  it.each([
    [{ profile: 'nope' }, 'PLAN_PROFILE_UNKNOWN'],
    [{ overlays: ['locl'] }, 'PLAN_OVERLAY_UNKNOWN'],
    [{ profile: '__proto__' }, 'PLAN_PROFILE_UNKNOWN'],
  ])('is refused with the choice %j', (parameters, code) => {
    expect(problemsOf(neutral, parameters)[0]?.code).toBe(code);
  });
});
