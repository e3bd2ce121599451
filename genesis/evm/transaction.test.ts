import { Common, createCustomCommon, Hardfork, Mainnet } from '@ethereumjs/common';
import { RLP } from '@ethereumjs/rlp';
import { createTx, createTxFromRLP, type TypedTransaction } from '@ethereumjs/tx';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ToolkitError } from '../base/errors.js';
import { parseTransaction } from './transaction.js';

const chainId = 4242;
const common = createCustomCommon({ chainId }, Mainnet, { hardfork: Hardfork.Cancun });
const key = hexToBytes('45a915e4d060149eb4365960e6a7a45f334393093061116b197e3240065ff2d8');
const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const amount = (bits: bigint) => fc.bigInt({ min: 0n, max: (1n << bits) - 1n });
const transaction = fc
  .record({
    type: fc.constantFrom(0, 1, 2),
    nonce: amount(40n),
    gasLimit: amount(60n),
    tip: amount(90n),
    more: amount(90n),
    to: fc.option(bytes(20), { nil: undefined }),
    value: amount(256n),
    data: fc.uint8Array({ maxLength: 100 }),
    accessList: fc.array(fc.tuple(bytes(20), fc.array(bytes(32), { maxLength: 3 })), {
      maxLength: 2,
    }),
    protectedByChainId: fc.boolean(),
  })
  .map(({ type, tip, more, accessList, protectedByChainId, ...rest }) => {
    const price =
      type === 2
        ? { maxFeePerGas: tip + more, maxPriorityFeePerGas: tip }
        : { gasPrice: tip + more };
    const own =
      type === 0 && !protectedByChainId
        ? new Common({ chain: Mainnet, hardfork: Hardfork.TangerineWhistle })
        : common;
    return createTx(
      { type, ...rest, ...price, ...(type > 0 && { chainId, accessList }) } as never,
      { common: own },
    )
      .sign(key)
      .serialize();
  });

/** The other implementation, with the sender and without its exceptions' words. */
function theirs(raw: Uint8Array): TypedTransaction | undefined {
  try {
    const found = createTxFromRLP(raw, { common });
    found.getSenderAddress();
    // It takes leading zeros in some places, and an empty string for an access list; no node does.
    if ('accessList' in found && !Array.isArray(found.accessList)) return undefined;
    return bytesToHex(found.serialize()) === bytesToHex(raw) ? found : undefined;
  } catch {
    return undefined;
  }
}

function compare(raw: Uint8Array): void {
  const expected = theirs(raw);
  if (expected === undefined) {
    try {
      parseTransaction(raw, common);
    } catch (error) {
      expect((error as ToolkitError).code).toMatch(/^TRANSACTION_(ENCODING|TYPE|SIGNATURE)$/);
      return;
    }
    expect.fail(`taken: ${bytesToHex(raw)}`);
  }
  const own = parseTransaction(raw, common);
  const price = 'gasPrice' in expected ? expected.gasPrice : undefined;
  const fees = expected as { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint };
  expect(own).toEqual({
    hash: `0x${bytesToHex(expected.hash())}`,
    type: expected.type,
    from: expected.getSenderAddress().toString(),
    to: expected.to?.toString(),
    nonce: expected.nonce,
    gasLimit: expected.gasLimit,
    value: expected.value,
    data: expected.data,
    maxFeePerGas: price ?? fees.maxFeePerGas,
    maxPriorityFeePerGas: price ?? fees.maxPriorityFeePerGas,
    accessList: ('accessList' in expected ? expected.accessList : []).map(([address, slots]) => ({
      address: `0x${bytesToHex(address)}`,
      slots,
    })),
    signature: { v: expected.v, r: expected.r, s: expected.s },
    raw,
  });
}

const numRuns = Number(process.env.FUZZ_RUNS ?? 40);

