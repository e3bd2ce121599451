import { setTimeout as sleep } from 'node:timers/promises';
import { ToolkitError } from '../../../genesis/base/errors.js';

/**
 * Asks again and again (every 20 ms at first, up to 200 ms) until the answer is true.
 *
 * @param what the condition in words, for the message: "waited 30 s until {what}".
 * @throws ToolkitError NODE_TIMEOUT when the time is over; whatever `ask` throws is passed on.
 */
export async function waitUntil(
  what: string,
  timeoutMilliseconds: number,
  ask: () => Promise<boolean>,
): Promise<void> {
  const end = performance.now() + timeoutMilliseconds;
  for (let pause = 20; ; pause = Math.min(200, pause * 1.3)) {
    if (await ask()) return;
    if (performance.now() > end) {
      throw new ToolkitError({
        code: 'NODE_TIMEOUT',
        message: `Waited ${timeoutMilliseconds / 1000} s in vain until ${what}.`,
        next: "Look into the node's log folder.",
      });
    }
    await sleep(pause);
  }
}
