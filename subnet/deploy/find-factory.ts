import { getContractAddress, keccak256 } from 'viem';
import { ToolkitError } from '../../genesis/base/errors.js';
import type { Hex } from '../../genesis/base/hash.js';
import type { DeploymentChain } from './deployment-chain.js';

/** The CREATE2 factory of a chain. */
export interface FoundFactory {
  readonly address: Hex;
  /** Number of the deployer's transaction that makes it or made it; absent when others did. */
  readonly nonce?: number;
}

/** Code of the deterministic deployment proxy, everywhere the same. */
export const create2FactoryCode: Hex =
  '0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3';
/** Where it stands on most chains. */
const wellKnown: Hex = '0x4e59b44847b379578588920cA78FbF26c0B4956C';
/** How many of the deployer's first transactions are looked at. */
const mostLooks = 200;

/**
 * Looks for the CREATE2 factory: at the plan's address, else among the contracts that the deployer has made. A chain without
 * one gets its own, by the deployer's next transaction: the usual transaction without a chain id is refused by Subnet-EVM.
 *
 * @throws ToolkitError `DEPLOY_FOREIGN_CODE` when other code stands at the plan's address.
 */
export async function findFactory(
  chain: DeploymentChain,
  deployer: Hex,
  address: Hex = wellKnown,
): Promise<FoundFactory> {
  const code = await chain.code(address);
  if (code === create2FactoryCode) return { address };
  if (code !== '0x') {
    throw new ToolkitError({
      code: 'DEPLOY_FOREIGN_CODE',
      message: `At the address of the CREATE2 factory stands other code (${keccak256(code)}).`,
      where: address,
      next: 'Give predeploys.create2Factory an address that is free, or that holds the factory.',
    });
  }
  const next = await chain.nonce(deployer);
  const addressOf = (nonce: number) => getContractAddress({ from: deployer, nonce: BigInt(nonce) });
  for (let nonce = 0; nonce < Math.min(next, mostLooks); nonce += 1) {
    const made = addressOf(nonce);
    if ((await chain.code(made)) === create2FactoryCode) return { address: made, nonce };
  }
  return { address: addressOf(next), nonce: next };
}
