import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { judge } from './genesis-cases/compare.js';
import { listCases } from './genesis-cases/list-cases.js';

// Asks the real Subnet-EVM about thousands of changed genesis and upgrade files, compares the toolkit's
// verdicts, and writes the answers for the tests: node … make-genesis-cases.ts [--several N] [--seed N] [--dry].

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = join(root, 'genesis/compile/fixtures/oracle-cases.jsonl.gz');
const option = (name: string, fallback: number) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};

const cases = listCases(option('several', 1_500), option('seed', 1));
const folder = mkdtempSync(join(tmpdir(), 'genesis-oracle-'));
try {
  const binary = join(folder, 'genesis-oracle');
  execFileSync('go', ['build', '-pgo=off', '-o', binary, './genesis-oracle'], {
    cwd: join(root, 'subnet/avalanchego/node'),
    stdio: 'inherit',
    env: { ...process.env, GOTOOLCHAIN: 'local' },
  });
  const answers = execFileSync(binary, {
    input: cases.map((item) => `${JSON.stringify(item)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { ok: boolean; hash?: string; error?: string });
  let deviations = 0;
  const lines = cases.map((item, index) => {
    const answer = answers[index]!;
    const own = judge(item);
    if (own.hash !== answer.hash) {
      deviations += 1;
      console.log(JSON.stringify({ ...item, node: answer, toolkit: own }));
    }
    return `${JSON.stringify([item.network, item.genesis, item.upgrade, answer.hash ?? null])}\n`;
  });
  const accepted = answers.filter(({ ok }) => ok).length;
  console.error(
    `${cases.length} cases, ${accepted} accepted by the node, ${deviations} deviations`,
  );
  if (!process.argv.includes('--dry'))
    writeFileSync(target, gzipSync(lines.join(''), { level: 9 }));
  process.exitCode = deviations === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
