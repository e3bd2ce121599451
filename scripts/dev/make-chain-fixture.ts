/**
 * Makes the recorded chains of `genesis/evm/fixtures`: starts one real AvalancheGo node, creates an L1,
 * sends the scenario of `subnet/avalanchego/fixture/fixture-rounds.ts` and writes down every block.
 *
 *   node --no-warnings --loader ts-node/esm scripts/dev/make-chain-fixture.ts <granite|before-granite|crossing>
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { utils } from '@avalabs/avalanchejs';
import type { Hex } from 'viem';
import { ToolkitError } from '../../genesis/base/errors.js';
import { findNode } from '../../subnet/avalanchego/binaries/find-node.js';
import { ChainDriver } from '../../subnet/avalanchego/fixture/chain-driver.js';
import {
  FIXTURE_ACCOUNTS,
  FIXTURE_SEED,
  getFixtureAccount,
} from '../../subnet/avalanchego/fixture/fixture-accounts.js';
import {
  createFixtureGenesis,
  createFixtureUpgrade,
  type FixtureChain,
  PLACES,
} from '../../subnet/avalanchego/fixture/fixture-genesis.js';
import {
  createRounds,
  encodePrecompileCall,
  type Moment,
} from '../../subnet/avalanchego/fixture/fixture-rounds.js';
import { recordChain } from '../../subnet/avalanchego/fixture/record-chain.js';
import { createWarpAccessList } from '../../subnet/avalanchego/fixture/warp-predicate.js';
import { deriveKey } from '../../subnet/avalanchego/keys/derive-key.js';
import { INITIALLY_ACTIVE_SECONDS } from '../../subnet/avalanchego/network/compile-upgrade-file.js';
import { V1_14_2 } from '../../subnet/avalanchego/network/version-profile.js';
import { startSingle } from '../../subnet/avalanchego/topologies/start-single.js';

const NETWORK_ID = 88_888;
const WARP = '0x0200000000000000000000000000000000000005';
/** The deployment of the usual CREATE2 factory, signed by nobody: the signature is made up. */
const FACTORY_DEPLOYMENT: Hex =
  '0xf8a58085174876e800830186a08080b853604580600e600039806000f350fe7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf31ba02222222222222222222222222222222222222222222222222222222222222222a02222222222222222222222222222222222222222222222222222222222222222';

const [variant = ''] = process.argv.slice(2);
const variants: Record<
  string,
  { title: string; chainId: number; granite: Moment; after: number; group: number }
> = {
  granite: {
    title: 'Granite from the first block',
    chainId: 77_001,
    granite: 'genesis',
    after: 85,
    group: 100,
  },
  'before-granite': {
    title: 'Granite postponed in the chain config',
    chainId: 77_002,
    granite: 'never',
    after: 20,
    group: 4,
  },
  crossing: {
    title: 'Granite begins with the first upgrade',
    chainId: 77_003,
    granite: 'first upgrade',
    after: 20,
    group: 12,
  },
};
const chosen = variants[variant];
if (chosen === undefined) {
  console.error(`Say which: ${Object.keys(variants).join(', ')}.`);
  process.exit(2);
}

const root = join(import.meta.dirname, '../..');
const probe = compileProbe(
  await readFile(join(root, 'subnet/avalanchego/fixture/Probe.sol'), 'utf8'),
);
const started = Math.floor(Date.now() / 1000);
const firstUpgrade = started + chosen.after;
const chain: FixtureChain = {
  chainId: chosen.chainId,
  timestamp: started - 10,
  ...(chosen.granite === 'genesis'
    ? {}
    : { graniteTimestamp: chosen.granite === 'never' ? 4_102_444_800 : firstUpgrade }),
  upgradesAt: [firstUpgrade, firstUpgrade + 11, firstUpgrade + 22],
  probeCode: probe.runtimeCode,
};
const genesis = createFixtureGenesis(chain);
const upgrade = createFixtureUpgrade(chain);
const note = (text: string) =>
  console.log(`${((Date.now() - started * 1000) / 1000).toFixed(1).padStart(6)} s  ${text}`);
