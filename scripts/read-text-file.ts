import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { ToolkitError } from '../genesis/base/errors.js';

export interface ReadTextParameters {
  readonly path: string;
  /** Code of the error. */
  readonly code: string;
  /** Which file is meant, for the error. */
  readonly next: string;
  readonly maximumBytes: number;
  /** Broken UTF-8 becomes U+FFFD and a byte order mark stays, as Go has it; default: it is refused. */
  readonly lenient?: boolean;
}

/**
 * The text of a regular file. A device or a pipe is refused before it is read: it may never end.
 *
 * @throws ToolkitError with the code given (exit 2).
 */
export function readTextFile(parameters: ReadTextParameters): string {
  const { path, code, next, maximumBytes, lenient = false } = parameters;
  const refuse = (why: string, cause?: unknown) =>
    new ToolkitError({
      code,
      message: `The file cannot be read: ${why}.`,
      where: path,
      allowed: `a UTF-8 file of at most ${maximumBytes} bytes`,
      next,
      exitCode: 2,
      cause,
    });
  let file: number | undefined;
  try {
    // A pipe must not make the command wait for a writer.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const about = fstatSync(file);
    if (about.isDirectory()) throw refuse('it is a folder');
    if (!about.isFile()) throw refuse('it is a device or a pipe');
    if (about.size > maximumBytes) throw refuse(`it has ${about.size} bytes`);
    const bytes = readFileSync(file);
    return new TextDecoder('utf-8', { fatal: !lenient, ignoreBOM: lenient }).decode(bytes);
  } catch (cause) {
    if (cause instanceof ToolkitError) throw cause;
    const known = (cause as NodeJS.ErrnoException).code ?? '';
    throw refuse(reasons[known] ?? (known || 'unknown reason'), cause);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'access is denied',
  ELOOP: 'its links go round in a circle',
  ENAMETOOLONG: 'the name is too long',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not UTF-8',
};