describe('parseTransaction', () => {
  it('reads what another implementation reads', () => {
    fc.assert(fc.property(transaction, compare), { numRuns });
  });

  it('takes and refuses the same damaged bytes', () => {
    const damage = fc.array(
      fc.record({
        at: fc.nat(400),
        kind: fc.constantFrom('set', 'insert', 'drop'),
        byte: fc.oneof(fc.constantFrom(0, 0x80, 0xc0, 0x81, 0xb8, 0xf8), fc.nat(255)),
      }),
      { minLength: 1, maxLength: 2 },
    );
    fc.assert(
      fc.property(transaction, damage, (signed, changes) => {
        const raw = [...signed];
        for (const { at, kind, byte } of changes) {
          const place = at % (raw.length + 1);
          raw.splice(place, kind === 'insert' ? 0 : 1, ...(kind === 'drop' ? [] : [byte]));
        }
        compare(Uint8Array.from(raw));
      }),
      { numRuns: 4 * numRuns },
    );
  });

  it('takes and refuses the same members', () => {
    // A whole member exchanged for one of another length or shape.
    const member = fc.oneof(
      fc.constantFrom<Uint8Array | unknown[]>(
        new Uint8Array(),
        Uint8Array.of(0),
        Uint8Array.of(1),
        new Uint8Array(8).fill(255),
        new Uint8Array(32).fill(255),
        new Uint8Array(33).fill(1),
        [],
        [[new Uint8Array(20), [new Uint8Array(31)]]],
        [[new Uint8Array(19), []]],
        [[new Uint8Array(20), [], []]],
        [[new Uint8Array(20), [new Uint8Array(32)]]],
        hexToBytes((order / 2n + 1n).toString(16)),
      ),
      fc.uint8Array({ maxLength: 34 }),
    );
    fc.assert(
      fc.property(transaction, fc.nat(12), member, (raw, at, value) => {
        const type = raw[0]! < 3 ? raw[0]! : 0;
        const items = RLP.decode(type === 0 ? raw : raw.subarray(1)) as unknown[];
        items[at % (items.length + 1)] = value;
        const body = RLP.encode(items as never);
        compare(type === 0 ? body : Uint8Array.of(type, ...body));
      }),
      { numRuns: 4 * numRuns },
    );
  });

  it('reads a legacy transaction of a block’s list', () => {
    const signed = createTx({ nonce: 1n, gasLimit: 21_000n, gasPrice: 1n }, { common }).sign(key);
    const raw = signed.serialize();
    const found = parseTransaction(RLP.decode(raw) as unknown[], common);
    expect(found).toEqual(parseTransaction(raw, common));
  });

  const sign = (fields: object) =>
    createTx({ type: 2, chainId, gasLimit: 21_000n, maxFeePerGas: 9n, ...fields } as never, {
      common,
      allowUnlimitedInitCodeSize: true,
    })
      .sign(key)
      .serialize();
  const changed = (at: number, value: Uint8Array) => {
    const items = RLP.decode(sign({}).subarray(1)) as Uint8Array[];
    items[at] = value;
    return Uint8Array.of(2, ...RLP.encode(items));
  };
  it.each([
    ['nothing', new Uint8Array(), 'ENCODING'],
    ['bytes behind', Uint8Array.of(...sign({}), 0), 'ENCODING'],
    ['another chain', changed(0, Uint8Array.of(1)), 'ENCODING'],
    ['the largest nonce', changed(1, new Uint8Array(8).fill(255)), 'ENCODING'],
    ['a tip above the fee cap', changed(2, Uint8Array.of(10)), 'ENCODING'],
    ['a fee beyond 256 bits', changed(3, new Uint8Array(32).fill(255)), 'ENCODING'],
    ['a receiver of 19 bytes', changed(5, new Uint8Array(19)), 'ENCODING'],
    ['too much init code', sign({ data: new Uint8Array(49_153) }), 'ENCODING'],
    ['a y parity of 2', changed(9, Uint8Array.of(2)), 'SIGNATURE'],
    ['no r', changed(10, new Uint8Array()), 'SIGNATURE'],
    ['an r beyond the order', changed(10, new Uint8Array(32).fill(255)), 'SIGNATURE'],
    ['a high s', changed(11, hexToBytes((order - 1n).toString(16))), 'SIGNATURE'],
    ['a blob transaction', Uint8Array.of(3, 0xc0), 'TYPE'],
    ['type 0 in an envelope', Uint8Array.of(0, 0xc0), 'TYPE'],
  ])('refuses %s', (_, raw, code) => {
    expect(() => parseTransaction(raw, common)).toThrow(
      expect.objectContaining({ code: `TRANSACTION_${code}`, exitCode: 2 }),
    );
    expect(theirs(raw)).toBeUndefined();
  });
});
