import { ToolkitError } from '../../../genesis/base/errors.js';
import type { Mining } from '../../../subnet/embedded/chain/embedded-chain.js';

/** Longest time between blocks: a day. */
const longestInterval = 86_400_000;

/**
 * Reads `--mine`.
 *
 * @throws ToolkitError `SUBNET_MINE` (exit 2).
 * @example parseMining('2000') // { intervalMs: 2000 }
 */
export function parseMining(text: string): Mining {
  if (text === 'instant' || text === 'manual') return text;
  const intervalMs = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (intervalMs >= 1 && intervalMs <= longestInterval) return { intervalMs };
  throw new ToolkitError({
    code: 'SUBNET_MINE',
    message: `"${text}" does not say when blocks are made.`,
    where: '--mine',
    allowed: `instant, manual, or 1 to ${longestInterval} milliseconds`,
    exitCode: 2,
  });
}

/** @throws ToolkitError `SUBNET_PORT` (exit 2) for what is no port. */
export function verifyPort(port: number): void {
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return;
  throw new ToolkitError({
    code: 'SUBNET_PORT',
    message: `${port} is not a port.`,
    where: '--port',
    allowed: '0 to 65535',
    exitCode: 2,
  });
}
