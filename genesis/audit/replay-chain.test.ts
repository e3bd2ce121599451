import { createTx } from '@ethereumjs/tx';
import { hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { ToolkitError } from '../base/errors.js';
import type { Hex } from '../base/hash.js';
import { parseGenesis } from '../compile/parse-genesis.js';
import { createBlockBuilder } from '../evm/block-builder.js';
import { genesisBlock } from '../evm/chain-block.js';
import { createEngine, pureCrypto } from '../evm/engine.js';
import { selectorOf } from '../evm/precompiles/abi-words.js';
import { parseTransaction } from '../evm/transaction.js';
import { replayChain } from './replay-chain.js';

const time = 1_720_000_000;
const key = hexToBytes('45a915e4d060149eb4365960e6a7a45f334393093061116b197e3240065ff2d8');
const sender = createTx({ type: 0, gasLimit: 21_000n, to: `0x${'11'.repeat(20)}` })
  .sign(key)
  .getSenderAddress()
  .toString();
const network = { networkId: 88_888, blockchainId: `0x${'ab'.repeat(32)}` as const };

/** A chain of one block with one transaction to warp. */
async function chainOf(data: Hex) {
  const fees = { gasLimit: 8_000_000, targetBlockRate: 2, minBaseFee: 1, targetGas: 1_000_000 };
  const costs = { minBlockGasCost: 0, maxBlockGasCost: 0, blockGasCostStep: 0 };
  const genesis = parseGenesis(
    JSON.stringify({
      config: {
        chainId: 4242,
        feeConfig: { ...fees, baseFeeChangeDenominator: 36, ...costs },
        warpConfig: { blockTimestamp: time, quorumNumerator: 67 },
      },
      timestamp: `0x${time.toString(16)}`,
      gasLimit: '0x7a1200',
      difficulty: '0x0',
      alloc: { [sender.slice(2)]: { balance: '0xd3c21bcecceda1000000' } },
    }),
  );
  const head = genesisBlock(genesis, pureCrypto);
  const engine = createEngine({ genesis, state: head.state, network });
  const builder = await createBlockBuilder(engine, head, {
    timestampMilliseconds: BigInt(time + 10) * 1000n,
  });
  const common = engine.common(engine.rules.at(BigInt(time)));
  const to = '0x0200000000000000000000000000000000000005';
  const fields = { type: 2, chainId: 4242n, nonce: 0, gasLimit: 200_000n, maxFeePerGas: 1000n };
  const tx = createTx({ ...fields, to, data } as never, { common }).sign(key);
  const { status } = await builder.add(parseTransaction(tx.serialize(), common));
  expect(status).toBe(1);
  const { raw } = builder.seal();
  return { genesis, last: 1, crypto: pureCrypto, source: { rawBlock: async () => raw } };
}

const word = (value: number) => value.toString(16).padStart(64, '0');
const send: Hex = `${selectorOf('sendWarpMessage(bytes)')}${word(32)}${word(1)}${'77'.padEnd(64, '0')}`;

describe('replayChain', () => {
  it.each([
    ['sends a warp message', send],
    ['asks who the chain is', selectorOf('getBlockchainID()')],
  ])('asks for the identity of a chain that %s', async (_, data) => {
    const chain = await chainOf(data);
    await expect(replayChain(chain)).rejects.toMatchObject({
      code: 'NETWORK_IDENTITY_NEEDED',
      exitCode: 2,
      where: 'block 1',
      next: expect.stringContaining('--blockchain-id'),
    });
    const { broken, blocks } = await replayChain({ ...chain, network });
    expect([broken, blocks.length]).toEqual([undefined, 2]);
  });

  it.each([
    [{ ...network, networkId: 1 }],
    [{ ...network, blockchainId: `0x${'ac'.repeat(32)}` as const }],
  ])('finds out a wrong identity', async (wrong) => {
    const { broken } = await replayChain({ ...(await chainOf(send)), network: wrong });
    expect(broken).toMatchObject({
      block: 1,
      message: expect.stringContaining('receiptsRoot of block 1'),
    });
  });

  it('needs no identity where nobody asks for it', async () => {
    const { broken } = await replayChain(
      await chainOf(`${selectorOf('getVerifiedWarpMessage(uint32)')}${word(0)}`),
    );
    expect(broken).toBeUndefined();
  });

  it('ends at an answer that is no block, and with the error of who cannot answer', async () => {
    const chain = await chainOf(send);
    const failing = (code: string) => ({
      ...chain,
      source: { rawBlock: () => Promise.reject(new ToolkitError({ code, message: 'no bytes' })) },
    });
    const { broken } = await replayChain(failing('EVIDENCE_MALFORMED'));
    expect(broken).toEqual({ block: 1, message: 'no bytes' });
    await expect(replayChain(failing('EVIDENCE_INCOMPLETE'))).rejects.toMatchObject({
      code: 'EVIDENCE_INCOMPLETE',
    });
  });
});
