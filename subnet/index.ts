// avalanchego: the real node
export { type BuiltNode, buildNode } from './avalanchego/binaries/build-node.js';
export { fetchNode, type PinnedArchive } from './avalanchego/binaries/fetch-node.js';
export { type FoundNode, findNode } from './avalanchego/binaries/find-node.js';
export { inspectNode, type NodeBinaries } from './avalanchego/binaries/inspect-node.js';
export { deriveNodeIdentity, type NodeIdentity } from './avalanchego/keys/derive-node-identity.js';
export { compileUpgradeFile } from './avalanchego/network/compile-upgrade-file.js';
export {
  V1_14_2,
  VERSION_PROFILES,
  type VersionProfile,
} from './avalanchego/network/version-profile.js';
export { type PreparedL1, prepareL1 } from './avalanchego/p-chain/prepare-l1.js';
export {
  type CompiledNetwork,
  compileNetwork,
  type NetworkParameters,
} from './avalanchego/plan/compile-network.js';
export type { NetworkManifest } from './avalanchego/plan/network-manifest.js';
export { type NetworkObservation, planNetwork } from './avalanchego/plan/plan-network.js';
export type { Topology } from './avalanchego/plan/topology.js';
export { endProcesses } from './avalanchego/process/end-processes.js';
export { findProcesses } from './avalanchego/process/find-processes.js';
export type { RunningNode } from './avalanchego/process/spawn-node.js';
export { startNode } from './avalanchego/process/start-node.js';
export { getNetworkStatus, type NetworkStatus } from './avalanchego/state/get-network-status.js';
export {
  type RunningNetwork,
  type StartNetworkParameters,
  startNetwork,
} from './avalanchego/topologies/start-network.js';
export {
  type RunningSingle,
  type StartSingleParameters,
  startSingle,
} from './avalanchego/topologies/start-single.js';
export { verifyNetwork } from './avalanchego/verify/verify-network.js';
// clients
export { connectDeployment, connectSigner } from './clients/connect-deployment.js';
export { connectRpc } from './clients/connect-rpc.js';
// clients: native crypto
export { loadNativeCrypto, type NativeCrypto } from './clients/native-crypto.js';
// deploy: the plan's contracts onto a chain
export { type DeployedPlan, type DeployPlanParameters, deployPlan } from './deploy/deploy-plan.js';
export type {
  DeploymentChain,
  DeploymentReceipt,
  DeploymentSigner,
} from './deploy/deployment-chain.js';
export type { DeploymentStep, StepCondition } from './deploy/deployment-step.js';
export { planDeployment } from './deploy/plan-deployment.js';
export type { PlannedContract, PlannedDeployment } from './deploy/planned-deployment.js';
export { readDeployment, type SavedDeployment } from './deploy/read-deployment.js';
export { deploymentFiles } from './deploy/write-manifest.js';
// embedded: the chain in this process
export type { EmbeddedChain, Mining } from './embedded/chain/embedded-chain.js';
export {
  type RunningEmbedded,
  type StartEmbeddedParameters,
  startEmbedded,
} from './embedded/start-embedded.js';
// evidence: what an audit asks of a chain, and nodes that lie
export { type Forgery, forgeAnswer } from './evidence/forge-answer.js';
export { createRpcSource } from './evidence/rpc-source.js';
export { readAnswers, saveAnswers } from './evidence/saved-answers.js';
export { type Lie, type LyingNode, startLyingNode } from './evidence/start-lying-node.js';
