import { expect, it } from 'vitest';
import { ToolkitError } from './errors.js';

it('ToolkitError carries what, where, allowed, next and a code, and fails with 1 unless told', () => {
  const error = new ToolkitError({ code: 'X_FAILED', message: 'It failed.' });
  expect(error).toBeInstanceOf(Error);
  expect({ ...error }).toMatchObject({ code: 'X_FAILED', exitCode: 1, problems: [] });
  expect('cause' in error).toBe(false);
  const cause = new RangeError('why');
  const problems = [{ code: 'A', path: 'a.b', message: 'm', line: 3 }];
  const full = new ToolkitError({
    code: 'X',
    message: 'm',
    where: 'w',
    allowed: 'a',
    next: 'n',
    exitCode: 2,
    problems,
    cause,
  });
  expect({ ...full }).toMatchObject({ where: 'w', allowed: 'a', next: 'n', exitCode: 2, problems });
  expect(full.cause).toBe(cause);
  expect(full.name).toBe('ToolkitError');
});
