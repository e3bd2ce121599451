import {
  feeSplitter,
  timelockController,
  vestingVault,
  wmasa,
} from '../../contracts/generated/index.js';
import type { PredeployArtifacts } from './plan-predeploys.js';

/** The toolkit's own contracts that stand in block 0. */
export const predeployArtifacts: PredeployArtifacts = {
  FeeSplitter: feeSplitter,
  TimelockController: timelockController,
  VestingVault: vestingVault,
  WMASA: wmasa,
};
