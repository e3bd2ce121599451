export { comparePaired } from './prepare/compare-paired.js';
export { metricFormats, metricNames } from './prepare/metric-names.js';
export { summarizeEnsemble } from './prepare/summarize-ensemble.js';
export { summarizePlan } from './prepare/summarize-plan.js';
export type { Report, ReportFile } from './render/build-report.js';
export { buildReport } from './render/build-report.js';
export { renderPng } from './render/render-png.js';
export type {
  AuditSummary,
  BalanceSheet,
  Bands,
  ChainFacts,
  Column,
  ComparisonRow,
  FlowMatrix,
  HistoryFact,
  KeyFigure,
  ModelNotes,
  PlanSummary,
  ReportInput,
  RunManifest,
  ScenarioComparison,
  ScenarioPath,
  SupplyIdentity,
} from './report-input.js';
