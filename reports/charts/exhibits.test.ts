import { beforeAll, describe, expect, it } from 'vitest';
import { syntheticReportInput } from '../fixtures/synthetic-report-input.js';
import { formatMicro } from '../format/format-number.js';
import { prepareExhibits } from '../prepare/prepare-exhibits.js';
import { renderSvg } from '../render/render-svg.js';
import type { ReportInput } from '../report-input.js';
import { logarithmicTicks } from './chart-spec.js';
import { type Exhibit, narrowLayout, wideLayout } from './exhibit.js';
import { annualisedInflation } from './net-inflation.js';

let input: ReportInput;
let exhibits: readonly Exhibit[];
beforeAll(() => {
  input = syntheticReportInput();
  exhibits = prepareExhibits(input);
});
const exhibit = (number: number, of = exhibits) => of.find((item) => item.number === number)!;
const text = (cell: Exhibit['tables'][number]['rows'][number][number]) =>
  typeof cell === 'string' ? cell : cell.text;

describe('the exhibits', () => {
  it('are those of the first version, in order', () => {
    expect(exhibits.map((item) => item.number)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 10, 14, 22, 24, 26,
    ]);
  });

  it('have unique ids and say what is assumed', () => {
    const ids = exhibits.flatMap((item) => [item.id, ...item.tables.map((table) => table.id)]);
    expect(new Set(ids).size).toBe(ids.length);
    const charts = exhibits.flatMap((item) => item.charts.map((chart) => chart.id));
    expect(new Set(charts).size).toBe(charts.length);
    for (const item of exhibits) {
      expect(item.definition.length, item.id).toBeGreaterThan(40);
      if (item.number !== 26) expect(item.assumed.length, item.id).toBeGreaterThan(0);
      for (const chart of item.charts) expect(chart.alt.length, chart.id).toBeGreaterThan(30);
    }
  });

  it('have tables whose rows are as wide as their heads', () => {
    for (const table of exhibits.flatMap((item) => item.tables)) {
      for (const row of [...table.rows, ...(table.footer ?? [])]) {
        expect(row.length, table.id).toBe(table.columns.length);
      }
    }
  });

  it('compile and draw without a warning in both layouts', async () => {
    for (const chart of exhibits.flatMap((item) => item.charts)) {
      for (const layout of [wideLayout, narrowLayout]) {
        const { svg, warnings } = await renderSvg(chart.spec(layout));
        expect(warnings, chart.id).toEqual([]);
        expect(svg, chart.id).toMatch(new RegExp(`^<svg[^>]* width="${layout.width}"`));
        expect(svg, chart.id).not.toContain('NaN');
      }
    }
  });

  it('draw few points', () => {
    for (const chart of exhibits.flatMap((item) => item.charts)) {
      const { datasets } = chart.spec(wideLayout) as { datasets: Record<string, unknown[]> };
      const rows = Object.values(datasets).reduce((sum, set) => sum + set.length, 0);
      expect(rows, chart.id).toBeLessThan(1100);
    }
  });

  it('keep their specifications', () => {
    const specs = exhibits.flatMap((item) =>
      item.charts.map((chart) => {
        const { datasets, config, ...spec } = chart.spec(wideLayout) as Record<string, unknown>;
        expect(config).toBeDefined();
        return { id: chart.id, datasets: Object.keys(datasets as object), spec };
      }),
    );
    expect(specs).toMatchSnapshot();
  });
});

describe('exhibit 2', () => {
  it('sums to the supply and says so', () => {
    const footer = exhibit(2).tables[0]!.footer![0]!.map(text);
    expect(footer[1]).toBe('100 %');
    expect(footer[2]).toBe('1,000,000,000');
    expect(footer[4]).toBe('residual 0');
  });

  it('prints what is missing when a group is wrong by one micro-token', () => {
    const groups = input.plan.groups.map((group, index) =>
      index === 0 ? { ...group, amountMicro: group.amountMicro - 1n } : group,
    );
    const bad = prepareExhibits({ ...input, plan: { ...input.plan, groups } });
    expect(text(exhibit(2, bad).tables[0]!.footer![0]![4]!)).toBe(`residual ${formatMicro(1n)}`);
  });
});

describe('exhibit 3', () => {
  it('marks the ends of locks and the cliff’s lump', () => {
    const monthly = exhibit(3).charts[1]!.spec(wideLayout) as {
      datasets: {
        unlocked: { month: number; group: string; tokens: number }[];
        marks: { month: number; label: string }[];
      };
    };
    expect(monthly.datasets.marks).toEqual([
      { month: 6, label: 'Private rounds: lock ends' },
      { month: 12, label: 'Team and advisers: cliff' },
    ]);
    const team = monthly.datasets.unlocked.filter((row) => row.group === 'Team and advisers');
    expect(team[11]).toMatchObject({ month: 12, tokens: 50_000_000 });
  });
});

