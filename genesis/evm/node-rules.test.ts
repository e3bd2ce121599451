import { concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import type { Hex } from '../base/hash.js';
import { numberWord } from '../precompiles/words.js';
import { encodeBlock } from './block.js';
import { createBlockBuilder } from './block-builder.js';
import { createEngine } from './engine.js';
import { executeCall } from './execute-call.js';
import { nextBaseFee, nextBlockGasCost } from './fee-window.js';
import { selectorOf } from './precompiles/abi-words.js';
import { parseWarpMessage } from './precompiles/warp-message.js';
import { processBlock } from './process-block.js';
import { chain, mine, probe, sender, signed, slot, testTime as time, warp } from './test-chain.js';
import type { BlockHeader } from './types.js';

// Rules found by reading the node's source, each with the smallest chain that shows it.

const idle: Hex = '0x5711000000000000000000000000000000000001';
const word = (value: bigint | number) => numberWord(BigInt(value));
const sized = (digits: string) => (digits.length / 2).toString(16).padStart(8, '0') + digits;

describe('state upgrades', () => {
  /** Block 1 of a chain whose block 0 has an empty account with slot 1 = 7, after an upgrade of that account. */
  const upgraded = async (change: object, account = idle) => {
    const setup = chain('0x00', {
      alloc: { [idle]: { balance: '0x0', storage: { [word(1)]: word(7) } } },
      upgrade: { stateUpgrades: [{ blockTimestamp: time + 1, accounts: { [account]: change } }] },
    });
    return (await mine(setup, async () => {})).state.get(account);
  };

  it.each<[string, object, boolean]>([
    ['names nothing', {}, true],
    ['writes what is there', { storage: { [word(1)]: word(7) } }, true],
    ['writes a zero that is there', { storage: { [word(2)]: word(0) } }, true],
    ['writes another word', { storage: { [word(1)]: word(8) } }, false],
    ['gives nothing', { balanceChange: '0x0' }, false],
  ])('when one %s, the empty account stays: %o %s', async (_, change, stays) => {
    expect((await upgraded(change)) !== undefined).toBe(stays);
  });

  it('leaves no account that it creates empty', async () => {
    const other: Hex = '0x5711000000000000000000000000000000000002';
    expect(await upgraded({ storage: { [word(1)]: word(8) } }, other)).toBeUndefined();
    expect((await upgraded({ balanceChange: '0x1' }, other))?.balance).toBe(1n);
    expect((await upgraded({ code: '0x00' }, other))?.nonce).toBe(1n);
  });

  it.each([
    ['before Etna', { etnaTimestamp: 253_399_622_400 }, 2_800n],
    ['since Etna', {}, 0n],
  ])(
    'are what storage costs follow from, %s only from the second transaction on',
    async (_, fork, dearer) => {
      // Block 0 has nothing in slot 1; the upgrade writes 1, each transaction writes one more than there is.
      const setup = chain('0x600154600101600155', {
        granite: false,
        config: { ...fork, graniteTimestamp: 253_399_622_400 },
        upgrade: {
          stateUpgrades: [
            {
              blockTimestamp: time + 1,
              accounts: { [probe]: { storage: { [word(1)]: word(1) } } },
            },
          ],
        },
      });
      const block = await mine(setup, async (builder) => {
        await builder.add(signed(setup, 0, { to: probe }));
        await builder.add(signed(setup, 1, { to: probe }));
      });
      const [first, second] = block.receipts.map(({ gasUsed }) => gasUsed);
      // Before: slot 1 is dirty already, so that writing it costs 100; afterwards 2,900.
      expect(second! - first!).toBe(dearer);
      expect(slot(block, probe, 1n)).toBe('03');
    },
  );
});

describe('balances', () => {
  it.each([
    ['transfers', `5f5f5f5f600973${idle.slice(2)}5af100`],
    ['self-destructions', `73${idle.slice(2)}ff`],
  ])('wrap at 2^256 in %s', async (_, code) => {
    // Hands on the 9 wei that the contract has.
    const setup = chain('0x00', {
      alloc: {
        [idle]: { balance: `0x${'f'.repeat(64)}` },
        [probe]: { balance: '0x9', nonce: '0x1', code: `0x${code}` },
      },
    });
    const block = await mine(setup, async (builder) => {
      expect((await builder.add(signed(setup, 0, { to: probe }))).status).toBe(1);
    });
    expect(block.state.get(idle)?.balance).toBe(8n);
  });
});

describe('chain ids', () => {
  it('above 2^53 keep their digits', async () => {
    const chainId = 2n ** 200n + 1n;
    const setup = chain('0x465f55', { chainId });
    const block = await mine(setup, async (builder) => {
      await builder.add(signed(setup, 0, { to: probe }));
    });
    expect(BigInt(`0x${slot(block, probe, 0n)}`)).toBe(chainId);
  });

  it.each([
    ['chainId', { chainId: 1n << 256n }],
    ['config.londonBlock', { config: { londonBlock: 5, muirGlacierBlock: 0 } }],
    ['config.verkleTime', { config: { verkleTime: time + 100, pragueTime: time + 100 } }],
    [
      'config.shanghaiTime',
      {
        config: {
          durangoTimestamp: 253_399_622_400,
          etnaTimestamp: 253_399_622_400,
          graniteTimestamp: 253_399_622_400,
          shanghaiTime: time,
        },
      },
    ],
  ])('and forks that this engine does not know are refused: %s', (where, options) => {
    try {
      chain('0x00', options);
    } catch (error) {
      expect(error).toMatchObject({
        code: 'EVM_CHAIN_UNSUPPORTED',
        exitCode: 2,
        where: expect.stringContaining(where),
      });
      return;
    }
    expect.unreachable(where);
  });
});

describe('fees', () => {
  const parent = {
    number: 5n,
    timestamp: 100n,
    baseFee: 10n,
    gasUsed: 0n,
    extraData: `0x${'00'.repeat(80)}`,
    blockGasCost: 7n,
  } as unknown as BlockHeader;
  const fees = {
    gasLimit: 8_000_000n,
    targetBlockRate: 2n,
    minBaseFee: 1n,
    targetGas: 15_000_000n,
    baseFeeChangeDenominator: 36n,
    minBlockGasCost: 0n,
    maxBlockGasCost: 1_000_000n,
    blockGasCostStep: 10n,
  };

  it('stop a chain whose target gas has no low 64 bits, once gas was used', () => {
    const odd = { ...fees, targetGas: 1n << 64n };
    expect(nextBaseFee(parent, true, 102n, odd)).toBe(10n);
    expect(() => nextBaseFee({ ...parent, gasUsed: 5n }, true, 102n, odd)).toThrowError(
      expect.objectContaining({ code: 'BLOCK_TARGET_GAS' }),
    );
    expect(nextBaseFee(parent, true, 102n, fees)).toBe(9n);
  });

  it('take the low 64 bits of block gas costs', () => {
    const cost = (change: object) => nextBlockGasCost(parent, 101n, { ...fees, ...change });
    expect(cost({})).toBe(17n);
    expect(cost({ blockGasCostStep: (1n << 64n) + 3n })).toBe(10n);
    expect(cost({ minBlockGasCost: (1n << 64n) + 30n })).toBe(30n);
    expect(cost({ maxBlockGasCost: (1n << 64n) + 12n })).toBe(12n);
    expect(cost({ blockGasCostStep: (1n << 64n) - 1n })).toBe(1_000_000n);
    expect(nextBlockGasCost(parent, 200n, fees)).toBe(0n);
    expect(
      nextBlockGasCost({ ...parent, blockGasCost: undefined }, 101n, {
        ...fees,
        minBlockGasCost: 4n,
      }),
    ).toBe(4n);
  });

  it('must cost something: a block without a base fee is refused', async () => {
    const { engine, head } = chain('0x00', {
      config: {
        feeConfig: {
          gasLimit: 8_000_000,
          targetBlockRate: 2,
          minBaseFee: 0,
          targetGas: 15_000_000,
          baseFeeChangeDenominator: 36,
          minBlockGasCost: 0,
          maxBlockGasCost: 0,
          blockGasCostStep: 0,
        },
      },
    });
    const builder = await createBlockBuilder(engine, head, {
      timestampMilliseconds: BigInt(time + 2) * 1000n,
    });
    const { raw } = builder.seal();
    await expect(processBlock(engine, head, raw)).rejects.toMatchObject({
      code: 'BLOCK_MISMATCH',
      where: expect.stringContaining('baseFee above zero'),
    });
  });
});

const payload = `0000${'00000001'}${sized('11'.repeat(20))}${sized('aa')}`;
const message = (signers: string) =>
  `0000${'00003039'}${'22'.repeat(32)}${sized(payload)}${'00000000'}${sized(signers)}${'33'.repeat(96)}`;
const chunks = (digits: string) =>
  `${digits}ff`.padEnd(Math.ceil((digits.length + 2) / 64) * 64, '0').match(/.{64}/g)!;

describe('warp predicates', () => {
  const config = { warpConfig: { blockTimestamp: time } };

  it('whose bit set of signers begins with a zero byte are malformed', async () => {
    expect(parseWarpMessage(hexToBytes(message('0103'))).signers).toBe(3);
    expect(parseWarpMessage(hexToBytes(message(''))).signers).toBe(0);
    for (const padded of ['00', '0001'])
      expect(() => parseWarpMessage(hexToBytes(message(padded)))).toThrowError('padded bit set');
    const setup = chain('0x00', { config });
    await mine(setup, async (builder) => {
      const accessList = [
        { address: warp, storageKeys: chunks(message('0001')).map((one) => `0x${one}`) },
      ];
      await expect(
        builder.add(signed(setup, 0, { to: probe, gasLimit: 1_000_000n, accessList })),
      ).rejects.toMatchObject({ code: 'TRANSACTION_PREDICATE' });
    });
  });

  it('have exactly one result each in the header', async () => {
    const setup = chain('0x00', { config });
    const block = await mine(setup, async (builder) => {
      const accessList = [
        { address: warp, storageKeys: chunks(message('01')).map((one) => `0x${one}`) },
      ];
      await builder.add(signed(setup, 0, { to: probe, gasLimit: 1_000_000n, accessList }));
      await builder.add(signed(setup, 1, { to: probe }));
    });
    const { extraData } = block.header;
    const raws = block.transactions.map(({ raw }) => raw);
    const verdict = (tail: string) =>
      processBlock(
        setup.engine,
        setup.head,
        encodeBlock(
          { ...block.header, extraData: `${extraData.slice(0, 162)}${tail}` as Hex },
          raws,
        ),
      );
    const stated = extraData.slice(162);
    // The bits themselves are believed: whether the message was signed, only validators know.
    await expect(verdict(`${stated.slice(0, -10)}00000000`)).resolves.toBeDefined();
    const other = block.transactions[1]!.hash.slice(2);
    for (const wrong of [
      `${stated}00`,
      stated.slice(0, -2),
      `${stated.slice(0, -2)}03`,
      `${stated.slice(0, -10)}000000020001`,
      '000000000000',
      stated.replace(block.transactions[0]!.hash.slice(2), other),
    ]) {
      await expect(verdict(wrong), wrong).rejects.toMatchObject({
        code: expect.stringMatching(/^BLOCK_(MISMATCH|EXTRA_DATA)$/),
      });
    }
  });
});

describe('executeCall', () => {
  const parameters = ({ head }: ReturnType<typeof chain>) => ({
    state: head.state,
    header: head.header,
  });

  it('counts an access list, which makes what it names cheap', async () => {
    // Reads slot 5, then asks for the balance of the idle account.
    const setup = chain(`0x6005545073${idle.slice(2)}3100`);
    const run = async (accessList?: { address: Hex; slots: Uint8Array[] }[]) =>
      (
        await executeCall(setup.engine, {
          ...parameters(setup),
          message: { to: probe, ...(accessList && { accessList }) },
        })
      ).gasUsed;
    const plain = await run();
    const listed = await run([
      { address: probe, slots: [hexToBytes(word(5).slice(2))] },
      { address: idle, slots: [] },
    ]);
    // 2,400 twice and 1,900 for the list; 2,000 and 2,500 less for the reads.
    expect(listed - plain).toBe(2_400n + 1_900n + 2_400n - 2_000n - 2_500n);
    expect(await run()).toBe(plain);
  });

  it.each([
    ['a creation', undefined],
    ['a call', probe],
  ])('says what is missing when %s sends more than there is', async (_, to) => {
    const setup = chain('0x00');
    const result = await executeCall(setup.engine, {
      ...parameters(setup),
      message: { from: idle, value: 1n, ...(to && { to }) },
    });
    expect(result).toMatchObject({
      gasUsed: 0n,
      error: `insufficient funds for gas * price + value: address ${idle} have 0 want 1`,
      contractAddress: undefined,
    });
    const paid = await executeCall(setup.engine, {
      ...parameters(setup),
      message: { from: sender, value: 1n, ...(to && { to }) },
    });
    expect(paid.error).toBeUndefined();
  });

  it('runs out of gas before it begins when the intrinsic gas is not there', async () => {
    const setup = chain('0x00');
    const result = await executeCall(setup.engine, {
      ...parameters(setup),
      message: { to: probe, gas: 20_999n },
    });
    expect(result).toMatchObject({ gasUsed: 20_999n, error: 'out of gas' });
  });

  it('takes warp predicates for valid, and refuses malformed ones', async () => {
    const setup = chain('0x00', { config: { warpConfig: { blockTimestamp: time } } });
    const data = hexToBytes(
      `${selectorOf('getVerifiedWarpMessage(uint32)')}${word(0).slice(2)}`.slice(2),
    );
    const run = (digits: string) =>
      executeCall(setup.engine, {
        ...parameters(setup),
        message: {
          to: warp,
          data,
          accessList: [{ address: warp, slots: chunks(digits).map((one) => hexToBytes(one)) }],
        },
      });
    const { returnValue } = await run(message('01'));
    expect(returnValue.subarray(32, 64)).toEqual(concatBytes(new Uint8Array(31), Uint8Array.of(1)));
    expect((await run('00')).error).toContain('malformed warp predicate');
  });

  it('gives the address and the logs of what it runs', async () => {
    const setup = chain('0x60015f5260025f5fa1');
    const made = await executeCall(setup.engine, {
      ...parameters(setup),
      message: { from: sender, data: hexToBytes('60fe5f5360015ff3') },
    });
    expect(made).toMatchObject({
      error: undefined,
      contractAddress: expect.stringMatching(/^0x[0-9a-f]{40}$/),
    });
    const logged = await executeCall(setup.engine, {
      ...parameters(setup),
      message: { to: probe },
    });
    expect(logged.logs).toEqual([{ address: probe, topics: [word(2)], data: '0x' }]);
  });
});

describe('createEngine', () => {
  it('takes a chain without an id for chain 0', () => {
    const { engine, head } = chain('0x00');
    const genesis = { config: { ...engine.rules.config, chainId: undefined } } as never;
    expect(createEngine({ genesis, state: head.state }).chainId).toBe(0n);
  });
});
