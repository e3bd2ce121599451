import { formatCompact, formatFigure, formatMicro } from '../format/format-number.js';
import type { VerdictCard } from '../render/render-page.js';
import type { ReportInput } from '../report-input.js';
import { metricFormats, metricNames } from './metric-names.js';

const figures = [
  metricNames.price,
  metricNames.circulating,
  metricNames.burned,
  metricNames.stakingRatio,
  metricNames.active,
];

/** The cards at the top: identity of chain and plan, the supply identity, the audit's verdict, figures at the end. */
export function prepareCards(input: ReportInput): readonly VerdictCard[] {
  const { supply, chain, audit, plan } = input;
  const difference = supply.genesisMicro + supply.mintedMicro - supply.balancesMicro;
  const reference = input.paths[0];
  const cards: VerdictCard[] = [
    chain === undefined
      ? { name: 'Genesis hash', value: 'no chain in this report', tone: 'muted' }
      : {
          name: 'Genesis hash',
          value: shorten(chain.genesisHash),
          hash: true,
          note: `chain ${chain.chainId}, ${chain.engine} engine, ${formatCompact(chain.blocks)} blocks, ${formatCompact(chain.transactions)} transactions, ${chain.contracts.length} contracts`,
        },
    {
      name: 'Plan hash',
      value: shorten(plan.hash),
      hash: true,
      note: `${plan.name}, profile ${plan.profile}${plan.overlays.length > 0 ? `, overlay ${plan.overlays.join(' + ')}` : ''}`,
    },
    difference === 0n
      ? {
          name: 'Supply identity',
          value: 'holds exactly',
          tone: 'good',
          note:
            supply.checkedSteps === 0
              ? `the groups sum to ${formatMicro(supply.genesisMicro)}`
              : `${formatMicro(supply.genesisMicro)} + ${formatMicro(supply.mintedMicro)} minted = all balances, checked in ${formatCompact(supply.checkedSteps)} steps`,
        }
      : {
          name: 'Supply identity',
          value: 'broken',
          tone: 'bad',
          note: `difference ${formatMicro(difference)} ${plan.token.symbol}`,
        },
    auditCard(audit),
  ];
  if (reference === undefined) return cards;
  for (const metric of figures) {
    const column = reference.columns[metric];
    const description = metricFormats[metric];
    if (column === undefined || description === undefined) continue;
    const band = input.bands?.metrics[metric];
    const last = reference.days - 1;
    cards.push({
      name: `${description.label}, day ${reference.days}`,
      value: formatFigure(column[last] ?? Number.NaN, description.format),
      note:
        band === undefined
          ? 'one full-population run'
          : `5–95 % of runs: ${formatFigure(band.p5[last] ?? Number.NaN, description.format)} to ${formatFigure(band.p95[last] ?? Number.NaN, description.format)}`,
    });
  }
  return cards;
}

function auditCard(audit: ReportInput['audit']): VerdictCard {
  if (audit === undefined) {
    return { name: 'Audit', value: 'not run', tone: 'muted', note: 'no chain was audited' };
  }
  const passed = audit.findings.filter((finding) => finding.status === 'pass').length;
  return {
    name: 'Audit',
    value: { pass: 'passed', fail: 'failed', incomplete: 'incomplete' }[audit.verdict],
    tone: audit.verdict === 'pass' ? 'good' : 'bad',
    note: `${passed} of ${audit.findings.length} checks passed, ${formatCompact(audit.blocksReplayed)} blocks re-executed`,
  };
}

function shorten(hash: string): string {
  return `${hash.slice(0, 12)}…${hash.slice(-8)}`;
}
