import { describe, expect, it } from 'vitest';
import { syntheticReportInput } from '../fixtures/synthetic-report-input.js';
import { assembleReportInput, type StudyOutcome } from './assemble-report-input.js';
import { metricNames } from './metric-names.js';
import { prepareExhibits } from './prepare-exhibits.js';

const synthetic = syntheticReportInput();

/** Run k is run 0 times 1 + k / 10; every scenario has the same runs. */
function study(scale: number, runs: number): StudyOutcome {
  return {
    days: 1460,
    scale,
    wallets: 1_400_000 / scale,
    scenarios: synthetic.paths.map(({ id, label, what, columns }) => ({
      id,
      label,
      what,
      runs: Array.from({ length: runs }, (_, run) => ({
        run,
        columns: Object.fromEntries(
          Object.entries(columns).map(([name, column]) => [
            name,
            Float64Array.from(column, (value) => value * (1 + run / 10)),
          ]),
        ),
      })),
    })),
  };
}

const common = {
  title: 'title',
  plan: synthetic.plan,
  supply: synthetic.supply,
  manifest: synthetic.manifest,
  model: synthetic.model,
};

describe('assembleReportInput', () => {
  it('draws run 0 of each full scenario as a path and pairs runs by their number', () => {
    const small = study(100, 3);
    const shuffled: StudyOutcome = {
      ...small,
      scenarios: small.scenarios.map((scenario, index) =>
        index === 1 ? { ...scenario, runs: [...scenario.runs].reverse() } : scenario,
      ),
    };
    const input = assembleReportInput({ ...common, full: study(1, 1), small: shuffled });
    expect(input.paths.map((path) => path.id)).toEqual(['base', 'burn', 'stress']);
    const burned = input.comparison!.rows.find(
      (row) => row.scenario === 'burn' && row.metric === metricNames.burned,
    )!;
    // Mean of 1, 1.1 and 1.2 times the burn of the baseline, all of it gone without burn.
    const last = Number(synthetic.paths[0]!.columns[metricNames.burned]![1459]);
    expect(burned.baseline).toBeCloseTo(1.1 * last, 0);
    expect(burned.difference).toBeCloseTo(-1.1 * last, 0);
    const price = input.comparison!.rows.find(
      (row) => row.scenario === 'burn' && row.metric === metricNames.price,
    )!;
    expect([price.difference, price.low, price.high]).toEqual([0, 0, 0]);
    expect(prepareExhibits(input).map((exhibit) => exhibit.number)).toContain(22);
  });

  it('sets thresholds from the launch and horizons from the length', () => {
    const input = assembleReportInput({ ...common, full: study(1, 1), small: study(100, 2) });
    const price = input.bands!.keyFigures.find((figure) => figure.metric === metricNames.price)!;
    expect(price.horizons.map((horizon) => horizon.day)).toEqual([365, 730, 1460]);
    expect(price.threshold!.kind).toBe('below');
    expect(input.bands!.bias.length).toBeGreaterThan(3);
  });

  it('draws no band from a single run and no comparison from one scenario', () => {
    const one = study(100, 1);
    const input = assembleReportInput({ ...common, full: study(1, 1), small: one });
    expect(input.bands).toBeUndefined();
    expect(input.comparison).toBeUndefined();
    const alone = { ...study(100, 3), scenarios: study(100, 3).scenarios.slice(0, 1) };
    expect(
      assembleReportInput({ ...common, full: study(1, 1), small: alone }).comparison,
    ).toBeUndefined();
  });

  it('leaves out facts after the end', () => {
    const history = [{ ...synthetic.history![0]!, day: 2000 }, synthetic.history![1]!];
    const input = assembleReportInput({ ...common, full: study(1, 1), history });
    expect(input.history).toHaveLength(1);
  });
});
