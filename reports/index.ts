export { masaHistory } from './history/masa-history.js';
export {
  type AssembleReportInputParameters,
  assembleReportInput,
  type StudyOutcome,
} from './prepare/assemble-report-input.js';
export { comparePaired } from './prepare/compare-paired.js';
export { metricFormats, metricNames } from './prepare/metric-names.js';
export { type ModelMetric, reportColumns } from './prepare/report-columns.js';
export { summarizeEnsemble } from './prepare/summarize-ensemble.js';
export { summarizeFlows } from './prepare/summarize-flows.js';
export { summarizePlan } from './prepare/summarize-plan.js';
export { buildReport, type Report, type ReportFile } from './render/build-report.js';
export { exportCharts } from './render/export-charts.js';
export { renderPng } from './render/render-png.js';
export { writeReport } from './render/write-report.js';
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
