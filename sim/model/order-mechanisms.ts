import { ToolkitError } from '../../genesis/base/errors.js';
import { type MechanismDefinition, phases } from './mechanism.js';

/**
 * The order of a day: by phase, within a phase by `after`, then by name.
 *
 * @throws ToolkitError (exit 2) `MECHANISM_DUPLICATE`, `MECHANISM_UNKNOWN`, `MECHANISM_CYCLE`, or `MECHANISM_ORDER` when
 * two mechanisms of one phase write the same column or number and neither comes after the other.
 */
export function orderMechanisms(
  definitions: readonly MechanismDefinition[],
): readonly MechanismDefinition[] {
  const byId = new Map<string, MechanismDefinition>();
  for (const definition of definitions) {
    if (byId.has(definition.id)) {
      refuse('MECHANISM_DUPLICATE', definition.id, 'There are two mechanisms of this name.');
    }
    byId.set(definition.id, definition);
  }
  const ordered: MechanismDefinition[] = [];
  for (const phase of phases) {
    const members = definitions
      .filter((one) => one.phase === phase)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    for (const { id, after = [] } of members) {
      for (const name of after) {
        if (byId.get(name)?.phase === phase) continue;
        refuse(
          'MECHANISM_UNKNOWN',
          id,
          `It comes after "${name}", which is no mechanism of the phase "${phase}".`,
          members.map((one) => one.id).join(', '),
        );
      }
    }
    const done = new Set<string>();
    const waiting = [...members];
    while (waiting.length > 0) {
      const at = waiting.findIndex(({ after = [] }) => after.every((name) => done.has(name)));
      if (at < 0) {
        const names = waiting.map(({ id }) => id).join(', ');
        refuse('MECHANISM_CYCLE', names, 'Each comes after another one of them.');
      }
      const [next] = waiting.splice(at, 1);
      done.add(next!.id);
      ordered.push(next!);
    }
    refuseUnordered(members);
  }
  return ordered;
}

function refuseUnordered(members: readonly MechanismDefinition[]): void {
  const before = new Map<string, Set<string>>();
  const ancestors = (id: string): Set<string> => {
    const known = before.get(id);
    if (known !== undefined) return known;
    const all = new Set<string>();
    before.set(id, all);
    for (const name of members.find((one) => one.id === id)?.after ?? []) {
      all.add(name);
      for (const older of ancestors(name)) all.add(older);
    }
    return all;
  };
  for (const [at, first] of members.entries()) {
    for (const second of members.slice(at + 1)) {
      const both = [...first.writes, ...first.sets].filter(
        (name) =>
          (second.writes as readonly string[]).includes(name) ||
          (second.sets as readonly string[]).includes(name),
      );
      if (both.length === 0) continue;
      if (ancestors(first.id).has(second.id) || ancestors(second.id).has(first.id)) continue;
      refuse(
        'MECHANISM_ORDER',
        `${first.id}, ${second.id}`,
        `Both write ${both.join(', ')} in the phase "${first.phase}", and neither comes after the other.`,
        `after: ['${first.id}'] in ${second.id}, or the other way round`,
      );
    }
  }
}

function refuse(code: string, where: string, message: string, allowed?: string): never {
  throw new ToolkitError({
    code,
    message,
    where: `mechanism ${where}`,
    ...(allowed === undefined ? {} : { allowed }),
    exitCode: 2,
  });
}
