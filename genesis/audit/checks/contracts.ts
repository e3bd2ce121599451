import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Hex } from '../../base/hash.js';
import { executeConstructor } from '../../compile/execute-constructor.js';
import type { AuditCheck, AuditEvidence } from '../audit-evidence.js';
import type { DeploymentManifest } from '../deployment-manifest.js';
import { type Difference, defineFinding } from '../finding.js';

/**
 * R-21, R-22, R-30, R-32: every contract is compiled again from the committed sources; its creation code is the manifest's,
 * and running it with the manifest's arguments gives the code that the chain has (for those of block 0: the storage too).
 */
export const checkContracts: AuditCheck = async (evidence) => {
  const differences: Difference[] = [];
  for (const contract of evidence.manifest.contracts)
    differences.push(...(await checkContract(evidence, contract)));
  const names = evidence.manifest.contracts.map(({ name }) => name).join(', ');
  return defineFinding('R-22', 'contracts rebuilt from source', names, differences);
};

async function checkContract(
  { manifest, genesis, blocks, crypto, rebuild }: AuditEvidence,
  contract: DeploymentManifest['contracts'][number],
): Promise<Difference[]> {
  const { name, kind } = contract;
  const address = contract.address.toLowerCase() as Hex;
  const differences: Difference[] = [];
  const compare = (what: string, expected: string, actual: string) => {
    if (expected !== actual) differences.push({ where: `${name}: ${what}`, expected, actual });
  };
  const hash = (code: Hex): Hex => `0x${bytesToHex(crypto.keccak256(hexToBytes(code.slice(2))))}`;
  const creation = await rebuild(name);
  if (creation === undefined)
    return [{ where: name, expected: 'sources in the package', actual: 'none' }];
  compare('creation code', contract.creationCodeHash, hash(creation));
  const account = blocks.at(-1)!.state.get(address);
  const code: Hex = `0x${bytesToHex(account?.code ?? new Uint8Array())}`;
  compare('runtime code', contract.runtimeCodeHash, hash(code));
  const initcode: Hex = `${creation}${contract.constructorArguments.slice(2)}`;
  const alloc = genesis.alloc.get(address);
  if (kind === 'create2') {
    const factory = manifest.contracts.find((other) => other.name === factoryName)?.address ?? '0x';
    const preimage =
      `ff${factory.slice(2)}${(contract.salt ?? '0x').slice(2)}${hash(initcode).slice(2)}`.toLowerCase();
    compare('CREATE2 address', address, `0x${hash(`0x${preimage}`).slice(26)}`);
  }
  const made = await attempt({
    address,
    initcode,
    value: kind === 'predeploy' ? (alloc?.balance ?? 0n) : 0n,
    sender: kind === 'predeploy' ? (manifest.deployer as Hex) : (factoryOf(manifest) ?? address),
    chainId: genesis.config.chainId ?? 0n,
    timestamp: genesis.timestamp,
  });
  if (typeof made === 'string') {
    compare('constructor', 'runs', made);
    return differences;
  }
  compare('code that its constructor leaves', code, made.code);
  if (kind === 'predeploy') {
    const text = (storage: ReadonlyMap<Hex, Hex>) => JSON.stringify([...storage].sort());
    compare('storage in block 0', text(alloc?.storage ?? new Map()), text(made.storage));
  }
  return differences;
}

/** What the constructor leaves, or why it failed: arguments are the manifest's claim too. */
async function attempt(request: Parameters<typeof executeConstructor>[0]) {
  try {
    return await executeConstructor(request);
  } catch (error) {
    return (error as Error).message;
  }
}

const factoryName = 'Create2Factory';

function factoryOf(manifest: DeploymentManifest): Hex | undefined {
  return manifest.contracts.find(({ name }) => name === factoryName)?.address as Hex | undefined;
}
