import { encodeFunctionData, keccak256, parseEther } from 'viem';
import {
  feeSplitter,
  masaStaking,
  vestingVault,
  wmasa,
} from '../../../contracts/generated/index.js';
import type { DeploymentManifest } from '../../../genesis/audit/deployment-manifest.js';
import { ToolkitError } from '../../../genesis/base/errors.js';
import type { Hex } from '../../../genesis/base/hash.js';
import type { ResolvedPlan } from '../../../genesis/plan/resolved-plan.js';
import { connectDeployment } from '../../../subnet/clients/connect-deployment.js';
import type { DeploymentChain, DeploymentSigner } from '../../../subnet/deploy/deployment-chain.js';
import { deriveTestSigners } from '../../../subnet/deploy/derive-test-signers.js';

export interface UsedContract {
  readonly what: string;
  readonly gasUsed: number;
  readonly blockNumber: number;
}

/** Uses every contract that is on the chain once, as its users would, from the plan's local accounts. */
export async function useContracts(
  plan: ResolvedPlan,
  manifest: DeploymentManifest,
  rpcUrl: string,
): Promise<UsedContract[]> {
  const chain = connectDeployment(rpcUrl);
  const signers = deriveTestSigners(plan.overlays, rpcUrl);
  const user = signers.find(({ address }) => address === plan.accounts.treasury) ?? signers[0];
  if (user === undefined) return [];
  const at = (name: string) =>
    manifest.contracts.find((contract) => contract.name === name)?.address as Hex | undefined;
  const used: UsedContract[] = [];
  const send = async (what: string, to: Hex | undefined, data: Hex, value = 0n) => {
    if (to === undefined) return;
    used.push({ what, ...(await sendTransaction(chain, user, manifest.chainId, to, data, value)) });
  };
  const term = plan.staking?.terms[0]?.periods;
  if (term !== undefined) {
    const data = encodeFunctionData({ abi: masaStaking.abi, functionName: 'stake', args: [term] });
    await send(
      `stake 1,000 ${plan.token.symbol} for ${term} periods`,
      at('MasaStaking'),
      data,
      parseEther('1000'),
    );
  }
  const grants = plan.allocation.flatMap((group) => group.grants);
  if (grants.length > 0) {
    // Early claims pay what has vested until now; a grant that is still locked is left alone.
    const index = grants.findIndex(({ lockSeconds }) => lockSeconds === 0);
    if (index >= 0) {
      const data = encodeFunctionData({
        abi: vestingVault.abi,
        functionName: 'claim',
        args: [BigInt(index)],
      });
      await send(`claim what has vested of grant ${grants[index]!.id}`, at('VestingVault'), data);
    }
  }
  await send(
    'wrap 10',
    at('WMASA'),
    encodeFunctionData({ abi: wmasa.abi, functionName: 'deposit' }),
    parseEther('10'),
  );
  await send(
    'distribute the fees: burn first',
    at('FeeSplitter'),
    encodeFunctionData({ abi: feeSplitter.abi, functionName: 'distribute' }),
  );
  return used;
}

async function sendTransaction(
  chain: DeploymentChain,
  signer: DeploymentSigner,
  chainId: number,
  to: Hex,
  data: Hex,
  value: bigint,
): Promise<{ gasUsed: number; blockNumber: number }> {
  const gas = ((await chain.estimateGas({ from: signer.address, to, data, value })) * 11n) / 10n;
  const nonce = await chain.nonce(signer.address);
  const raw = await signer.sign({ chainId, nonce, to, data, value, gas, ...(await chain.fees()) });
  await chain.send(raw);
  for (let look = 0; look < 200; look += 1) {
    const receipt = await chain.receipt(keccak256(raw));
    if (receipt?.status === 'success')
      return { gasUsed: receipt.gasUsed, blockNumber: receipt.blockNumber };
    if (receipt !== undefined) break;
    await chain.pause();
  }
  throw new ToolkitError({
    code: 'DEMO_TRANSACTION',
    message: 'A transaction of the demo failed or was not mined.',
    where: `transaction ${keccak256(raw)}`,
    next: 'Run again with --verbose and report this.',
  });
}
