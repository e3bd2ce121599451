export type { Intervention } from './engine/intervention.js';
export { type ModelRun, type RunModelParameters, runModel } from './engine/run-model.js';
export { type Metric, metrics } from './model/metrics.js';
