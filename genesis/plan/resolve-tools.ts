import type { Problem } from '../base/errors.js';
import { checksumAddress } from './checksum-address.js';
import { nearestWord } from './nearest-word.js';
import { findLine, type PlanNode } from './plan-node.js';
import type { PlanInput } from './plan-schema.js';
import type { Address } from './resolved-plan.js';

/** What the resolving steps share. */
export interface ResolveTools {
  /** Adds a problem at a dotted path. */
  readonly report: (path: string, message: string, allowed?: string, code?: string) => void;
  /** Address of an account; an unknown name is reported at the path. */
  readonly accountAddress: (name: string, path: string) => Address;
  /** Address of an account or a predeploy. */
  readonly anyAddress: (name: string, path: string) => Address;
}

/** The tools for one plan; problems found are added to the list. */
export function resolveTools(plan: PlanInput, node: PlanNode, problems: Problem[]): ResolveTools {
  const report: ResolveTools['report'] = (path, message, allowed, code = 'PLAN_INCONSISTENT') => {
    problems.push({ code, path, line: findLine(node, path.split('.')), message, allowed });
  };
  const find = (table: Record<string, string>, kind: string) => (name: string, path: string) => {
    const address = Object.hasOwn(table, name) ? table[name] : undefined;
    if (address !== undefined) return checksumAddress(address);
    const near = nearestWord(name, Object.keys(table));
    const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
    const message = `There is no ${kind} "${name}".${hint}`;
    if (name !== '') report(path, message, Object.keys(table).join(', '), 'PLAN_UNKNOWN_NAME');
    return checksumAddress(`0x${'0'.repeat(40)}`);
  };
  const predeploys = Object.fromEntries(
    Object.entries(plan.predeploys).map(([name, predeploy]) => [name, predeploy?.address ?? '']),
  );
  return {
    report,
    accountAddress: find(plan.accounts, 'account'),
    anyAddress: find({ ...plan.accounts, ...predeploys }, 'account or predeploy'),
  };
}
