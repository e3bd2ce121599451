import { describe, expect, it } from 'vitest';
import type { ToolkitError } from '../base/errors.js';
import type { Hex } from '../base/hash.js';
import { selectorOf } from '../evm/precompiles/abi-words.js';
import { bareChain } from './bare-chain.js';
import { executeConstructor } from './execute-constructor.js';

const address: Hex = `0x4d41534100000000000000000000000000000001`;
const chain = bareChain(13_396n, 1_700_000_000n);
const run = (initcode: Hex, value = 0n, on = chain) =>
  executeConstructor({
    address,
    initcode,
    value,
    sender: `0x${'11'.repeat(20)}`,
    chain: on,
  });
const word = (value: bigint) => value.toString(16).padStart(64, '0');
const minter: Hex = '0x0200000000000000000000000000000000000001';
/** The same chain with a native minter whose admin is the contract. */
const minting = {
  ...chain,
  config: {
    ...chain.config,
    precompiles: new Map([
      [
        'contractNativeMinterConfig' as const,
        { blockTimestamp: 1_700_000_000n, adminAddresses: [address] },
      ],
    ]),
  },
};
/** Puts bytes into memory from 0 on. */
const store = (data: string) =>
  data
    .replace('0x', '')
    .match(/.{1,64}/g)!
    .map(
      (part, index) => `7f${part.padEnd(64, '0')}60${(32 * index).toString(16).padStart(2, '0')}52`,
    )
    .join('');
/** Returns the contract's own role at the native minter as its code. */
const askMinter: Hex = `0x${store(`${selectorOf('readAllowList(address)')}${word(BigInt(address))}`)}6020604060245f5f73${minter.slice(2)}5af15060206040f3`;
/** Returns 32 bytes of memory as code. */
const returnWord = '60005260206000f3';

describe('executeConstructor', () => {
  it('given the chain id, the address, the time and the value, the constructor sees the final ones', async () => {
    expect((await run(`0x46${returnWord}`)).code).toBe(`0x${word(13_396n)}`);
    expect((await run(`0x30${returnWord}`)).code).toBe(`0x${word(BigInt(address))}`);
    expect((await run(`0x42${returnWord}`)).code).toBe(`0x${word(1_700_000_000n)}`);
    expect((await run(`0x34${returnWord}`, 7n)).code).toBe(`0x${word(7n)}`);
    expect((await run(`0x47${returnWord}`, 7n)).code).toBe(`0x${word(7n)}`);
  });

  it('given storage writes, non-zero words are kept and zero words are not', async () => {
    // slot 5 = 42, slot 6 = 1 then 0
    const { storage } = await run(`0x602a600555600160065560006006556001${returnWord}`);
    expect([...storage]).toEqual([[`0x${word(5n)}`, `0x${word(42n)}`]]);
  });

  it('given a chain with precompiles, the constructor may ask them', async () => {
    const made = await run(askMinter, 0n, minting);
    expect(BigInt(made.code)).toBe(2n);
    expect(BigInt((await run(askMinter)).code)).toBe(0n);
  });

  it('given a call that mints, it refuses, for block 0 would not show it', async () => {
    // mintNativeCoin(0x…07, 5) by the contract itself, which is an admin.
    const data = `${selectorOf('mintNativeCoin(address,uint256)')}${word(7n)}${word(5n)}`;
    const calling = `${store(data)}5f5f60445f5f73${minter.slice(2)}5af160015f5360015ff3`;
    await expect(run(`0x${calling}`, 0n, minting)).rejects.toMatchObject({
      code: 'GENESIS_CONSTRUCTOR_FAILED',
      message: expect.stringContaining(`changed the account 0x${'0'.repeat(39)}7`),
    });
    expect((await run(`0x${calling}`)).code).toBe('0x01');
  });

  it('given calls at the same time, each gets its own result', async () => {
    const codes = await Promise.all(
      [1n, 2n, 3n, 4n].map((value) => run(`0x34${returnWord}`, value)),
    );
    expect(codes.map(({ code }) => BigInt(code))).toEqual([1n, 2n, 3n, 4n]);
  });

  it('given a call to an ordinary precompile, the touched account does not count', async () => {
    // identity(32 bytes of zero)
    expect((await run('0x60205f60205f5f60045af160015f5360015ff3')).code).toBe('0x01');
  });

  const refusals: readonly [string, Hex, string][] = [
    ['a revert', '0x60aa60005260206000fd', 'data 0x00'],
    ['an invalid opcode', '0xfe', 'failed'],
    ['no code', '0x00', 'no code'],
    ['code beyond 24,576 bytes', '0x6160016000f3', '24577 bytes'],
    ['a created contract', '0x600060006000f060ff60005260206000f3', 'created contracts'],
  ];
  for (const [title, initcode, words] of refusals) {
    it(`given ${title}, it refuses`, async () => {
      await expect(run(initcode)).rejects.toMatchObject({
        code: 'GENESIS_CONSTRUCTOR_FAILED',
        exitCode: 2,
        message: expect.stringContaining(words),
      } satisfies Partial<Record<keyof ToolkitError, unknown>>);
    });
  }
});
