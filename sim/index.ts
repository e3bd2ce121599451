export { type FlowMatrix, flowMatrix, sectorOf } from './analysis/flow-matrix.js';
export { type FinalsSummary, summarizeFinals } from './analysis/summarize-finals.js';
export { baseScenario } from './engine/base-scenario.js';
export type { Intervention } from './engine/intervention.js';
export { parseScenario } from './engine/parse-scenario.js';
export { type ModelRun, type RunModelParameters, runModel } from './engine/run-model.js';
export { hashStudy, listShards, type Scenario, type Shard, type Study } from './engine/study.js';
export { verifyScenarios } from './engine/verify-scenarios.js';
export { type Metric, metrics } from './model/metrics.js';
export { type BandOptions, queryBands } from './store/query-bands.js';
export { type QueryResult, queryParquet } from './store/query-parquet.js';
export { readRuns, type StudyRuns } from './store/read-runs.js';
export { readStoredPlan } from './store/stored-plan.js';
export { findStudyFolder, type ShardSummary, type StudyFolder } from './store/study-folder.js';
export { verifyStudyFolder } from './store/verify-study-folder.js';
export { hashModel } from './workers/hash-model.js';
export {
  type RunStudyParameters,
  runStudy,
  type StudyProgress,
  type StudyResult,
} from './workers/run-study.js';
export type { RunFigures } from './workers/run-worker.js';
