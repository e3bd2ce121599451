import { adoptionExhibit } from '../charts/adoption.js';
import { allocationExhibit } from '../charts/allocation.js';
import { circulatingSupplyExhibit } from '../charts/circulating-supply.js';
import { emissionBurnExhibit } from '../charts/emission-burn.js';
import type { Exhibit } from '../charts/exhibit.js';
import { flowMatrixExhibit } from '../charts/flow-matrix.js';
import { hasData } from '../charts/has-data.js';
import { keyFiguresExhibit } from '../charts/key-figures.js';
import { netInflationExhibit } from '../charts/net-inflation.js';
import { reproductionBoxExhibit } from '../charts/reproduction-box.js';
import { scenarioComparisonExhibit } from '../charts/scenario-comparison.js';
import { stakingRatioExhibit } from '../charts/staking-ratio.js';
import { wholeMonths } from '../charts/summarize-daily.js';
import { supplyBucketsExhibit } from '../charts/supply-buckets.js';
import { unlockScheduleExhibit } from '../charts/unlock-schedule.js';
import { microToTokens } from '../format/format-number.js';
import type { ReportInput, ScenarioPath } from '../report-input.js';
import { metricNames, supplyBuckets } from './metric-names.js';
import { preparePriceFan } from './prepare-price-fan.js';
import { prepareProofTables } from './prepare-proof.js';
import { drawnPoints, getColumn, monthlyPoints, sumColumns } from './series.js';

/** Every exhibit for which the input has data, in the order of their numbers. */
export function prepareExhibits(input: ReportInput): readonly Exhibit[] {
  const reference = input.paths[0];
  const { symbol } = input.plan.token;
  const history = input.history ?? [];
  const factsOf = (metric: string) => history.filter((fact) => fact.metric === metric);
  const exhibits: Exhibit[] = [
    allocationExhibit({
      symbol,
      supplyMicro: input.plan.token.supplyMicro,
      groups: input.plan.groups,
    }),
    reproductionBoxExhibit(input.manifest, prepareProofTables(input)),
  ];
  if (input.plan.unlocks.length > 0) {
    exhibits.push(
      unlockScheduleExhibit({
        symbol,
        months: Math.max(...input.plan.unlocks.map((row) => row.month)),
        groups: input.plan.groups,
        rows: input.plan.unlocks,
      }),
    );
  }
  if (input.bands !== undefined) exhibits.push(prepareKeyFigures(input, input.bands));
  if (input.comparison !== undefined) exhibits.push(scenarioComparisonExhibit(input.comparison));
  if (input.flows !== undefined) {
    exhibits.push(
      flowMatrixExhibit({
        symbol,
        flows: input.flows,
        balanceSheets: input.balanceSheets ?? [],
      }),
    );
  }
  if (reference !== undefined) {
    exhibits.push(
      prepareSupplyBuckets(input, reference),
      circulatingSupplyExhibit({
        symbol,
        months: months(reference),
        supply: microToTokens(input.plan.token.supplyMicro),
        rows: prepareCirculating(reference),
        history: factsOf(metricNames.circulating),
      }),
      emissionBurnExhibit({
        symbol,
        months: months(reference),
        rows: prepareEmissionBurn(reference),
        history: factsOf(metricNames.burned),
      }),
      netInflationExhibit({
        months: months(reference),
        minted: input.supply.mintedMicro > 0n,
        rows: prepareStocks(input, reference),
      }),
      preparePriceFan(input),
      prepareStakingRatio(input),
      adoptionExhibit({
        months: months(reference),
        rows: prepareAdoption(reference),
        retention: input.retention ?? [],
        history: factsOf(metricNames.wallets),
      }),
    );
  }
  return exhibits
    .map((exhibit) => ({ ...exhibit, charts: exhibit.charts.filter(hasData) }))
    .sort((a, b) => a.number - b.number);
}

function prepareKeyFigures(input: ReportInput, bands: NonNullable<ReportInput['bands']>): Exhibit {
  const reference = input.paths[0];
  const horizons = bands.keyFigures[0]?.horizons.map((horizon) => horizon.day) ?? [];
  const full: Record<string, number[]> = {};
  for (const { metric } of bands.keyFigures) {
    const column = reference?.columns[metric];
    if (column !== undefined) full[metric] = horizons.map((day) => column[day - 1] ?? Number.NaN);
  }
  return keyFiguresExhibit({
    runs: bands.runs,
    wallets: bands.wallets,
    scale: bands.scale,
    seed: input.manifest.seed,
    studyHash: input.manifest.hashes.find((hash) => hash.name === 'study')?.value ?? 'not stored',
    figures: bands.keyFigures,
    full,
  });
}

