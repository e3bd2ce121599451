/** One change of one member of an answer. */
export interface Forgery {
  /** Members from the outside in, numbers for items of arrays; empty for the whole answer. */
  readonly path: readonly (string | number)[];
  /** Name of the kind of change, e.g. `another digit`. */
  readonly change: string;
  readonly answer: unknown;
}

type Change = readonly [name: string, value: unknown];

/** Stands for a member that is left out. */
const absent = Symbol('absent');

/**
 * Every answer that differs from the given one in exactly one member: each member and item, however deep, gets another value
 * of its kind, another kind, `null`, a huge value, and is left out; lists lose and gain an item.
 *
 * @param digits How many places of a long hex string get another digit.
 */
export function* forgeAnswer(answer: unknown, digits = 3): Generator<Forgery> {
  for (const { path, value } of listMembers(answer, [])) {
    for (const [change, forged] of changesOf(value, digits)) {
      if (forged === value || (forged === absent && path.length === 0)) continue;
      yield { path, change, answer: replaceAt(answer, path, forged) };
    }
  }
}

function* listMembers(
  value: unknown,
  path: readonly (string | number)[],
): Generator<{ path: readonly (string | number)[]; value: unknown }> {
  yield { path, value };
  if (typeof value !== 'object' || value === null) return;
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  for (const [key, member] of entries) yield* listMembers(member, [...path, key]);
}

function* changesOf(value: unknown, digits: number): Generator<Change> {
  yield ['left out', absent];
  if (value !== null) yield ['null', null];
  if (typeof value === 'string') {
    yield ['a number', 7];
    yield ['a list', [value]];
    if (/^0x[0-9a-fA-F]*$/.test(value)) yield* changesOfHex(value, digits);
    else yield ['another text', `${value}x`];
  } else if (typeof value === 'number') {
    yield ['one more', value + 1];
    yield ['a text', String(value)];
    yield ['huge', 1e300];
  } else if (typeof value === 'boolean') {
    yield ['the contrary', !value];
    yield ['a text', String(value)];
  } else if (Array.isArray(value)) {
    yield ['an object', {}];
    yield ['one item more', [...value, value[0] ?? {}]];
    if (value.length > 1) yield ['in another order', [...value.slice(1), value[0]]];
  } else if (value === null) {
    yield ['an address', `0x${'11'.repeat(20)}`];
    yield ['a number', 7];
  } else {
    yield ['a list', []];
    yield ['a text', 'x'];
  }
}

function* changesOfHex(value: string, digits: number): Generator<Change> {
  yield ['no digits', '0x'];
  yield ['huge', `0x1${'0'.repeat(600)}`];
  yield ['longer', `${value}00`];
  if (value.length > 4) yield ['shorter', value.slice(0, -2)];
  const length = value.length - 2;
  for (let index = 0; index < Math.min(digits, length); index += 1) {
    const at = 2 + Math.floor(((index + 0.5) * length) / Math.min(digits, length));
    const digit = ((Number.parseInt(value[at]!, 16) + 1) % 16).toString(16);
    yield [`another digit at ${at}`, `${value.slice(0, at)}${digit}${value.slice(at + 1)}`];
  }
}

function replaceAt(answer: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const inner = (answer as Record<string | number, unknown>)[key];
  if (Array.isArray(answer)) {
    const copy = [...answer];
    if (rest.length === 0 && value === absent) copy.splice(key as number, 1);
    else copy[key as number] = replaceAt(inner, rest, value);
    return copy;
  }
  const copy: Record<string | number, unknown> = { ...(answer as object) };
  if (rest.length === 0 && value === absent) delete copy[key];
  else copy[key] = replaceAt(inner, rest, value);
  return copy;
}
