import { execFileSync, spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Hex } from '../../genesis/base/hash.js';
import { openFileJournal } from './file-journal.js';
import { formatRecord } from './format-record.js';
import { createMemoryJournal } from './memory-journal.js';
import { parseJournal } from './parse-journal.js';
import type { JournalMessage } from './record.js';
import { reduceDeployment } from './reduce-deployment.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const messages: JournalMessage[] = [
  { kind: 'started', planHash: '0x01', genesisHash: '0x02', chainId: 7, deployer: '0x03' },
  { kind: 'intended', step: 'deploy:Übung', nonce: 0, hash: '0xaa', raw: '0xbb' },
  { kind: 'confirmed', step: 'deploy:Übung', hash: '0xaa', blockNumber: 1, gasUsed: 21000 },
  { kind: 'intended', step: 'fund', nonce: 1, hash: '0xcc', raw: '0xdd' },
  { kind: 'failed', step: 'fund', hash: '0xcc', reason: 'reverted' },
  { kind: 'found', step: 'deploy:Übung', detail: 'code is there' },
  { kind: 'finished' },
];
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'masa journal '));
  path = join(folder, 'deploy.journal');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function writeAll(): Buffer {
  const journal = openFileJournal(path);
  for (const message of messages) journal.append(message);
  journal.close();
  return readFileSync(path);
}

