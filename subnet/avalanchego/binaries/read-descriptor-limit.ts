import { readFileSync } from 'node:fs';

/** Descriptors that upstream's Subnet-EVM plugin asks for; it exits where the hard limit is lower. */
export const UPSTREAM_PLUGIN_DESCRIPTORS = 32_768;

/** Hard limit of open files of this process and its children; undefined where it cannot be read. */
export function readDescriptorLimit(): number | undefined {
  try {
    const limits = readFileSync('/proc/self/limits', 'utf8');
    const hard = /^Max open files\s+\S+\s+(\S+)/m.exec(limits)?.[1];
    if (hard === 'unlimited') return Number.POSITIVE_INFINITY;
    return hard === undefined ? undefined : Number(hard);
  } catch {
    return undefined; // not Linux
  }
}