describe('exhibit 4', () => {
  it('stacks to the supply at every point', () => {
    const { datasets } = exhibit(4).charts[0]!.spec(wideLayout) as {
      datasets: { supply: { month: number; tokens: number }[] };
    };
    const sums = new Map<number, number>();
    for (const row of datasets.supply) sums.set(row.month, (sums.get(row.month) ?? 0) + row.tokens);
    expect(sums.size).toBeGreaterThan(50);
    for (const sum of sums.values()) expect(Math.abs(sum / 1e9 - 1)).toBeLessThan(1e-5);
  });

  it('shows a residual that is not zero', () => {
    const bad = prepareExhibits({
      ...input,
      supply: { ...input.supply, balancesMicro: input.supply.balancesMicro - 7n },
    });
    expect(exhibit(4, bad).tables[0]!.footer![0]![2]).toMatchObject({
      text: '0.000007 EXA',
      tone: 'bad',
    });
  });
});

describe('exhibit 7', () => {
  it('annualises the logarithmic growth', () => {
    expect(annualisedInflation([100, 100 * Math.exp(0.01)])[0]).toBeCloseTo(0.12, 12);
  });
});

describe('exhibit 8', () => {
  it('says in words what would falsify the flywheel and counts the facts that do', () => {
    const words = exhibit(8).words!;
    expect(words.title).toBe('What would falsify the flywheel');
    expect(words.items.at(-1)).toMatch(/Of 5 historical facts, \d lie outside/);
  });

  it('draws paths alone when there is no ensemble', async () => {
    const { bands: _, ...rest } = input;
    const alone = prepareExhibits(rest);
    expect(exhibit(1, alone)).toBeUndefined();
    expect(exhibit(8, alone).lead).toContain('no band is drawn');
    const { warnings } = await renderSvg(exhibit(8, alone).charts[0]!.spec(wideLayout));
    expect(warnings).toEqual([]);
  });
});

describe('exhibit 24', () => {
  it('sums every row and column to zero', () => {
    const table = exhibit(24).tables[0]!;
    for (const row of table.rows) expect(text(row.at(-1)!)).toBe('0');
    expect(table.footer![1]!.slice(1).map(text)).toEqual(
      new Array(table.columns.length - 1).fill('0'),
    );
  });

  it('says no when one transfer has lost a micro-token', () => {
    const flows = input.flows!;
    const rows = flows.rows.map((row, index) =>
      index === 2
        ? { ...row, netMicro: row.netMicro.map((value, at) => (at === 0 ? value - 1n : value)) }
        : row,
    );
    const bad = exhibit(24, prepareExhibits({ ...input, flows: { ...flows, rows } }));
    expect(bad.lead).toContain('does not balance');
    expect(bad.tables[0]!.rows[2]!.at(-1)).toEqual({ text: '−0.000001', tone: 'bad' });
  });

  it('compares flows with balance sheets', () => {
    const flows = input.flows!;
    const sheet = (day: number, sign: bigint) => ({
      label: day === 0 ? 'genesis' : 'end',
      day,
      balancesMicro: flows.sectors.map((sector, index) => ({
        sector: sector.id,
        micro: 10n ** 15n + sign * flows.rows.reduce((sum, row) => sum + row.netMicro[index]!, 0n),
      })),
    });
    const good = prepareExhibits({ ...input, balanceSheets: [sheet(0, 0n), sheet(1460, 1n)] });
    expect(exhibit(24, good).lead).toContain('explain every change');
    const bad = prepareExhibits({ ...input, balanceSheets: [sheet(0, 0n), sheet(1460, 2n)] });
    expect(exhibit(24, bad).lead).toContain('do NOT explain');
  });
});

describe('a run without a column that is needed', () => {
  it('is refused by name', () => {
    const { priceUsd: _, ...columns } = input.paths[0]!.columns as Record<string, number[]>;
    const paths = [{ ...input.paths[0]!, columns }];
    expect(() => prepareExhibits({ ...input, paths })).toThrowError(
      expect.objectContaining({ code: 'REPORT_COLUMN_MISSING', exitCode: 2 }),
    );
  });
});

describe.each([1, 5, 45, 400])('a run of %d days', (days) => {
  it.each(['as it is', 'all zero'])('is drawn without a warning: %s', async (kind) => {
    const { bands: _, comparison: __, retention: ___, ...rest } = input;
    const paths = input.paths.map((path) => ({
      ...path,
      days,
      columns: Object.fromEntries(
        Object.entries(path.columns).map(([name, column]) => [
          name,
          kind === 'all zero' ? new Float64Array(days) : Array.from(column).slice(0, days),
        ]),
      ),
    }));
    for (const item of prepareExhibits({ ...rest, paths, history: [] })) {
      expect(item.lead, item.id).not.toMatch(/NaN|undefined|Infinity/);
      for (const chart of item.charts) {
        const { svg, warnings } = await renderSvg(chart.spec(wideLayout));
        expect(warnings, chart.id).toEqual([]);
        expect(svg, chart.id).not.toContain('NaN');
      }
    }
  });
});

describe('logarithmicTicks', () => {
  it.each([
    [
      [0.013, 0.4],
      [0.02, 0.05, 0.1, 0.2],
    ],
    [
      [1, 1000],
      [1, 3, 10, 30, 100, 300, 1000],
    ],
    [
      [1e-5, 1],
      [1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1],
    ],
    [[0, -1], []],
  ])('%j', (values, ticks) => expect(logarithmicTicks(values)).toEqual(ticks));
});
