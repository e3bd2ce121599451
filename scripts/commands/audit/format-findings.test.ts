import { describe, expect, it } from 'vitest';
import { formatFindings } from './format-findings.js';
import { showProgress } from './show-progress.js';

describe('what people see of an audit', () => {
  it('says of ten more differences how many there are', () => {
    const difference = { where: 'here', expected: '1', actual: '2' };
    const finding = {
      id: 'x',
      check: 'R-1',
      numbers: ['R-1'],
      title: 't',
      status: 'fail' as const,
    };
    const notes = Array.from({ length: 14 }, (_, index) => `note ${index} ${'x'.repeat(300)}`);
    const text = formatFindings({
      verdict: 'fail',
      chainId: 1,
      genesisHash: '0x',
      head: { number: 0, hash: '0x' },
      findings: [
        {
          ...finding,
          detail: '',
          notes,
          next: 'look',
          differenceCount: 12,
          differences: Array(10).fill(difference),
        },
      ],
      skipped: [],
      blocks: 0,
      transactions: 0,
      accounts: [],
    });
    expect(text).toContain('  and 2 more\n  next      look');
    expect(text).toContain('  and 2 more\n\ncoins held by');
  });

  it('stops at Ctrl-C without a verdict', () => {
    const stop = new AbortController();
    const progress = showProgress({
      signal: stop.signal,
      progress: () => ({ update() {}, stop() {} }),
    });
    progress.onBlock(1, 2);
    stop.abort();
    expect(() => progress.onBlock(2, 2)).toThrow(
      expect.objectContaining({ code: 'AUDIT_INTERRUPTED', exitCode: 1 }),
    );
    progress.stop();
  });
});
