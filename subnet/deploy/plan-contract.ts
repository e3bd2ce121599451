import { getContractAddress, keccak256, stringToBytes } from 'viem';
import type { Hex } from '../../genesis/base/hash.js';
import { executeConstructor } from '../../genesis/compile/execute-constructor.js';
import type { ParsedGenesis } from '../../genesis/compile/parsed-genesis.js';
import type { DeploymentStep } from './deployment-step.js';
import type { PlannedContract } from './planned-deployment.js';

/** A contract that the CREATE2 factory is to make. */
export interface ContractOrder {
  readonly name: string;
  readonly purpose: string;
  /** Creation code and encoded constructor arguments. */
  readonly initcode: Hex;
  readonly constructorArguments: Hex;
  /** Wei that the constructor is called with. */
  readonly value: bigint;
  readonly deployer: Hex;
  readonly factory: Hex;
}

/** Address of a contract that the factory makes: by EIP-1014, with a salt that is the contract's name. */
export function predictAddress({
  name,
  factory,
  initcode,
}: Pick<ContractOrder, 'name' | 'factory' | 'initcode'>): Hex {
  return getContractAddress({
    opcode: 'CREATE2',
    from: factory,
    salt: saltOf(name),
    bytecode: initcode,
  });
}

/**
 * The step that makes a contract through the CREATE2 factory. Its constructor is executed here, at its address and with the
 * rules of the chain, so that the code on the chain is known before a transaction is sent.
 *
 * @param chain Block 0 of the plan.
 * @throws ToolkitError `GENESIS_CONSTRUCTOR_FAILED` (exit 2).
 */
export async function planContract(
  chain: ParsedGenesis,
  order: ContractOrder,
): Promise<{ readonly contract: PlannedContract; readonly step: DeploymentStep }> {
  const { name, purpose, initcode, constructorArguments, value, deployer, factory } = order;
  const address = predictAddress(order);
  const { code, storage } = await executeConstructor({
    address,
    initcode,
    value,
    sender: factory,
    chain,
  });
  const runtimeCodeHash = keccak256(code);
  const salt = saltOf(name);
  const step: DeploymentStep = {
    id: `create:${name}`,
    purpose,
    from: deployer,
    to: factory,
    data: `${salt}${initcode.slice(2)}`,
    value,
    typicalGas: creationGas(initcode, code, storage.size),
    condition: { kind: 'code', address, codeHash: runtimeCodeHash },
  };
  return {
    step,
    contract: {
      name,
      address,
      kind: 'create2',
      constructorArguments,
      creationCodeHash: hashCreationCode(initcode, constructorArguments),
      runtimeCodeHash,
      salt,
      step: step.id,
    },
  };
}

/** Keccak-256 of creation code without its constructor arguments. */
export function hashCreationCode(initcode: Hex, constructorArguments: Hex): Hex {
  const end = initcode.length - (constructorArguments.length - 2);
  return keccak256(initcode.slice(0, end) as Hex);
}

/** About what a creation costs: transaction, calldata, CREATE2, code deposit, new storage; a tenth for execution. */
export function creationGas(initcode: Hex, code: Hex, slots: number): bigint {
  const bytes = (hex: Hex) => BigInt(hex.length / 2 - 1);
  const base = 53_000n + 17n * bytes(initcode) + 200n * bytes(code) + 22_100n * BigInt(slots);
  return (base * 11n) / 10n;
}

const saltOf = (name: string): Hex => keccak256(stringToBytes(`masa/${name}`));