describe('journal', () => {
  it('reads back what was written, and continues', () => {
    writeAll();
    const again = openFileJournal(path);
    expect(again.tornBytes).toBe(0);
    expect(again.records.map((record) => record.message)).toEqual(messages);
    again.append({ kind: 'finished' });
    again.close();
    expect(parseJournal(readFileSync(path), path).records).toHaveLength(messages.length + 1);
  });

  it('has a line format that does not change', () => {
    expect(formatRecord({ sequence: 0, previous: '0x', message: { kind: 'finished' } })).toBe(
      '60 86b41320 {"message":{"kind":"finished"},"previous":"0x","sequence":0}\n',
    );
  });

  it.each([
    ['a file stands where the folder should be', 'plain/deploy.journal'],
    ['the journal is a folder', 'folder.journal'],
  ])('says it when %s, and leaves no lock', (_, name) => {
    writeFileSync(join(folder, 'plain'), '');
    mkdirSync(join(folder, 'folder.journal'));
    expect(() => openFileJournal(join(folder, name))).toThrow(
      expect.objectContaining({ code: 'JOURNAL_WRITE_FAILED', exitCode: 2 }),
    );
    expect(readdirSync(folder).sort()).toEqual(['folder.journal', 'plain']);
  });

  it('keeps only its owner and its mode', () => {
    writeAll();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('drops a torn tail at every byte and can be continued', () => {
    const whole = writeAll();
    const ends = [...whole.keys()]
      .filter((index) => whole[index] === 0x0a)
      .map((index) => index + 1);
    for (let length = 0; length < whole.length; length += 1) {
      const kept = ends.filter((end) => end <= length);
      const torn = whole.subarray(0, length);
      const parsed = parseJournal(torn, path);
      expect(parsed.records).toHaveLength(kept.length);
      expect(parsed.tornBytes).toBe(length - (kept.at(-1) ?? 0));
      // Round every record also with the file: opening cuts the tail, and what is appended follows whole records.
      if (!ends.some((end) => Math.abs(end - length) < 2)) continue;
      writeFileSync(path, torn);
      const journal = openFileJournal(path);
      expect(journal.tornBytes).toBe(parsed.tornBytes);
      journal.append({ kind: 'finished' });
      journal.close();
      expect(parseJournal(readFileSync(path), path).records).toHaveLength(kept.length + 1);
    }
  });

  it('finds every damaged byte before the last record', () => {
    const whole = writeAll();
    const lastStart = whole.lastIndexOf(0x0a, whole.length - 2) + 1;
    for (let index = 0; index < lastStart; index += 1) {
      const damaged = Buffer.from(whole);
      damaged[index]! ^= 0x01;
      expect(() => parseJournal(damaged, path), `byte ${index}`).toThrowError(
        expect.objectContaining({ code: 'JOURNAL_DAMAGED' }),
      );
    }
  });

  it('cuts a last record whose first page never reached the disk', () => {
    const whole = writeAll();
    const lastStart = whole.lastIndexOf(0x0a, whole.length - 2) + 1;
    whole.fill(0, lastStart, lastStart + 20);
    expect(parseJournal(whole, path)).toMatchObject({
      goodBytes: lastStart,
      tornBytes: whole.length - lastStart,
    });
  });

  it('finds a record that was taken out', () => {
    const lines = writeAll().toString().split('\n');
    lines.splice(2, 1);
    expect(() => parseJournal(Buffer.from(lines.join('\n')), path)).toThrowError(
      expect.objectContaining({ code: 'JOURNAL_DAMAGED', where: `${path}: line 3` }),
    );
  });

  it('refuses a second writer and takes over the lock of a dead one', async () => {
    const first = openFileJournal(path);
    expect(() => openFileJournal(path)).toThrowError(
      expect.objectContaining({ code: 'JOURNAL_LOCKED' }),
    );
    first.close();
    const dead = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => dead.on('close', resolve));
    writeFileSync(`${path}.lock`, JSON.stringify({ pid: dead.pid, started: '12345' }));
    openFileJournal(path).close();
    // The number of a living process with another start time is not the owner either.
    writeFileSync(`${path}.lock`, JSON.stringify({ pid: process.pid, started: '1' }));
    openFileJournal(path).close();
  });

  it('leaves whole records only when the file cannot grow', () => {
    const script = `
      import { openFileJournal } from ${JSON.stringify(join(root, 'subnet/journal/file-journal.ts'))};
      const journal = openFileJournal(${JSON.stringify(path)});
      try { for (;;) journal.append({ kind: 'found', step: 'x', detail: 'y'.repeat(90) }); }
      catch (error) { console.log(error.code); }`;
    const output = execFileSync(
      'bash',
      [
        '-c',
        'trap "" XFSZ; ulimit -f 2; exec "$0" --no-warnings --loader ts-node/esm --input-type=module -e "$1"',
        process.execPath,
        script,
      ],
      { cwd: root, encoding: 'utf8' },
    );
    expect(output.trim()).toBe('JOURNAL_WRITE_FAILED');
    const { tornBytes, records } = parseJournal(readFileSync(path), path);
    expect(tornBytes).toBe(0);
    expect(records.length).toBeGreaterThan(3);
  });
});

describe('reduceDeployment', () => {
  // Of records that older versions wrote.
  const unknownFees = { gas: 0n, maxFeePerGas: 0n, maxPriorityFeePerGas: 0n };

  it('keeps the transactions with the newest nonce, of which one can be mined', () => {
    const memory = createMemoryJournal();
    const fees = { gas: '21000', maxFeePerGas: '7', maxPriorityFeePerGas: '1' };
    const intend = (nonce: number, hash: Hex) =>
      memory.append({ kind: 'intended', step: 's', nonce, hash, raw: hash, ...fees });
    const hashes = () => reduceDeployment(memory.records).steps.s!.attempts.map(({ hash }) => hash);
    intend(0, '0x01');
    intend(0, '0x02');
    expect(hashes()).toEqual(['0x01', '0x02']);
    intend(1, '0x03');
    expect(hashes()).toEqual(['0x03']);
    expect(reduceDeployment(memory.records).steps.s!.attempts[0]).toMatchObject({
      gas: 21_000n,
      maxFeePerGas: 7n,
    });
    memory.append({ kind: 'confirmed', step: 's', hash: '0x03', blockNumber: 4, gasUsed: 5 });
    expect(hashes()).toEqual(['0x03']);
    memory.append({ kind: 'displaced', step: 's', nonce: 1 });
    expect(hashes()).toEqual([]);
  });

  it('folds the records of file and memory journal into the same state', () => {
    const memory = createMemoryJournal();
    for (const message of messages) memory.append(message);
    writeAll();
    const state = reduceDeployment(parseJournal(readFileSync(path), path).records);
    expect(reduceDeployment(memory.records)).toEqual(state);
    expect(state).toEqual({
      identity: { planHash: '0x01', genesisHash: '0x02', chainId: 7, deployer: '0x03' },
      steps: {
        'deploy:Übung': {
          status: 'found',
          attempts: [{ nonce: 0, hash: '0xaa', raw: '0xbb', ...unknownFees }],
        },
        fund: { status: 'failed', nonce: 1, hash: '0xcc', raw: '0xdd', attempts: [] },
      },
      finished: true,
    });
  });
});
