import { describe, expect, it } from 'vitest';
import type { ToolkitError } from '../base/errors.js';
import { parseGenesis } from './parse-genesis.js';

const refusal = (text: string, upgradeText?: string) => {
  try {
    parseGenesis(text, { file: 'genesis.json', upgradeFile: 'upgrade.json', upgradeText });
  } catch (error) {
    return error as ToolkitError;
  }
  return undefined;
};
const minimal = '"gasLimit":8000000,"difficulty":0,"alloc":{}';

describe('parseGenesis', () => {
  it('given a trailing comma, it says line and column', () => {
    expect(refusal('{\n  "a": 1,\n}')).toMatchObject({
      code: 'GENESIS_JSON_INVALID',
      where: 'genesis.json, line 3, column 1',
      exitCode: 2,
    });
  });

  it('given a wrong value, it says path, place and what is allowed', () => {
    const error = refusal(`{${minimal},\n"config":{"feeConfig":{"gasLimit":"8000000"}}}`);
    expect(error).toMatchObject({
      code: 'GENESIS_VALUE_INVALID',
      where: 'genesis.json: config.feeConfig.gasLimit (line 2, column 35)',
    });
    expect(error!.allowed).toContain('without quotation marks');
  });

  it('given a broken rule, it says which member', () => {
    expect(refusal('{"gasLimit":5,"difficulty":0,"alloc":{}}')).toMatchObject({
      code: 'GENESIS_REFUSED',
      where: 'genesis.json: gasLimit (line 1, column 13)',
    });
  });

  it('given a broken rule in upgrade.json, it names that file', () => {
    const entry = '{"warpConfig":{"blockTimestamp":1800000000}}';
    expect(refusal(`{${minimal}}`, `{"precompileUpgrades":[${entry},${entry}]}`)).toMatchObject({
      code: 'GENESIS_REFUSED',
      where: 'upgrade.json: precompileUpgrades[1].warpConfig (line 1, column 83)',
    });
  });

  it('given missing members, it refuses each', () => {
    for (const name of ['gasLimit', 'difficulty', 'alloc']) {
      const members = minimal.split(',').filter((member) => !member.startsWith(`"${name}"`));
      expect(refusal(`{${members.join(',')}}`)).toMatchObject({ code: 'GENESIS_REFUSED' });
    }
  });

  it('given nesting beyond 10,000, it refuses instead of overflowing', () => {
    const deep = (depth: number) => `{${minimal},"x":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect(refusal(deep(9_999))).toBeUndefined();
    expect(refusal(deep(10_000))).toMatchObject({ code: 'GENESIS_JSON_INVALID' });
    expect(refusal(deep(1_000_000))).toMatchObject({ code: 'GENESIS_JSON_INVALID' });
  });

  it('given numbers beyond doubles, no digit is lost', () => {
    const { alloc } = parseGenesis(
      `{"gasLimit":8000000,"difficulty":0,"alloc":{"${'1'.repeat(40)}":{"balance":1588866523000000000000000001}}}`,
    );
    expect(alloc.get(`0x${'1'.repeat(40)}`)!.balance).toBe(1588866523000000000000000001n);
  });

  it('given no config, Mainnet’s times and chain id 43214 hold', () => {
    const { config } = parseGenesis(`{${minimal}}`);
    expect(config).toMatchObject({ chainId: 43_214n, upgrades: { durango: 1_709_740_800n } });
  });

  it('given each network, its schedule fills in and earlier times are refused', () => {
    const text = `{${minimal},"config":{"chainId":1,"graniteTimestamp":1761750000}}`;
    expect(parseGenesis(text, { network: 'local' }).config.upgrades.etna).toBe(1_607_144_400n);
    expect(parseGenesis(text, { network: 'fuji' }).config.upgrades.etna).toBe(1_732_550_400n);
    expect(() => parseGenesis(text, { network: 'mainnet' })).toThrow(
      expect.objectContaining({ code: 'GENESIS_REFUSED' }) as ToolkitError,
    );
  });

  it('given a Verkle tree at genesis, it refuses: the node cannot make that block', () => {
    const config = '"config":{"chainId":1,"verkleTime":1607144400}';
    expect(refusal(`{${minimal},${config},"timestamp":1607144400}`)).toMatchObject({
      code: 'GENESIS_REFUSED',
      where: expect.stringContaining('config.verkleTime'),
    });
  });

  it('given a long refused value, the message is cut', () => {
    const error = refusal(`{${minimal},"nonce":"${'z'.repeat(5_000)}"}`);
    expect(error!.message.length).toBeLessThan(150);
  });

  it('given an airdrop hash, it refuses: only a node’s configuration can name the file', () => {
    const hash = `0x${'11'.repeat(32)}`;
    expect(refusal(`{${minimal},"airdropHash":"${hash}"}`)).toMatchObject({
      code: 'GENESIS_REFUSED',
      where: expect.stringContaining('airdropHash'),
    });
  });

  it('given forks that lack the one before, it refuses', () => {
    const overrides =
      '{"networkUpgradeOverrides":{"durangoTimestamp":253399622400,"etnaTimestamp":253399622400,"graniteTimestamp":253399622400}}';
    const text = `{${minimal},"config":{"chainId":1,"cancunTime":5}}`;
    expect(refusal(text, overrides)).toMatchObject({
      code: 'GENESIS_REFUSED',
      message: expect.stringContaining('shanghaiTime before it is not'),
    });
  });
});
