// avalanchego: the real node
export { type BuiltNode, buildNode } from './avalanchego/binaries/build-node.js';
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
export { type RunningNode, startNode } from './avalanchego/process/start-node.js';
export {
  type RunningSingle,
  type StartSingleParameters,
  startSingle,
} from './avalanchego/topologies/start-single.js';
