// audit: a running chain against what was promised

export type { ExpectedGenesis, RebuiltContract } from './audit/audit-evidence.js';
export type { AccountKind } from './audit/count-accounts.js';
export type { EvidenceSource } from './audit/evidence-source.js';
export type { Finding } from './audit/finding.js';
export { type AuditResult, type RunAuditParameters, runAudit } from './audit/run-audit.js';
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
// compile: genesis files in and out, block 0 without a node
export {
  type CompiledGenesis,
  type CompileGenesisOptions,
  compileGenesis,
  type Predeploy,
} from './compile/compile-genesis.js';
export { describeGenesis, type GenesisDescription } from './compile/describe-genesis.js';
export { diffGenesis, type GenesisDifference } from './compile/diff-genesis.js';
export { type GenesisBlock, type GenesisHeader, hashGenesis } from './compile/hash-genesis.js';
export { type LintFinding, type LintOptions, lintGenesis } from './compile/lint-genesis.js';
export { networkUpgrades } from './compile/network-upgrades.js';
export { type ParseGenesisOptions, parseGenesis } from './compile/parse-genesis.js';
export type { GenesisAccount, NetworkName, ParsedGenesis } from './compile/parsed-genesis.js';
export type { BlockBuilder, BlockBuilderParameters } from './evm/block-builder.js';
export { createBlockBuilder } from './evm/block-builder.js';
export type { ChainBlock } from './evm/chain-block.js';
export { genesisBlock, hashHeader } from './evm/chain-block.js';
// The chain in process
export type { Engine, EngineParameters } from './evm/engine.js';
export { createEngine, pureCrypto } from './evm/engine.js';
export type { CallMessage, CallParameters, CallResult } from './evm/execute-call.js';
export { executeCall } from './evm/execute-call.js';
export { processBlock } from './evm/process-block.js';
export type { SignedTransaction } from './evm/transaction.js';
export { parseTransaction } from './evm/transaction.js';
export type { BlockHeader, EvmCrypto, Log, Receipt, Rules } from './evm/types.js';
export { WorldState } from './evm/world-state.js';
// formulas: the arithmetic that contracts and simulator share
export { type FeeSplit, splitFee } from './formulas/fee-split.js';
export { type EmissionTerms, emittedAmount } from './formulas/programme-emission.js';
export { MICRO_PERCENT_WHOLE, stakingReward } from './formulas/staking-reward.js';
export { type VestingTerms, vestedAmount } from './formulas/vested-amount.js';
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
// precompiles: configuration, storage and ABI of the six of Subnet-EVM
export type { Precompile, PrecompileKey } from './precompiles/precompile.js';
export { findPrecompile, precompiles } from './precompiles/registry.js';
