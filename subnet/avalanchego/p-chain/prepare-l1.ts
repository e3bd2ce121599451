import {
  Address,
  avaxSerial,
  BigIntPr,
  Bytes,
  Id,
  Int,
  L1Validator,
  OutputOwners,
  PChainOwner,
  pvm,
  pvmSerial,
  secp256k1,
  TransferOutput,
  UnsignedTx,
  Utxo,
} from '@avalabs/avalanchejs';
import type { NodeIdentity } from '../keys/derive-node-identity.js';
import { FUNDING_UTXO_NANO_AVAX } from '../network/compile-primary-genesis.js';
import { SUBNET_EVM_ID } from '../network/vm-id.js';
import { createLocalContext, IDLE_FEE_STATE, P_CHAIN_ID } from './local-context.js';
import { type SignedTransaction, signTransaction } from './sign-transaction.js';

export interface PrepareL1Parameters {
  readonly networkId: number;
  /** secp256k1 secret key that owns the genesis UTXOs and will own the subnet. */
  readonly fundingKey: Uint8Array;
  /** Number of the first of three genesis UTXOs to spend; two L1s must not share any. */
  readonly firstUtxo: number;
  /** ASCII letters, digits and spaces, at most 128. */
  readonly chainName: string;
  /** The exact text of genesis.json; its bytes are part of the chain's identity. */
  readonly genesis: string;
  readonly validators: readonly L1ValidatorParameters[];
}

export interface L1ValidatorParameters {
  readonly identity: NodeIdentity;
  /** At least 20 in total, or consensus cannot sample. */
  readonly weight: bigint;
  /** Prepaid fee in nAVAX; one AVAX lasts for decades on a local network. */
  readonly balance: bigint;
}

export interface PreparedL1 {
  readonly subnetId: string;
  readonly blockchainId: string;
  /** In the order of sending. */
  readonly createSubnet: SignedTransaction;
  readonly createChain: SignedTransaction;
  readonly convert: SignedTransaction;
}

/**
 * Builds and signs the three transactions that make an L1, before the network exists: each spends a
 * UTXO of its own from the genesis. So the subnet can be tracked and the chain's configuration be in
 * place at the first start of the node, which then needs no restart.
 */
export async function prepareL1(parameters: PrepareL1Parameters): Promise<PreparedL1> {
  const { networkId, fundingKey, firstUtxo } = parameters;
  const context = createLocalContext(networkId);
  const owner = secp256k1.publicKeyBytesToAddress(secp256k1.getPublicKey(fundingKey));
  const common = (index: number) => ({
    feeState: IDLE_FEE_STATE,
    fromAddressesBytes: [owner],
    minIssuanceTime: 1n, // avalanchejs asks for a lock time strictly below it
    utxos: [genesisUtxo(context.avaxAssetID, owner, firstUtxo + index)],
  });

  const createSubnet = await signTransaction(
    pvm.newCreateSubnetTx({ ...common(0), subnetOwners: [owner] }, context),
    fundingKey,
  );
  const subnetId = createSubnet.id;

  const genesisBytes = new TextEncoder().encode(parameters.genesis);
  const draft = pvm.newCreateChainTx(
    {
      ...common(1),
      chainName: parameters.chainName,
      fxIds: [],
      genesisData: placeholderOfLength(genesisBytes.length),
      subnetAuth: [0],
      subnetId,
      vmId: SUBNET_EVM_ID,
    },
    context,
  );
  const createChain = await signTransaction(withGenesis(draft, genesisBytes), fundingKey);

  const ownerOnly = PChainOwner.fromNative([owner]);
  const validators = [...parameters.validators]
    .sort((a, b) => Buffer.compare(a.identity.nodeIdBytes, b.identity.nodeIdBytes))
    .map(({ identity, weight, balance }) =>
      L1Validator.fromNative(
        identity.nodeId,
        weight,
        balance,
        new pvmSerial.ProofOfPossession(identity.publicKey, identity.proofOfPossession),
        ownerOnly,
        ownerOnly,
      ),
    );
  const convert = await signTransaction(
    pvm.newConvertSubnetToL1Tx(
      {
        ...common(2),
        address: new Uint8Array(20),
        chainId: createChain.id,
        subnetAuth: [0],
        subnetId,
        validators,
      },
      context,
    ),
    fundingKey,
  );
  return { subnetId, blockchainId: createChain.id, createSubnet, createChain, convert };
}

function genesisUtxo(assetId: string, owner: Uint8Array, index: number): Utxo<TransferOutput> {
  return new Utxo(
    avaxSerial.UTXOID.fromNative(P_CHAIN_ID, index), // 32 zero bytes stand for "genesis"
    Id.fromString(assetId),
    new TransferOutput(
      new BigIntPr(FUNDING_UTXO_NANO_AVAX),
      new OutputOwners(new BigIntPr(0n), new Int(1), [new Address(owner)]),
    ),
  );
}

/** avalanchejs writes the genesis with `JSON.stringify`; fees depend on its length only, so a stand-in serves. */
function placeholderOfLength(length: number): Record<string, unknown> {
  return { x: 'x'.repeat(length - JSON.stringify({ x: '' }).length) };
}

/** The same transaction with the genesis' own bytes. */
function withGenesis(draft: UnsignedTx, genesis: Uint8Array): UnsignedTx {
  const tx = draft.getTx() as pvmSerial.CreateChainTx;
  return new UnsignedTx(
    new pvmSerial.CreateChainTx(
      tx.baseTx,
      tx.subnetID,
      tx.chainName,
      tx.vmID,
      tx.fxIds,
      new Bytes(genesis),
      tx.subnetAuth,
    ),
    draft.utxos,
    draft.addressMaps,
  );
}
