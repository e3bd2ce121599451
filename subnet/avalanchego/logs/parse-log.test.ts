import { describe, expect, it } from 'vitest';
import { parseLog } from './parse-log.js';

const now = Date.UTC(2026, 10, 24, 12);

describe('parseLog', () => {
  it('reads time, level and text, with colours taken away', () => {
    const text =
      '[11-24|11:43:23.819] \u001b[0;0mINFO\u001b[0;0m <x Chain> leveldb/db.go:205 creating {"a": 1}\n' +
      '[11-24|11:43:24.001] WARN health/health.go:110 failing check\n';
    expect(parseLog(text, now)).toEqual([
      {
        time: Date.UTC(2026, 10, 24, 11, 43, 23, 819),
        level: 'info',
        text: '<x Chain> leveldb/db.go:205 creating {"a": 1}',
      },
      {
        time: Date.UTC(2026, 10, 24, 11, 43, 24, 1),
        level: 'warn',
        text: 'health/health.go:110 failing check',
      },
    ]);
  });

  it('keeps a stack trace with its entry, and passes over what stands before the first', () => {
    const text =
      'torn line\n[11-24|11:43:24.001] FATAL main.go:1 dead\ngoroutine 1:\n\n\tmain.go:5\n';
    expect(parseLog(text, now)).toMatchObject([
      { level: 'fatal', text: 'main.go:1 dead\ngoroutine 1:\n\tmain.go:5' },
    ]);
  });

  it('puts December into the last year when it is January', () => {
    const [entry] = parseLog('[12-31|23:59:59.999] INFO a', Date.UTC(2027, 0, 1));
    expect(new Date(entry!.time).toISOString()).toBe('2026-12-31T23:59:59.999Z');
  });

  it('takes an unknown level for text', () => {
    expect(parseLog('[11-24|11:43:24.001] INFO a\n[11-24|11:43:24.001] LOUD b', now)).toHaveLength(
      1,
    );
  });
});
