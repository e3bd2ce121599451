import type { Violation } from '../precompiles/violation.js';
import {
  type ForkName,
  type Forks,
  forkBlockNames,
  forkTimeNames,
  type UpgradeTimes,
  upgradeNames,
} from './parsed-genesis.js';

/** Times from here on count as never (9999-12-01). */
export const UNSCHEDULED = 253_399_622_400n;
/** Time of the upgrades of networks on which everything was active from the start (2020-12-05). */
const INITIALLY_ACTIVE = 1_607_144_400n;

const optionalForks: readonly ForkName[] = [
  'daoForkBlock',
  'muirGlacierBlock',
  'arrowGlacierBlock',
  'grayGlacierBlock',
  'mergeNetsplitBlock',
  'cancunTime',
  'pragueTime',
  'verkleTime',
];

interface Fork {
  readonly name: string;
  readonly at: bigint | undefined;
  readonly optional: boolean;
  readonly kind: 'block' | 'time';
}

/** The first upgrade that is earlier than the network's own schedule allows. */
export function verifyNetworkUpgrades(
  times: UpgradeTimes,
  schedule: UpgradeTimes,
): Violation | undefined {
  for (const name of upgradeNames) {
    const [own, earliest] = [times[name], schedule[name]];
    // Defaults are filled in before, so what is absent here has no time on the network either.
    if (own === undefined || earliest === undefined) continue;
    const path = `config.${name}Timestamp`;
    if (own === 0n && earliest <= INITIALLY_ACTIVE) continue;
    if (own < earliest) {
      return {
        path,
        message: `${name}Timestamp ${own} is before the network's own time ${earliest}.`,
      };
    }
  }
  return undefined;
}

/** The first fork out of order, among Ethereum's and then among Avalanche's. */
export function verifyForkOrder(forks: Forks, times: UpgradeTimes): Violation | undefined {
  const list = (names: readonly ForkName[], kind: Fork['kind']): Fork[] =>
    names.map((name) => ({ name, at: forks[name], optional: optionalForks.includes(name), kind }));
  return (
    findDisorder([...list(forkBlockNames, 'block'), ...list(forkTimeNames, 'time')]) ??
    findDisorder(
      upgradeNames.map((name) => ({
        name: `${name}Timestamp`,
        at: times[name],
        optional: name === 'fortuna',
        kind: 'time',
      })),
    )
  );
}

function findDisorder(forks: readonly Fork[]): Violation | undefined {
  let last: Fork | undefined;
  for (const fork of forks) {
    if (last !== undefined && fork.at !== undefined) {
      const path = `config.${fork.name}`;
      if (last.at === undefined) {
        return {
          path,
          message: `${fork.name} is set (${fork.at}) but ${last.name} before it is not.`,
        };
      }
      if (last.kind === fork.kind && last.at > fork.at) {
        return { path, message: `${fork.name} ${fork.at} is before ${last.name} ${last.at}.` };
      }
    }
    if (!fork.optional || fork.at !== undefined) last = fork;
  }
  return undefined;
}
