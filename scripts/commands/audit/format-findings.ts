import type { AuditResult } from '../../../genesis/audit/run-audit.js';
import { formatTokens, type Wei } from '../../../genesis/base/amount.js';

/** An audit's findings as lines: check, status, what was looked at, and both sides of each difference. */
export function formatFindings({
  verdict,
  findings,
  blocks,
  transactions,
  accounts,
}: AuditResult): string {
  const shorten = (text: string) => (text.length > 120 ? `${text.slice(0, 117)}...` : text);
  return [
    ...findings.flatMap(({ check, status, title, detail, differences }) => [
      `${status.padEnd(4)} ${check.padEnd(5)} ${title}: ${detail}`,
      ...differences.flatMap(({ where, expected, actual }) => [
        `       ${where}`,
        `         expected ${shorten(expected)}`,
        `         actual   ${shorten(actual)}`,
      ]),
    ]),
    ...accounts.map(
      (one) => `coins ${one.kind}: ${one.accounts} accounts, ${formatTokens(one.balance as Wei)}`,
    ),
    `verdict ${verdict}: ${findings.length} checks, ${blocks} blocks, ${transactions} transactions`,
  ].join('\n');
}
