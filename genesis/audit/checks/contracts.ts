import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Hex } from '../../base/hash.js';
import { executeConstructor } from '../../compile/execute-constructor.js';
import type { AuditEvidence, RebuiltContract } from '../audit-evidence.js';
import { collectDifferences } from '../collect-differences.js';
import type { DeploymentManifest } from '../deployment-manifest.js';
import type { AuditCheck, Difference } from '../finding.js';

/** Limits of EIP-170 and EIP-3860, in bytes. */
const largestCode = 24_576;
const largestInitCode = 49_152;

/**
 * R-16, R-17, R-20 to R-23, R-25, R-26, R-30 to R-32: every contract is compiled again from the committed sources with the
 * manifest's compiler and settings; its creation code is the manifest's, and running it with the manifest's arguments gives
 * the code that the chain has (for those of block 0: the storage too).
 */
export const checkContracts: AuditCheck = {
  id: 'contracts',
  numbers: ['R-22', 'R-16', 'R-17', 'R-20', 'R-21', 'R-23', 'R-25', 'R-26', 'R-30', 'R-31', 'R-32'],
  title: 'contracts rebuilt from source',
  next: 'What runs on the chain is not what these sources give: compare the package version with the one that deployed.',
  async run(evidence) {
    const { contracts } = evidence.manifest;
    const differences: Difference[] = [];
    for (const contract of contracts)
      differences.push(...(await checkContract(evidence, contract)));
    const names = contracts.map(({ name }) => name).join(', ');
    const { version, evmVersion, optimizerRuns } = evidence.manifest.compiler;
    return {
      detail: `${names}; solc ${version}, ${evmVersion}, ${optimizerRuns} optimizer runs.`,
      differences,
    };
  },
};

async function checkContract(
  { manifest, genesis, blocks, crypto, rebuild }: AuditEvidence,
  contract: DeploymentManifest['contracts'][number],
): Promise<Difference[]> {
  const { name, kind } = contract;
  const address = contract.address.toLowerCase() as Hex;
  const { compare: compareAt, differences } = collectDifferences();
  const compare = (what: string, expected: string, actual: string) =>
    compareAt(`${name}: ${what}`, expected, actual);
  const hash = (code: Hex): Hex => `0x${bytesToHex(crypto.keccak256(hexToBytes(code.slice(2))))}`;
  const rebuilt = await rebuild(name);
  if (rebuilt === undefined)
    return [{ where: name, expected: 'sources in the package', actual: 'none' }];
  compareBuild(manifest.compiler, rebuilt, compare);
  const { creationCode } = rebuilt;
  if (!/^0x([0-9a-f]{2})+$/.test(creationCode)) {
    compare('creation code', 'bytes without open library references', creationCode);
    return differences;
  }
  compare('creation code', contract.creationCodeHash, hash(creationCode));
  const account = blocks.at(-1)!.state.get(address);
  const code: Hex = `0x${bytesToHex(account?.code ?? new Uint8Array())}`;
  compare('runtime code', contract.runtimeCodeHash, hash(code));
  const initcode: Hex = `${creationCode}${contract.constructorArguments.slice(2)}`;
  compareSize('init code', initcode, largestInitCode, compare);
  compareSize('runtime code', code, largestCode, compare);
  const alloc = genesis.alloc.get(address);
  const factory = manifest.contracts.find((other) => other.name === 'Create2Factory')?.address;
  if (kind === 'create2') {
    const preimage = `ff${(factory ?? '0x').slice(2)}${(contract.salt ?? '0x').slice(2)}${hash(initcode).slice(2)}`;
    compare('CREATE2 address', address, `0x${hash(`0x${preimage.toLowerCase()}`).slice(26)}`);
  }
  const made = await attempt({
    address,
    initcode,
    value: kind === 'predeploy' ? (alloc?.balance ?? 0n) : 0n,
    sender: kind === 'predeploy' ? (manifest.deployer as Hex) : ((factory as Hex) ?? address),
    chain: genesis,
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

type Compare = (what: string, expected: string, actual: string) => void;

function compareBuild(
  stated: DeploymentManifest['compiler'],
  { build }: RebuiltContract,
  compare: Compare,
): void {
  if (build === undefined) return;
  compare('compiler', stated.version, build.compiler);
  compare('EVM version', stated.evmVersion, build.evmVersion);
  compare('optimizer runs', String(stated.optimizerRuns), String(build.optimizerRuns));
  // A path outside the package would go into the bytecode's metadata and tie it to one machine.
  for (const source of build.sources)
    if (/^([/\\]|[A-Za-z]:)|(^|[/\\])\.\.([/\\]|$)/.test(source))
      compare('path of a source', 'a path inside the package', source);
}

function compareSize(what: string, code: Hex, limit: number, compare: Compare): void {
  const bytes = (code.length - 2) / 2;
  if (bytes > limit) compare(`size of the ${what}`, `at most ${limit} bytes`, `${bytes} bytes`);
}

/** What the constructor leaves, or why it failed: arguments are the manifest's claim too. */
async function attempt(request: Parameters<typeof executeConstructor>[0]) {
  try {
    return await executeConstructor(request);
  } catch (error) {
    return (error as Error).message;
  }
}
