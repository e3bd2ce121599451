import type { AuditResult } from '../../../genesis/audit/run-audit.js';
import { formatTokens, type Wei } from '../../../genesis/base/amount.js';
import { formatTable } from '../../output.js';

/**
 * An audit for people: one row per check, the facts behind them, both sides of each difference with what to do, who holds
 * the coins, and the verdict as the last line.
 */
export function formatFindings(result: AuditResult): string {
  const { verdict, findings, skipped, head, accounts } = result;
  const rows = [
    ...findings.flatMap(({ status, check, title, detail }) =>
      wrap(detail).map((line, index) =>
        index === 0 ? [status, check, title, line] : ['', '', '', line],
      ),
    ),
    ...skipped.map(({ title, why }) => ['skip', '', title, why]),
  ];
  const failed = findings.filter(({ status }) => status === 'fail');
  const passed = findings.length - failed.length;
  const counts = `${passed} of ${findings.length} checks passed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`;
  return [
    formatTable(['', 'check', 'what', 'looked at'], rows),
    ...findings.flatMap(({ title, notes }) =>
      notes.length > 0
        ? ['', `${title}:`, ...shortList(notes.map((note) => `  ${shorten(note)}`))]
        : [],
    ),
    '',
    formatTable(
      ['coins held by', 'accounts', 'MASA'],
      accounts.map((one) => [
        kinds[one.kind],
        String(one.accounts),
        formatTokens(one.balance as Wei),
      ]),
    ),
    ...failed.flatMap(({ check, title, differences, differenceCount, next }) => [
      '',
      `FAIL ${check} ${title}: ${differenceCount} ${differenceCount === 1 ? 'difference' : 'differences'}`,
      ...differences.flatMap(({ where, expected, actual }) => [
        `  where     ${where}`,
        `  expected  ${shorten(expected)}`,
        `  actual    ${shorten(actual)}`,
      ]),
      ...(differenceCount > differences.length
        ? [`  and ${differenceCount - differences.length} more`]
        : []),
      `  next      ${next}`,
    ]),
    '',
    `verdict ${verdict}: ${counts}; ${result.blocks} blocks and ${result.transactions} transactions executed again, up to block ${head.number} ${head.hash}`,
  ].join('\n');
}

const kinds = {
  contract: 'contracts',
  external: 'people',
  burned: 'the blackhole (burned)',
} as const;

/** Lines of at most 80 characters, broken between words. */
function wrap(text: string): string[] {
  return text.match(/\S.{0,79}(?=\s|$)|\S+/g) ?? [''];
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 120)}...${text.slice(-60)}` : text;
}

function shortList(lines: readonly string[]): readonly string[] {
  return lines.length > 12 ? [...lines.slice(0, 12), `  and ${lines.length - 12} more`] : lines;
}
