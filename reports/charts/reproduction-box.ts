import { formatCount } from '../format/format-number.js';
import type { RunManifest } from '../report-input.js';
import type { Cell, Exhibit, Table } from './exhibit.js';

/** Exhibit 26: everything that is needed to make this report again; `proofs` are the chain's and the audit's tables. */
export function reproductionBoxExhibit(
  manifest: RunManifest,
  proofs: readonly Table[] = [],
): Exhibit {
  const pairs: [string, string][] = [
    ['Command', manifest.command],
    ['Seed', manifest.seed],
    ['Days', formatCount(manifest.days)],
    ['Wallets', formatCount(manifest.wallets)],
    ['Wall time', `${manifest.wallSeconds.toFixed(1)} s`],
    ['Machine', manifest.machine],
    ['Made', manifest.createdAt],
    ...manifest.settings.map((setting): [string, string] => [setting.name, setting.value]),
    ...Object.entries(manifest.versions).map(([name, version]): [string, string] => [
      name,
      version,
    ]),
    ...manifest.hashes.map((hash): [string, string] => [hash.name, hash.value]),
  ];
  return {
    number: 26,
    id: 'reproduction',
    title: 'Reproduction box',
    lead: 'The same command with the same seed gives the same bytes, on any number of workers.',
    charts: [],
    tables: [
      {
        id: 'reproduction-table',
        caption: 'Configuration, seeds, versions, hashes and wall time',
        columns: [{ label: 'What' }, { label: 'Value' }],
        rows: pairs.map(([name, value]): Cell[] => [{ text: name, tone: 'strong' }, value]),
      },
      ...proofs,
    ],
    definition:
      'Hashes are of canonical JSON (plan, configuration) or of the files themselves. Wall time is of this machine and is not part of any hash.',
    assumed: [],
  };
}
