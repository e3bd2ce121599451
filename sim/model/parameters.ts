import { ToolkitError } from '../../genesis/base/errors.js';
import type { Intervention } from '../engine/intervention.js';

/** Numbers of the economy by dotted path; token strings are whole tokens. Missing sections read as the fallback. */
export class Parameters {
  readonly #values = new Map<string, number>();
  readonly #words = new Map<string, string>();
  readonly #read = new Set<string>();

  constructor(economy: unknown) {
    this.#collect('', economy);
  }

  /** @param fallback Value of a plan without this mechanism. */
  of(path: string, fallback = 0): number {
    this.#read.add(path);
    return this.#values.get(path) ?? fallback;
  }

  /** A word of the economy: a name or a choice; empty when the plan has no such section. */
  word(path: string): string {
    this.#read.add(path);
    return this.#words.get(path) ?? '';
  }

  /** Paths of the plan's economy that nothing has asked for so far. */
  unread(): readonly string[] {
    return [...this.#values.keys(), ...this.#words.keys()].filter((path) => !this.#read.has(path));
  }

  /** The factor of a shock that is due today, 1 otherwise; asking makes it past. */
  takeShock(name: string): number {
    const factor = this.#values.get(`shock.${name}`) ?? 1;
    this.#values.delete(`shock.${name}`);
    return factor;
  }

  /** @throws ToolkitError `INTERVENTION_UNKNOWN` (exit 2) for a path that the plan does not have. */
  apply(intervention: Intervention): void {
    const { path, value, factor } = intervention;
    const before = this.#values.get(path) ?? (path.startsWith('shock.') ? 1 : undefined);
    if (before === undefined) {
      throw new ToolkitError({
        code: 'INTERVENTION_UNKNOWN',
        message: `The plan's economy has no number "${path}".`,
        where: `intervention on day ${intervention.day}`,
        allowed:
          [...this.#values.keys()]
            .filter((key) => key.split('.')[0] === path.split('.')[0])
            .join(', ') || 'a dotted path below economy',
        exitCode: 2,
      });
    }
    this.#values.set(path, value ?? before * (factor ?? 1));
  }

  #collect(prefix: string, node: unknown): void {
    if (typeof node === 'number') this.#values.set(prefix, node);
    else if (typeof node === 'boolean') this.#values.set(prefix, node ? 1 : 0);
    else if (typeof node === 'string' && /^\d+(\.\d+)?$/.test(node))
      this.#values.set(prefix, Number(node));
    else if (typeof node === 'string') this.#words.set(prefix, node);
    else if (typeof node === 'object' && node !== null) {
      for (const [key, child] of Object.entries(node)) {
        this.#collect(prefix === '' ? key : `${prefix}.${key}`, child);
      }
    }
  }
}
