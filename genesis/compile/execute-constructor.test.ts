import { describe, expect, it } from 'vitest';
import type { ToolkitError } from '../base/errors.js';
import type { Hex } from '../base/hash.js';
import { executeConstructor } from './execute-constructor.js';

const address: Hex = `0x4d41534100000000000000000000000000000001`;
const run = (initcode: Hex, value = 0n) =>
  executeConstructor({
    address,
    initcode,
    value,
    sender: `0x${'11'.repeat(20)}`,
    chainId: 13_396n,
    timestamp: 1_700_000_000n,
  });
/** Returns 32 bytes of memory as code. */
const returnWord = '60005260206000f3';
const word = (value: bigint) => value.toString(16).padStart(64, '0');

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
