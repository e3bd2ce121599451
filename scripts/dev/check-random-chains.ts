import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { loadNativeCrypto } from '../../subnet/clients/native-crypto.js';
import { randomChain } from './random-chains/random-chain.js';

// Builds random chains with the toolkit's engine, gives them to the real Subnet-EVM, and prints the first difference of
// each: node … check-random-chains.ts [--chains N] [--blocks N] [--seed N] [--write]. --write keeps what the node accepted
// as the fixture of the tests. Needs Go.

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = join(root, 'genesis/evm/fixtures/random-chains.jsonl.gz');
const option = (name: string, fallback: number) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const count = option('chains', 20);
const length = option('blocks', 20);
const first = option('seed', 1);

const folder = mkdtempSync(join(tmpdir(), 'chain-oracle-'));
try {
  const binary = join(folder, 'chain-oracle');
  execFileSync('go', ['build', '-pgo=off', '-o', binary, './chain-oracle'], {
    cwd: join(root, 'subnet/avalanchego/node'),
    stdio: 'inherit',
    env: { ...process.env, GOTOOLCHAIN: 'local' },
  });
  const crypto = await loadNativeCrypto();
  const totals = {
    chains: 0,
    blocks: 0,
    transactions: 0,
    failed: 0,
    refused: 0,
    refusedBlocks: 0,
    differences: 0,
  };
  const kept: string[] = [];
  for (let seed = first; seed < first + count; seed += 1) {
    const chain = await randomChain(seed, length, crypto);
    const answer = JSON.parse(
      execFileSync(binary, {
        input: `${JSON.stringify(chain)}\n`,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        stdio: ['pipe', 'pipe', 'ignore'],
      }),
    ) as { accepted: number; difference?: string };
    totals.chains += 1;
    totals.blocks += answer.accepted;
    for (const { receipts, refused, valid, side } of chain.blocks) {
      if (!valid) totals.refusedBlocks += 1;
      if (side || !valid) continue;
      totals.transactions += receipts.length;
      totals.failed += receipts.filter(([status]) => status === 0).length;
      totals.refused += refused.length;
    }
    if (answer.difference !== undefined) {
      totals.differences += 1;
      console.log(`seed ${seed}, block ${answer.accepted + 1}: ${answer.difference}`);
    }
    const blocks = chain.blocks.map(({ raw, valid, side }) => ({ raw, valid, side }));
    kept.push(`${JSON.stringify({ ...chain, blocks })}\n`);
  }
  console.log(
    Object.entries(totals)
      .map(([name, value]) => `${value} ${name}`)
      .join(', '),
  );
  process.exitCode = totals.differences === 0 ? 0 : 1;
  if (process.argv.includes('--write') && totals.differences === 0)
    writeFileSync(target, gzipSync(kept.join(''), { level: 9 }));
} finally {
  rmSync(folder, { recursive: true });
}
