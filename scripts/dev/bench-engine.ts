// Blocks of 100 signed transfers built and sealed (all roots) by the engine, with native and with pure crypto in turn.
// Prints JSON: transfers per second, median and spread over the rounds.
import { cpus } from 'node:os';
import { createTx } from '@ethereumjs/tx';
import { hexToBytes } from '@noble/hashes/utils.js';
import { parseGenesis } from '../../genesis/compile/parse-genesis.js';
import { createBlockBuilder } from '../../genesis/evm/block-builder.js';
import { genesisBlock } from '../../genesis/evm/chain-block.js';
import { createEngine, pureCrypto } from '../../genesis/evm/engine.js';
import { parseTransaction } from '../../genesis/evm/transaction.js';
import type { EvmCrypto } from '../../genesis/evm/types.js';
import { loadNativeCrypto } from '../../subnet/clients/native-crypto.js';

const time = 1_720_000_000;
const blocks = Number(process.argv[2] ?? 20);
const rounds = Number(process.argv[3] ?? 5);
const keys = Array.from({ length: 100 }, (_, index) =>
  hexToBytes((index + 1).toString(16).padStart(64, '0')),
);
const to = '0x00000000000000000000000000000000000000aa';

const senders = keys.map((key) =>
  createTx({ type: 0, gasLimit: 21_000n, to }).sign(key).getSenderAddress().toString(),
);
const genesis = parseGenesis(
  JSON.stringify({
    config: { chainId: 4242, graniteTimestamp: 253_399_622_400 },
    timestamp: `0x${time.toString(16)}`,
    gasLimit: '0x7a1200',
    difficulty: '0x0',
    alloc: Object.fromEntries(
      senders.map((address) => [address.slice(2), { balance: '0xd3c21bcecceda1000000' }]),
    ),
  }),
  { network: 'local' },
);
const raws = Array.from({ length: blocks }, (_, nonce) =>
  keys.map((key) =>
    createTx(
      {
        type: 2,
        chainId: 4242n,
        nonce,
        gasLimit: 21_000n,
        to,
        value: 1n,
        maxFeePerGas: 10n ** 12n,
        maxPriorityFeePerGas: 1n,
      } as never,
      {
        common: createEngine({ genesis, state: genesisBlock(genesis, pureCrypto).state }).common({
          subnetEVM: true,
          durango: true,
          etna: true,
          granite: false,
        }),
      },
    )
      .sign(key)
      .serialize(),
  ),
);

async function measure(crypto: EvmCrypto): Promise<number> {
  let head = genesisBlock(genesis, crypto);
  const engine = createEngine({ genesis, state: head.state, crypto });
  const started = performance.now();
  for (const list of raws) {
    const builder = await createBlockBuilder(engine, head, {
      timestampMilliseconds: (head.header.timestamp + 2n) * 1000n,
    });
    const common = engine.common(engine.rules.at(builder.header.timestamp));
    for (const raw of list) await builder.add(parseTransaction(raw, common));
    head = builder.seal().block;
  }
  return (blocks * keys.length) / ((performance.now() - started) / 1000);
}

const native = await loadNativeCrypto();
const rates: Record<string, number[]> = { native: [], pure: [] };
await measure(native);
for (let round = 0; round < rounds; round += 1) {
  rates.native!.push(await measure(native));
  rates.pure!.push(await measure(pureCrypto));
}
const summary = (list: number[]) => {
  const sorted = [...list].sort((a, b) => a - b).map(Math.round);
  return { median: sorted[sorted.length >> 1], low: sorted[0], high: sorted.at(-1) };
};
console.log(
  JSON.stringify(
    {
      machine: `${cpus().length} x ${cpus()[0]?.model.trim()}`,
      node: process.version,
      unit: 'transfers per second',
      blocks,
      rounds,
      native: { uses: native.uses, ...summary(rates.native!) },
      pure: summary(rates.pure!),
    },
    null,
    2,
  ),
);