const folder = await mkdtemp(join(tmpdir(), 'masa-fixture-'));
const l1 = await startSingle({
  binaries: await findNode({
    moduleFolder: join(root, 'subnet/avalanchego/node'),
    home: process.env.MASA_HOME ?? join(homedir(), '.masa'),
    env: process.env,
  }),
  folder,
  seed: FIXTURE_SEED,
  networkId: NETWORK_ID,
  genesis,
  upgrade,
  startTime: started - 60,
  chainConfig: { feeRecipient: PLACES.feeRecipient },
  onStep: note,
});
let failed = true;
try {
  const url = l1.rpcUrl;
  const driver = new ChainDriver(url, chain.chainId);
  for (const round of createRounds({
    probeAbi: probe.abi,
    probeCreationCode: probe.creationCode,
    granite: chosen.granite,
  })) {
    if (round.afterUpgrade === 0) await sendPredicates(driver);
    if (round.afterUpgrade !== undefined) {
      const moment = chain.upgradesAt[round.afterUpgrade];
      const wait = moment * 1000 - Date.now();
      if (wait < 0) {
        throw new ToolkitError({
          code: 'FIXTURE_LATE',
          message: `Upgrade ${round.afterUpgrade} came ${-wait} ms before the transactions meant to precede it.`,
          next: 'Move the upgrades further away (firstUpgrade), or run on an idle machine.',
        });
      }
      await sleep(wait + 1_100);
      // The pool judges senders by the last block: one must exist under the new rules.
      await driver.send({ from: 'busy', to: PLACES.splitter, value: 1n, gas: 21_000n });
      await driver.settle();
    }
    const steps = round.steps(driver);
    // Slow blocks take a whole round; fast ones a few transactions each, for more blocks.
    for (let at = 0; at < steps.length; at += chosen.group) {
      for (const step of steps.slice(at, at + chosen.group)) await driver.send(step);
      await driver.settle();
      await driver.syncNonces();
    }
    if (round.name.startsWith('plain')) {
      await driver.sendRaw(FACTORY_DEPLOYMENT);
      await driver.settle();
    }
    note(`${round.name}: ${driver.sent} sent, ${driver.failed} of them failed`);
  }

  const recorded = await recordChain(url);
  const head = recorded.blocks.at(-1)!;
  const proofs = [];
  const middle = Math.floor(head.number / 2);
  for (const [address, keys] of proofTargets()) {
    for (const block of [0, middle, head.number]) {
      const tag = `0x${block.toString(16)}`;
      const proof = await driver.call('eth_getProof', [address, keys, tag]);
      proofs.push({ block, stateRoot: recorded.blocks[block]!.header.stateRoot, proof });
    }
  }
  const output = join(root, 'genesis/evm/fixtures', variant);
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  const lines = (items: readonly unknown[]) =>
    items.map((item) => `${JSON.stringify(item)}\n`).join('');
  await writeFile(join(output, 'genesis.json'), `${genesis}\n`);
  await writeFile(join(output, 'upgrade.json'), `${upgrade}\n`);
  await writeFile(join(output, 'blocks.jsonl'), lines(recorded.blocks));
  await writeFile(join(output, 'receipts.jsonl'), lines(recorded.receipts));
  await writeFile(join(output, 'proofs.json'), `${JSON.stringify(proofs)}\n`);
  const network = {
    networkId: NETWORK_ID,
    subnetId: l1.subnetId,
    blockchainId: l1.blockchainId,
    blockchainIdHex: `0x${Buffer.from(utils.base58check.decode(l1.blockchainId)).toString('hex')}`,
    networkUpgradeSeconds: {
      subnetEVM: 0,
      durango: INITIALLY_ACTIVE_SECONDS,
      etna: INITIALLY_ACTIVE_SECONDS,
      fortuna: INITIALLY_ACTIVE_SECONDS,
      granite: INITIALLY_ACTIVE_SECONDS,
      helicon: null,
    },
    upgradesAt: chain.upgradesAt,
    feeRecipient: PLACES.feeRecipient,
    accounts: Object.fromEntries(
      FIXTURE_ACCOUNTS.map((name) => [name, getFixtureAccount(name).address]),
    ),
    places: PLACES,
    activeRules: await driver.call('eth_getActiveRulesAt', []).catch(() => null),
    chainConfig: await driver.call('eth_getChainConfig', []),
  };
  await writeFile(join(output, 'network.json'), `${JSON.stringify(network, null, 1)}\n`);
  const kinds = new Set(recorded.receipts.map((receipt) => receipt.type));
  await writeFile(
    join(output, 'README.md'),
    `# A recorded chain: ${chosen.title}

Made by real software, as the oracle for \`genesis/evm\`; not written by hand.

| origin | |
|---|---|
| node | AvalancheGo and Subnet-EVM ${V1_14_2.version} (commit ${V1_14_2.commit}), RPCChainVM protocol ${V1_14_2.rpcChainVm}, built from \`subnet/avalanchego/node\`; one node, sybil protection on |
| program | \`scripts/dev/make-chain-fixture.ts ${variant}\`, scenario \`subnet/avalanchego/fixture/fixture-rounds.ts\` |
| date | ${new Date(started * 1000).toISOString().slice(0, 10)} |
| content | ${recorded.blocks.length} blocks (0 to ${head.number}), ${recorded.receipts.length} transactions (${recorded.receipts.filter((receipt) => receipt.status === 0).length} failed), transaction types ${[...kinds].sort().join(', ')} |
| head | ${head.hash} |

Times and hashes differ in every run of the program: the chain's clock is real.

- \`genesis.json\`, \`upgrade.json\`: the exact texts that the node read.
- \`network.json\`: network upgrades in force (seconds), blockchain ID, who is who, and the chain config as the node shows it.
- \`blocks.jsonl\`: per line number, hash, raw RLP of the block, and the header as RPC shows it (without bloom).
- \`receipts.jsonl\`: per line one receipt without what follows from the block.
- \`proofs.json\`: \`eth_getProof\` of some accounts and slots at the first, the middle and the last block.

The recorder checked that each block's bytes hash to its header and link to the parent.
`,
  );
  note(
    `${recorded.blocks.length} blocks, ${recorded.receipts.length} transactions written to ${output}`,
  );
  failed = false;
} finally {
  await l1.stop();
  if (failed) console.error(`Failed; the node's files are in ${folder}.`);
  else await rm(folder, { recursive: true, force: true });
}

