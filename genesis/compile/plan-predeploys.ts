import { type AbiParameter, encodeAbiParameters, keccak256, stringToBytes } from 'viem';
import { ToolkitError } from '../base/errors.js';
import type { Hex } from '../base/hash.js';
import type { ResolvedGrant, ResolvedPlan } from '../plan/resolved-plan.js';

/** Compiled contracts that a genesis may need. */
export const predeployNames = [
  'FeeSplitter',
  'TimelockController',
  'WMASA',
  'VestingVault',
] as const;
/** Contracts that the toolkit can put into a genesis. */
export type PredeployName = (typeof predeployNames)[number] | 'Create2Factory';

/** What a compiled contract must bring. */
export interface PredeployArtifact {
  readonly abi: readonly unknown[];
  readonly creationCode: Hex;
}
export type PredeployArtifacts = Readonly<
  Record<(typeof predeployNames)[number], PredeployArtifact>
>;

/** A contract of block 0 before its constructor ran. */
export interface PlannedPredeploy {
  readonly name: PredeployName;
  /** As in the plan, checksummed. */
  readonly address: Hex;
  /** Creation code followed by the encoded constructor arguments. */
  readonly initcode: Hex;
  /** ABI-encoded constructor arguments. */
  readonly constructorArguments: Hex;
  readonly decodedArguments: readonly unknown[];
  /** Wei that the constructor is called with, which stay in the contract. */
  readonly value: bigint;
}

/** Creation code of the deterministic deployment proxy at 0x4e59…956C: it returns the 69 bytes after it. */
export const create2FactoryCreationCode: Hex =
  '0x604580600e600039806000f350fe7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3';

/** The contracts of the plan that stand in block 0, with their constructor arguments. */
export function planPredeploys(
  plan: ResolvedPlan,
  artifacts: PredeployArtifacts,
): PlannedPredeploy[] {
  const { feeSplitter, timelock, wmasa, create2Factory, vestingVault } = plan.predeploys;
  const grants = plan.allocation.flatMap((group) => group.grants);
  const vaultGrants = plan.allocation.flatMap((group) =>
    group.grants.map((grant) => vaultGrant(group.id, grant)),
  );
  if (grants.length > 0 && vestingVault === undefined) {
    throw new ToolkitError({
      code: 'GENESIS_NO_VAULT',
      message: `The plan has ${grants.length} vesting grants but no predeployed vesting vault to hold them.`,
      where: 'predeploys.vestingVault',
      next: 'Give predeploys.vestingVault an address, or make every group liquid.',
      exitCode: 2,
    });
  }
  const admin = timelock?.address ?? plan.accounts.admin ?? plan.accounts.deployer;
  const planned: PlannedPredeploy[] = [];
  const add = (
    name: keyof PredeployArtifacts,
    address: Hex,
    values: readonly unknown[],
    value = 0n,
  ) => {
    const { abi, creationCode } = artifacts[name];
    const constructorArguments = encodeConstructor(name, abi, values);
    const initcode: Hex = `${creationCode}${constructorArguments.slice(2)}`;
    planned.push({
      name,
      address,
      initcode,
      constructorArguments,
      decodedArguments: values,
      value,
    });
  };
  if (feeSplitter && plan.fees.mode === 'split') {
    const { burnBasisPoints, payees } = plan.fees;
    add('FeeSplitter', feeSplitter.address, [
      admin,
      burnBasisPoints,
      payees.map(({ address }) => address),
      payees.map(({ basisPoints }) => basisPoints),
    ]);
  }
  if (timelock) {
    add('TimelockController', timelock.address, [
      BigInt(timelock.minDelaySeconds),
      timelock.proposers,
      timelock.executors,
      `0x${'0'.repeat(40)}`,
    ]);
  }
  if (wmasa) add('WMASA', wmasa.address, []);
  if (create2Factory) {
    planned.push({
      name: 'Create2Factory',
      address: create2Factory.address,
      initcode: create2FactoryCreationCode,
      constructorArguments: '0x',
      decodedArguments: [],
      value: 0n,
    });
  }
  if (vestingVault) {
    add(
      'VestingVault',
      vestingVault.address,
      [vestingVault.admin, vaultGrants],
      grants.reduce((sum, { amount }) => sum + amount, 0n),
    );
  }
  return planned;
}

/** Key of a bucket in the vault: Keccak-256 of `group/bucket`. @example vaultBucketKey('growth', 'treasury') */
export function vaultBucketKey(group: string, bucket: string): Hex {
  return keccak256(stringToBytes(`${group}/${bucket}`));
}

/** A grant under the names that the vault's ABI gives its members. */
function vaultGrant(group: string, grant: ResolvedGrant): Readonly<Record<string, unknown>> {
  const { beneficiary, amount, tgeAmount, start, lockSeconds, linearSeconds, revocable } = grant;
  const mode = grant.mode === 'cliff' ? 1 : 0;
  const bucket = vaultBucketKey(group, grant.bucket);
  const schedule = { start, lockSeconds, linearSeconds, mode, revocable, bucket };
  return { beneficiary, amount, tgeAmount, ...schedule };
}

function encodeConstructor(name: string, abi: readonly unknown[], values: readonly unknown[]): Hex {
  const entries = abi as readonly { type: string; inputs?: readonly AbiParameter[] }[];
  const inputs = entries.find(({ type }) => type === 'constructor')?.inputs ?? [];
  if (inputs.length !== values.length) {
    throw new ToolkitError({
      code: 'GENESIS_CONSTRUCTOR_MISMATCH',
      message: `The constructor of ${name} takes ${inputs.length} arguments, the plan gives ${values.length}.`,
      next: 'Compile the contracts that belong to this version of the toolkit.',
    });
  }
  return encodeAbiParameters(inputs, values);
}
