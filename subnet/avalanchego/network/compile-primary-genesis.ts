import type { NodeIdentity } from '../keys/derive-node-identity.js';

/** Base units of AVAX on the P-Chain. */
const NANO_AVAX_PER_AVAX = 1_000_000_000n;
const YEAR_SECONDS = 31_536_000;

export interface PrimaryGenesisParameters {
  /** Any number but 1, 5 and 12345, which have a genesis of their own. */
  readonly networkId: number;
  /** Seconds since the epoch, a little in the past; part of the network's identity. */
  readonly startTime: number;
  /** Nodes that validate the primary network from the first block. */
  readonly stakers: readonly NodeIdentity[];
  /** `X-custom1…` address that owns the spendable coins on the P-Chain. */
  readonly fundingAddress: string;
  /** `X-custom1…` address whose coins are staked for the first stakers. */
  readonly stakeAddress: string;
  /** How many spendable UTXOs the funding address gets, numbered from 0: one for each transaction prepared offline. */
  readonly fundingUtxos: number;
}

/** Amount of each spendable UTXO of a genesis made here, in nAVAX: 100,000 AVAX. */
export const FUNDING_UTXO_NANO_AVAX: bigint = 100_000n * NANO_AVAX_PER_AVAX;

/**
 * The JSON of AvalancheGo's `--genesis-file` for a custom network. Total supply stays far below the
 * 720 million AVAX where the node's reward calculator would wrap around. No coin is given to the
 * X-Chain, which makes the ID of AVAX a function of the network ID alone.
 */
export function compilePrimaryGenesis(parameters: PrimaryGenesisParameters): string {
  const noEthereumAddress = `0x${'00'.repeat(20)}`;
  return `${JSON.stringify(
    {
      networkID: parameters.networkId,
      allocations: [
        {
          ethAddr: noEthereumAddress,
          avaxAddr: parameters.fundingAddress,
          initialAmount: 0,
          unlockSchedule: Array.from({ length: parameters.fundingUtxos }, () => ({
            amount: Number(FUNDING_UTXO_NANO_AVAX),
          })),
        },
        {
          ethAddr: noEthereumAddress,
          avaxAddr: parameters.stakeAddress,
          initialAmount: 0,
          unlockSchedule: [
            { amount: Number(1_000_000n * NANO_AVAX_PER_AVAX) * parameters.stakers.length },
          ],
        },
      ],
      startTime: parameters.startTime,
      initialStakeDuration: YEAR_SECONDS,
      initialStakeDurationOffset: 5_400,
      initialStakedFunds: [parameters.stakeAddress],
      initialStakers: parameters.stakers.map((staker) => ({
        nodeID: staker.nodeId,
        rewardAddress: parameters.fundingAddress,
        delegationFee: 1_000_000,
        signer: {
          publicKey: hex(staker.publicKey),
          proofOfPossession: hex(staker.proofOfPossession),
        },
      })),
      cChainGenesis: JSON.stringify({
        config: { chainId: parameters.networkId },
        nonce: '0x0',
        timestamp: `0x${(1_607_144_400).toString(16)}`,
        extraData: '0x00',
        gasLimit: '0x5f5e100',
        difficulty: '0x0',
        mixHash: `0x${'00'.repeat(32)}`,
        coinbase: noEthereumAddress,
        alloc: {},
        number: '0x0',
        gasUsed: '0x0',
        parentHash: `0x${'00'.repeat(32)}`,
      }),
      message: 'masa local network',
    },
    null,
    2,
  )}\n`;
}

function hex(bytes: Uint8Array): string {
  return `0x${Buffer.from(bytes).toString('hex')}`;
}