function prepareSupplyBuckets(input: ReportInput, path: ScenarioPath): Exhibit {
  const { genesisMicro, mintedMicro, balancesMicro } = input.supply;
  return supplyBucketsExhibit({
    symbol: input.plan.token.symbol,
    months: months(path),
    scenario: path.label,
    supply: microToTokens(genesisMicro + mintedMicro),
    buckets: supplyBuckets,
    rows: supplyBuckets.flatMap((bucket) =>
      drawnPoints(sumColumns(path, bucket.columns), 'last', 98).map((point) => ({
        month: point.month,
        bucket: bucket.id,
        tokens: point.value,
      })),
    ),
    residualMicro: genesisMicro + mintedMicro - balancesMicro,
  });
}

function prepareCirculating(path: ScenarioPath) {
  const free = drawnPoints(getColumn(path, metricNames.free), 'last');
  return drawnPoints(getColumn(path, metricNames.circulating), 'last').map((point, index) => ({
    month: point.month,
    unlocked: point.value,
    free: free[index]!.value,
  }));
}

function prepareEmissionBurn(path: ScenarioPath) {
  const emitted = monthlyPoints(getColumn(path, metricNames.emitted), 'sum');
  const burned = monthlyPoints(getColumn(path, metricNames.burned), 'last');
  return monthlyPoints(getColumn(path, metricNames.unlocked), 'sum').map((point, index) => ({
    month: point.month,
    unlocked: point.value,
    emitted: emitted[index]!.value,
    burned: burned[index]!.value - (burned[index - 1]?.value ?? 0),
  }));
}

function prepareStocks(input: ReportInput, path: ScenarioPath) {
  const genesis = microToTokens(input.supply.genesisMicro);
  const burned = monthlyPoints(getColumn(path, metricNames.burned), 'last');
  const mintedColumn = path.columns[metricNames.minted];
  const minted = mintedColumn === undefined ? undefined : monthlyPoints(mintedColumn, 'last');
  const launch = input.plan.groups.reduce((sum, group) => sum + group.tgeMicro, 0n);
  return [
    { month: 0, circulating: microToTokens(launch), total: genesis },
    ...monthlyPoints(getColumn(path, metricNames.circulating), 'last').map((point, index) => ({
      month: point.month,
      circulating: point.value,
      total: genesis + (minted?.[index]?.value ?? 0) - burned[index]!.value,
    })),
  ];
}

function prepareStakingRatio(input: ReportInput): Exhibit {
  const band = input.bands?.metrics[metricNames.stakingRatio];
  return stakingRatioExhibit({
    months: months(input.paths[0]!),
    rows: input.paths.slice(0, 3).flatMap((path) => {
      const staked = getColumn(path, metricNames.staked);
      const circulating = getColumn(path, metricNames.circulating);
      const ratio = Float64Array.from(staked, (value, day) =>
        circulating[day]! > 0 ? value / circulating[day]! : 0,
      );
      return drawnPoints(ratio, 'last').map((point) => ({
        month: point.month,
        scenario: path.label,
        ratio: point.value,
      }));
    }),
    fan:
      band === undefined
        ? []
        : drawnPoints(band.p5, 'last', 100).map((point, index) => ({
            month: point.month,
            p5: point.value,
            p95: drawnPoints(band.p95, 'last', 100)[index]!.value,
          })),
    runs: input.bands?.runs ?? 0,
    history: (input.history ?? []).filter((fact) => fact.metric === metricNames.stakingRatio),
  });
}

function prepareAdoption(path: ScenarioPath) {
  const active = drawnPoints(getColumn(path, metricNames.active), 'last');
  const buyers = drawnPoints(getColumn(path, metricNames.buyers), 'last');
  return drawnPoints(getColumn(path, metricNames.wallets), 'last').map((point, index) => ({
    month: point.month,
    wallets: point.value,
    active: active[index]!.value,
    buyers: buyers[index]!.value,
  }));
}

function months(path: ScenarioPath): number {
  return wholeMonths(path.days);
}
