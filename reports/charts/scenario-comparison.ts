import {
  formatCompact,
  formatDifference,
  formatFigure,
  formatShare,
} from '../format/format-number.js';
import type { ComparisonRow, ScenarioComparison } from '../report-input.js';
import { chartSpec, colourBy } from './chart-spec.js';
import type { Cell, Exhibit } from './exhibit.js';
import { palette, seriesColour } from './palette.js';
import { roundSignificant } from './round-significant.js';

/** Exhibit 22: scenarios against the baseline, run by run with the same random numbers. */
export function scenarioComparisonExhibit(data: ScenarioComparison): Exhibit {
  const scenarios = [...new Map(data.rows.map((row) => [row.scenario, row.scenarioLabel]))];
  const entries = scenarios.map(([, label], index) => ({ label, colour: seriesColour(index + 1) }));
  const relative = data.rows
    .filter((row) => row.baseline !== 0)
    .map((row) => ({
      metric: row.metricLabel,
      scenario: row.scenarioLabel,
      middle: roundSignificant(row.difference / Math.abs(row.baseline)),
      low: roundSignificant(row.low / Math.abs(row.baseline)),
      high: roundSignificant(row.high / Math.abs(row.baseline)),
    }));
  const metrics = [...new Set(relative.map((row) => row.metric))];
  const clear = data.rows.filter((row) => certain(row)).length;
  const level = formatShare(data.level).replace('.0', '');
  return {
    number: 22,
    id: 'scenario-comparison',
    title: 'Scenarios side by side',
    lead: `${scenarios.length} ${scenarios.length === 1 ? 'scenario' : 'scenarios'} against “${data.baseline}” on day ${data.day}: in ${clear} of ${data.rows.length} comparisons the ${level} interval of the difference excludes zero.`,
    charts: [
      {
        id: 'scenario-comparison',
        title: `Difference from “${data.baseline}”, relative, with ${level} interval`,
        alt: `Points and intervals of the relative difference from the baseline: ${relative.map((row) => `${row.scenario}, ${row.metric}: ${formatShare(row.middle)}`).join('; ')}.`,
        spec: (layout) =>
          chartSpec(layout, {
            description: 'Paired relative differences of scenarios with intervals',
            height: {
              wide: metrics.length * (20 + 15 * scenarios.length) + 40,
              narrow: metrics.length * (34 + 15 * scenarios.length) + 40,
            },
            datasets: { differences: relative },
            body: {
              data: { name: 'differences' },
              encoding: {
                y: {
                  field: 'metric',
                  type: 'nominal',
                  sort: metrics,
                  axis: layout.narrow
                    ? null
                    : { title: null, labelLimit: 220, labelColor: palette.ink.light, grid: false },
                },
                yOffset: {
                  field: 'scenario',
                  type: 'nominal',
                  sort: scenarios.map(([, label]) => label),
                  scale: { paddingOuter: layout.narrow ? 1.1 : 0.5 },
                },
                color: colourBy('scenario', entries, layout),
              },
              layer: [
                {
                  mark: { type: 'rule', strokeWidth: 2.5 },
                  encoding: {
                    x: {
                      field: 'low',
                      type: 'quantitative',
                      axis: {
                        title: 'relative to the baseline',
                        labelExpr: "datum.value === 0 ? '0' : format(datum.value, '+~%')",
                        tickCount: layout.narrow ? 4 : 7,
                      },
                    },
                    x2: { field: 'high' },
                  },
                },
                {
                  mark: { type: 'point', filled: true, size: 60, opacity: 1 },
                  encoding: { x: { field: 'middle', type: 'quantitative' } },
                },
                {
                  data: { values: [{ zero: 0 }] },
                  mark: { type: 'rule', strokeDash: [3, 3], color: palette.ink.light },
                  encoding: {
                    x: { field: 'zero', type: 'quantitative' },
                    y: null,
                    yOffset: null,
                    color: null,
                  },
                },
                ...(layout.narrow
                  ? [
                      {
                        data: { values: metrics.map((metric) => ({ metric })) },
                        mark: {
                          type: 'text',
                          align: 'left',
                          baseline: 'top',
                          fontWeight: 'bold',
                          color: palette.ink.light,
                        },
                        encoding: {
                          y: { field: 'metric', type: 'nominal', bandPosition: 0 },
                          x: { value: 0 },
                          yOffset: null,
                          color: null,
                          text: { field: 'metric' },
                        },
                      },
                    ]
                  : []),
              ],
            },
          }),
      },
    ],
    tables: [
      {
        id: 'scenario-table',
        caption: `Paired differences, ${data.runs} pairs of runs with ${formatCompact(data.wallets)} wallets, day ${data.day}`,
        columns: [
          { label: 'Scenario' },
          { label: 'Metric' },
          { label: data.baseline, numeric: true },
          { label: 'Difference', numeric: true },
          { label: `${level} interval`, numeric: true },
          { label: 'Relative', numeric: true },
        ],
        rows: data.rows.map((row): Cell[] => [
          row.scenarioLabel,
          row.metricLabel,
          formatFigure(row.baseline, row.format),
          {
            text: formatDifference(row.difference, row.format),
            tone: certain(row) ? 'strong' : 'muted',
          },
          `${formatDifference(row.low, row.format)} … ${formatDifference(row.high, row.format)}`,
          row.baseline === 0
            ? '–'
            : formatDifference(row.difference / Math.abs(row.baseline), 'share').replace(
                ' pp',
                ' %',
              ),
        ]),
      },
    ],
    definition: `Mean over ${data.runs} pairs of (scenario − baseline), both runs of a pair drawing the same random numbers; interval of the mean by Student’s t. Grey differences are not distinguishable from zero.`,
    assumed: [
      `Runs of ${formatCompact(data.wallets)} wallets, amounts scaled to the full population.`,
      'Many comparisons are made at once: about one in ten would exclude zero by chance alone.',
    ],
  };
}

function certain(row: ComparisonRow): boolean {
  return row.low > 0 || row.high < 0;
}
