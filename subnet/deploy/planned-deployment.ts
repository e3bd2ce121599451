import type { Hex } from '../../genesis/base/hash.js';
import type { DeploymentStep } from './deployment-step.js';

/** A contract of the deployment, with everything that is known before a transaction is sent. */
export interface PlannedContract {
  readonly name: string;
  readonly address: Hex;
  /** In block 0 of the plan; made through the CREATE2 factory; made by the deployer itself; there before, made by others. */
  readonly kind: 'predeploy' | 'create2' | 'create' | 'existing';
  readonly constructorArguments: Hex;
  /** Keccak-256 of the creation code without arguments. */
  readonly creationCodeHash: Hex;
  /** Keccak-256 of the code that its constructor leaves at this address, immutables filled in. */
  readonly runtimeCodeHash: Hex;
  readonly salt?: Hex;
  /** Id of the step that makes it. */
  readonly step?: string;
}

export interface PlannedDeployment {
  readonly deployer: Hex;
  /** In the order in which they are sent. */
  readonly steps: readonly DeploymentStep[];
  readonly contracts: readonly PlannedContract[];
}
