import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { ToolkitError } from '../../genesis/base/errors.js';
import { connectSigner } from '../clients/connect-deployment.js';
import type { DeploymentSigner } from './deployment-chain.js';

/**
 * Reads a private key: one line of 64 hexadecimal digits, with or without `0x`. The key never appears in a message.
 *
 * @throws ToolkitError `KEY_FILE_UNREADABLE`, `KEY_FILE_OPEN` (others than its owner may read it), `KEY_FILE_INVALID`
 * (all exit 2).
 */
export function readKeyFile(path: string): DeploymentSigner {
  const refuse = (code: string, message: string, next: string, allowed?: string): never => {
    throw new ToolkitError({ code, message, where: path, allowed, next, exitCode: 2 });
  };
  let text = '';
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const about = fstatSync(file);
    if (!about.isFile() || about.size > 200) {
      refuse('KEY_FILE_INVALID', 'This is not a key file.', keyNext, keyAllowed);
    }
    if (process.platform !== 'win32' && (about.mode & 0o077) !== 0) {
      const mode = (about.mode & 0o777).toString(8).padStart(4, '0');
      refuse(
        'KEY_FILE_OPEN',
        `The key file has mode ${mode}: others than its owner may use it.`,
        `chmod 600 ${path}; if others could read it, take a new key.`,
        'mode 0600 or 0400',
      );
    }
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof ToolkitError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    refuse('KEY_FILE_UNREADABLE', `The key file cannot be read (${code}).`, 'Check the path.');
  } finally {
    if (file !== undefined) closeSync(file);
  }
  if (!/^(0x)?[0-9a-fA-F]{64}$/.test(text)) {
    refuse('KEY_FILE_INVALID', 'The file does not hold a private key.', keyNext, keyAllowed);
  }
  try {
    return connectSigner(`0x${text.replace(/^0x/, '')}`);
  } catch {
    return refuse('KEY_FILE_INVALID', 'The number is no key of this curve.', keyNext, keyAllowed);
  }
}

const keyAllowed = 'one line of 64 hexadecimal digits, with or without 0x';
const keyNext = 'Write the private key into a file of its own with mode 0600.';