/** Sends warp messages back in: one signed rightly, one forged, and reads what was verified. */
async function sendPredicates(driver: ChainDriver): Promise<void> {
  await driver.send({
    from: 'busy',
    to: WARP,
    data: encodePrecompileCall('sendWarpMessage', ['0x6d617361']),
  });
  const [sent] = await driver.settle();
  const data = sent!.logs[0]!.data; // ABI bytes: offset, length, message
  const length = Number(BigInt(`0x${data.slice(66, 130)}`));
  const message: Hex = `0x${data.slice(130, 130 + 2 * length)}`;
  const forged = deriveKey(FIXTURE_SEED, 'forger', 1n << 250n);
  const read = (index: number) => encodePrecompileCall('getVerifiedWarpMessage', [index]);
  const common = { to: WARP, gas: 600_000n } as const;
  const good = createWarpAccessList(message, l1.identity.blsSecretKey);
  const bad = createWarpAccessList(message, forged);
  for (let attempt = 0; attempt < 4; attempt += 1) {
    await driver.send({ ...common, from: 'busy', data: read(0), accessList: good });
    await driver.send({ ...common, from: 'spender', data: read(0), accessList: bad });
    await driver.send({ ...common, from: 'nobody', data: read(1), accessList: [...bad, ...good] });
    await driver.send({
      ...common,
      from: 'manager',
      to: PLACES.probe,
      data: '0x',
      accessList: good,
    });
    await driver.send({ ...common, from: 'admin', data: read(2), accessList: good });
    const receipts = await driver.settle();
    await driver.syncNonces();
    note(`warp predicates: status ${receipts.map((r) => `${r.status}`).join(' ')}`);
  }
}

function* proofTargets(): Generator<readonly [string, readonly string[]]> {
  const word = (value: number) => `0x${value.toString(16).padStart(64, '0')}`;
  yield [PLACES.probe, [word(1), word(40), word(99), word(310)]];
  yield [PLACES.splitter, []];
  yield [PLACES.empty, []];
  yield [PLACES.upgraded, [word(0), word(5), word(9)]];
  yield ['0x00000000000000000000000000000000000dead0', [word(0)]];
  const admin = `0x${getFixtureAccount('admin').address.slice(2).toLowerCase().padStart(64, '0')}`;
  for (let index = 0; index < 6; index += 1) {
    const fee = Array.from({ length: 8 }, (_, n) =>
      `0x${(n + 1).toString(16).padStart(2, '0')}`.padEnd(66, '0'),
    );
    yield [
      `0x020000000000000000000000000000000000000${index}`,
      index === 3 ? [admin, ...fee] : [admin],
    ];
  }
}

function compileProbe(source: string): {
  abi: readonly unknown[];
  creationCode: Hex;
  runtimeCode: Hex;
} {
  const solc = createRequire(import.meta.url)('solc') as { compile(input: string): string };
  const output = JSON.parse(
    solc.compile(
      JSON.stringify({
        language: 'Solidity',
        sources: { 'Probe.sol': { content: source } },
        settings: {
          evmVersion: 'cancun',
          optimizer: { enabled: true, runs: 200 },
          metadata: { bytecodeHash: 'none' },
          outputSelection: {
            '*': { '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object'] },
          },
        },
      }),
    ),
  );
  const contract = output.contracts?.['Probe.sol']?.Probe;
  if (contract === undefined) {
    throw new ToolkitError({
      code: 'FIXTURE_COMPILE',
      message: JSON.stringify(output.errors, null, 1),
      where: 'subnet/avalanchego/fixture/Probe.sol',
    });
  }
  return {
    abi: contract.abi,
    creationCode: `0x${contract.evm.bytecode.object}`,
    runtimeCode: `0x${contract.evm.deployedBytecode.object}`,
  };
}
