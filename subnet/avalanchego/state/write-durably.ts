import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ToolkitError } from '../../../genesis/base/errors.js';

/**
 * Writes a file whole or not at all, and returns when it is on the disk.
 *
 * @param mode permissions, in force before the first byte is written.
 * @throws ToolkitError NETWORK_WRITE_FAILED
 */
export async function writeDurably(path: string, text: string, mode = 0o600): Promise<void> {
  const draft = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    const file = await open(draft, 'wx', mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
    const folder = await open(dirname(path), 'r');
    await folder.sync().finally(() => folder.close());
  } catch (cause) {
    throw new ToolkitError({
      code: 'NETWORK_WRITE_FAILED',
      message: `The file cannot be written (${(cause as NodeJS.ErrnoException).code}).`,
      where: path,
      next: 'Make room, or choose another --data-dir.',
      cause,
    });
  } finally {
    await rm(draft, { force: true });
  }
}
