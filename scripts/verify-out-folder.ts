import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ToolkitError } from '../genesis/base/errors.js';

/**
 * Makes sure, before the work that fills it, that a folder is there or can be made. Changes nothing.
 *
 * @param path Absolute path.
 * @throws ToolkitError `OUT_UNUSABLE` (exit 2).
 */
export function verifyOutFolder(path: string): void {
  for (let at = path; ; at = dirname(at)) {
    try {
      if (!statSync(at).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
      accessSync(at, constants.W_OK);
      return;
    } catch (cause) {
      const { code = 'unknown' } = cause as NodeJS.ErrnoException;
      if (code === 'ENOENT' && dirname(at) !== at) continue;
      throw new ToolkitError({
        code: 'OUT_UNUSABLE',
        message: `The folder cannot be used: ${reasons[code] ?? code}.`,
        where: at === path ? path : `${path}: ${at}`,
        allowed: 'a folder, or a place where one can be made',
        next: 'Choose another folder with --out.',
        exitCode: 2,
        cause,
      });
    }
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOTDIR: 'a file stands in its way',
  EACCES: 'access is denied',
  EPERM: 'access is denied',
  EROFS: 'the file system is read-only',
  ELOOP: 'its links go round in a circle',
  ENAMETOOLONG: 'the name is too long',
};
