import { ToolkitError } from '../genesis/base/errors.js';

const advice: Readonly<Record<string, readonly [what: string, next: string]>> = {
  ENOSPC: ['The disk is full', 'Make room, or choose a place on another disk, and run again.'],
  EDQUOT: ['The disk quota is used up', 'Make room, or choose another place, and run again.'],
  EFBIG: ['The file may not grow further', 'Raise the limit (ulimit -f), or choose another place.'],
  EACCES: ['Access is denied', 'Check owner and mode, or choose another place.'],
  EPERM: ['The operation is not permitted', 'Check owner and mode, or choose another place.'],
  EROFS: ['The file system is read-only', 'Choose another place.'],
  ENOENT: ['There is no such file or folder', 'Check the path.'],
  ENOTDIR: ['A file stands where a folder is needed', 'Choose another place.'],
  EISDIR: ['A folder stands where a file is needed', 'Name a file.'],
  EEXIST: ['Something is there already', 'Choose another place.'],
  ENAMETOOLONG: ['The name is too long', 'Choose a shorter one.'],
  ELOOP: ['The links go round in a circle', 'Check the path.'],
  EMFILE: ['Too many files are open', 'Raise the limit (ulimit -n) and run again.'],
  ENFILE: ['Too many files are open on this machine', 'Run again when it is less busy.'],
  ENOMEM: ['The memory is used up', 'Stop other programs, or ask for less, and run again.'],
};

/**
 * Turns what the operating system refuses, where no command has its own words for it, into an error with a place and
 * advice; other errors stay what they are.
 *
 * @example explainError(Object.assign(new Error('…'), { code: 'ENOSPC', path: '/out/x' })) // code SYSTEM_ENOSPC
 */
export function explainError(error: unknown): unknown {
  if (error instanceof ToolkitError || !(error instanceof Error)) return error;
  const { code = '', path, syscall } = error as NodeJS.ErrnoException;
  const words = advice[code];
  if (words === undefined || syscall === undefined) return error;
  return new ToolkitError({
    code: `SYSTEM_${code}`,
    message: `${words[0]} (${code} from ${syscall}).`,
    where: path,
    next: words[1],
    cause: error,
  });
}
