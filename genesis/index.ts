// base: amounts, time, errors, canonical JSON, hashes
export {
  formatTokens,
  type Micro,
  mulDivDown,
  parseTokens,
  parseWei,
  toMicroDown,
  WEI_PER_MICRO,
  WEI_PER_TOKEN,
  type Wei,
} from './base/amount.js';
export { canonicalJson } from './base/canonical-json.js';
export {
  type ExitCode,
  type Problem,
  ToolkitError,
  type ToolkitErrorParameters,
} from './base/errors.js';
export { type Hex, hashValue, keccak256, sha256 } from './base/hash.js';
export {
  SECONDS_PER_DAY,
  SECONDS_PER_MONTH,
  SECONDS_PER_STAKING_PERIOD,
  SECONDS_PER_YEAR,
} from './base/time.js';

// plan: text in, plan out
export { comparePlans, type PlanDifference } from './plan/compare-plans.js';
export { planJsonSchema } from './plan/plan-json-schema.js';
export { hashPlan, type ResolvePlanParameters, resolvePlan } from './plan/resolve-plan.js';
export type {
  Address,
  Confidence,
  Economy,
  FeeConfig,
  Provenance,
  ResolvedGrant,
  ResolvedGroup,
  ResolvedPlan,
} from './plan/resolved-plan.js';
export { unlockedOfGrant, unlockedSupply } from './plan/unlocked-supply.js';
