import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { avaxSerial, type pvmSerial, utils } from '@avalabs/avalanchejs';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { describe, expect, it } from 'vitest';
import { FIXTURE_SEED } from '../fixture/fixture-accounts.js';
import { deriveKey } from '../keys/derive-key.js';
import { deriveNodeIdentity } from '../keys/derive-node-identity.js';
import { prepareL1 } from './prepare-l1.js';

const fixtures = join(import.meta.dirname, '../../../genesis/evm/fixtures');
const read = (chain: string, file: string) => readFileSync(join(fixtures, chain, file), 'utf8');
const fundingKey = deriveKey(FIXTURE_SEED, 'p-chain/funding', secp256k1.Point.Fn.ORDER);
const validators = [
  { identity: deriveNodeIdentity(FIXTURE_SEED, 0), weight: 100n, balance: 1_000_000_000n },
];
const common = { networkId: 88_888, fundingKey, firstUtxo: 0, validators };

describe('prepareL1', () => {
  it.each([
    ['granite', 'fixture'],
    ['before-granite', 'fixture'],
    ['crossing', 'masa'],
  ])(
    'predicts the IDs that a real P-Chain gave to the recorded chain %s',
    async (chain, chainName) => {
      const network = JSON.parse(read(chain, 'network.json'));
      const genesis = read(chain, 'genesis.json').replace(/\n$/, '');
      const l1 = await prepareL1({ ...common, chainName, genesis });
      expect(l1.subnetId).toBe(network.subnetId);
      expect(l1.blockchainId).toBe(network.blockchainId);
    },
  );

  it('carries the exact genesis bytes, whatever their spelling', async () => {
    const genesis = '{ "b": 1.0,\n "a": 340282366920938463463374607431768211455 }';
    const l1 = await prepareL1({ ...common, chainName: 'masa', genesis });
    const [tx] = unpack(l1.createChain.bytes);
    expect(Buffer.from((tx as pvmSerial.CreateChainTx).genesisData.bytes).toString()).toBe(genesis);
  });

  it('sorts validators by NodeID and spends a UTXO of its own in each transaction', async () => {
    const many = [0, 1, 2, 3].map((index) => ({
      identity: deriveNodeIdentity('many', index),
      weight: 100n + BigInt(index),
      balance: 5n,
    }));
    const l1 = await prepareL1({
      ...common,
      chainName: 'masa',
      genesis: '{}'.padEnd(20),
      firstUtxo: 3,
      validators: many,
    });
    const [convert] = unpack(l1.convert.bytes);
    const ids = (convert as pvmSerial.ConvertSubnetToL1Tx).validators.map((validator) =>
      Buffer.from(validator.nodeId.bytes).toString('hex'),
    );
    expect(ids).toEqual([...ids].sort());
    expect(ids).toHaveLength(4);
    const spent = [l1.createSubnet, l1.createChain, l1.convert].map((transaction) => {
      const [tx] = unpack(transaction.bytes);
      return tx.baseTx.inputs.map((input) => input.utxoID.outputIdx.value());
    });
    expect(spent).toEqual([[3], [4], [5]]);
  });
});

function unpack(bytes: Uint8Array): [pvmSerial.BaseTx] {
  const codec = utils.getManagerForVM('PVM').getDefaultCodec();
  const [signed] = avaxSerial.SignedTx.fromBytes(bytes.subarray(2), codec);
  return [signed.unsignedTx as unknown as pvmSerial.BaseTx];
}
