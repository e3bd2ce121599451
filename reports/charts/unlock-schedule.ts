import { formatCompact, formatMicro, microToTokens } from '../format/format-number.js';
import type { PlanGroup, UnlockRow } from '../report-input.js';
import { amountAxis, chartSpec, colourBy, monthAxis } from './chart-spec.js';
import type { Exhibit } from './exhibit.js';
import { haloText } from './halo-text.js';
import { palette, seriesColour } from './palette.js';
import { roundSignificant } from './round-significant.js';

export interface UnlockScheduleData {
  readonly symbol: string;
  readonly months: number;
  readonly groups: readonly PlanGroup[];
  readonly rows: readonly UnlockRow[];
}

const MONTH_SECONDS = 2_628_000;

/** Exhibit 3: what the plan releases and when, stacked by group, with locks' ends marked. */
export function unlockScheduleExhibit(data: UnlockScheduleData): Exhibit {
  const entries = data.groups.map((group, index) => ({
    label: group.label,
    colour: seriesColour(index),
  }));
  const order = new Map(data.groups.map((group, index) => [group.id, index]));
  const label = new Map(data.groups.map((group) => [group.id, group.label]));
  const previous = new Map<string, bigint>();
  const cumulative: Record<string, unknown>[] = [];
  const monthly: Record<string, unknown>[] = [];
  for (const row of data.rows) {
    const before = previous.get(row.group) ?? 0n;
    previous.set(row.group, row.unlockedMicro);
    const common = { group: label.get(row.group), order: order.get(row.group) };
    cumulative.push({
      month: row.month,
      ...common,
      tokens: roundSignificant(microToTokens(row.unlockedMicro)),
    });
    if (row.month > 0) {
      monthly.push({
        month: row.month,
        ...common,
        tokens: roundSignificant(microToTokens(row.unlockedMicro - before)),
      });
    }
  }
  const marks = lockEnds(data.groups, data.months);
  const atLaunch = data.groups.reduce((sum, group) => sum + group.tgeMicro, 0n);
  const unlocked = [...previous.values()].reduce((sum, amount) => sum + amount, 0n);
  return {
    number: 3,
    id: 'unlock-schedule',
    title: 'Unlock schedule',
    lead: `${formatCompact(microToTokens(atLaunch))} ${data.symbol} are free at launch and ${formatCompact(microToTokens(unlocked))} after ${data.months} months.`,
    charts: [
      {
        id: 'unlock-cumulative',
        title: 'Unlocked by group, cumulative',
        alt: `Stacked areas of unlocked ${data.symbol} over ${data.months} months, rising from ${formatCompact(microToTokens(atLaunch))} to ${formatCompact(microToTokens(unlocked))}. ${marks.map((mark) => `${mark.label} at month ${mark.month}`).join('; ')}.`,
        spec: (layout) =>
          chartSpec(layout, {
            description: 'Unlocked tokens by group, cumulative',
            height: { wide: 340, narrow: 360 },
            datasets: { unlocked: cumulative, marks },
            body: {
              layer: [
                {
                  data: { name: 'unlocked' },
                  mark: { type: 'area', stroke: palette.paper.light, strokeWidth: 0.7 },
                  encoding: {
                    x: monthAxis(data.months, layout),
                    y: amountAxis('tokens', data.symbol),
                    color: colourBy('group', entries, layout),
                    order: { field: 'order', type: 'quantitative' },
                  },
                },
                ...lockEndLayers(layout.narrow),
              ],
            },
          }),
      },
      {
        id: 'unlock-monthly',
        title: 'Unlocked in each month (launch itself left out)',
        alt: `Stacked bars of the ${data.symbol} unlocked in each month after the launch.`,
        spec: (layout) =>
          chartSpec(layout, {
            description: 'Tokens unlocked per month by group',
            height: { wide: 260, narrow: 300 },
            datasets: { unlocked: monthly, marks },
            body: {
              layer: [
                {
                  data: { name: 'unlocked' },
                  transform: [{ calculate: 'datum.month - 0.9', as: 'from' }],
                  mark: { type: 'bar' },
                  encoding: {
                    x: { ...monthAxis(data.months, layout), field: 'from', bin: 'binned' },
                    x2: { field: 'month' },
                    y: { ...amountAxis('tokens', data.symbol), stack: 'zero' },
                    color: colourBy('group', entries, layout),
                    order: { field: 'order', type: 'quantitative' },
                  },
                },
                ...lockEndLayers(true),
              ],
            },
          }),
      },
    ],
    tables: [
      {
        id: 'unlock-table',
        caption: 'Terms of each group',
        columns: [
          { label: 'Group' },
          { label: 'Rule' },
          { label: 'At launch', numeric: true },
          { label: 'Lock, months', numeric: true },
          { label: 'Linear, months', numeric: true },
          { label: 'Kind' },
        ],
        rows: data.groups.map((group) => [
          group.assumed ? { text: group.label, badge: 'assumed' } : group.label,
          group.mode === 'liquid'
            ? 'free at launch'
            : group.mode === 'cliff'
              ? 'cliff: pays the accrued lump, then linear'
              : 'lock, then linear from zero',
          group.tgeMicro === 0n ? '0' : formatMicro(group.tgeMicro),
          months(group.lockSeconds),
          months(group.linearSeconds),
          group.mode === 'liquid' ? 'launch' : group.mode === 'cliff' ? 'cliff' : 'linear (daily)',
        ]),
      },
    ],
    definition:
      'Unlocked = launch amount plus what the vesting rule has released, whether or not it was claimed or sold. Daily release counts as linear; a release at longer intervals, or a lump at once, counts as a cliff. Month = 2,628,000 s.',
    assumed: [
      'The schedule is the plan itself: nothing in it depends on a market or on a random number.',
      ...(data.groups.some((group) => group.assumed)
        ? ['Groups marked assumed have shares or terms that no source states.']
        : []),
    ],
  };
}

type LockEnd = {
  readonly month: number;
  readonly label: string;
};

function lockEnds(groups: readonly PlanGroup[], months: number): readonly LockEnd[] {
  const byMonth = new Map<number, string[]>();
  for (const group of groups) {
    const month = roundSignificant(group.lockSeconds / MONTH_SECONDS, 5);
    if (group.lockSeconds <= 0 || month > months) continue;
    const word = group.mode === 'cliff' ? 'cliff' : 'lock ends';
    byMonth.set(month, [...(byMonth.get(month) ?? []), `${group.label}: ${word}`]);
  }
  return [...byMonth]
    .sort((a, b) => a[0] - b[0])
    .map(([month, labels]) => ({ month, label: labels.join(', ') }));
}

/** Dashed rules, and their labels where there is room. */
function lockEndLayers(bare: boolean): readonly Readonly<Record<string, unknown>>[] {
  const x = { field: 'month', type: 'quantitative' };
  const rule = {
    data: { name: 'marks' },
    mark: { type: 'rule', strokeDash: [4, 3], strokeWidth: 1.2, color: palette.ink.light },
    encoding: { x },
  };
  if (bare) return [rule];
  return [
    rule,
    ...haloText(
      { type: 'text', align: 'left', dx: 5, fontSize: 11 },
      { x, y: { value: { expr: '8 + 15 * (datum.rank - 1)' } }, text: { field: 'label' } },
      { name: 'marks' },
      { transform: [{ window: [{ op: 'row_number', as: 'rank' }] }] },
    ),
  ];
}

function months(seconds: number): string {
  return seconds === 0 ? '–' : formatCompact(seconds / MONTH_SECONDS);
}
