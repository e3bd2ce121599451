import { z } from 'zod';
import { ToolkitError } from '../base/errors.js';
import type { JsonNode } from '../precompiles/json/json-node.js';
import { readJson } from '../precompiles/json/read-json.js';

const hash = z.string().regex(/^0x[0-9a-f]{64}$/, '32 bytes as lower-case hex');
const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/, '20 bytes as hex');
const bytes = z.string().regex(/^0x([0-9a-f]{2})*$/, 'bytes as lower-case hex');
const count = z.number().int().nonnegative();

const contractSchema = z.strictObject({
  /** Name of the contract in the sources, e.g. `MasaStaking`. */
  name: z.string().min(1),
  address,
  /**
   * `predeploy`: in block 0; `create2`: made by a transaction through the CREATE2 factory; `create`: made by a transaction
   * of the deployer; `existing`: stood on the chain before.
   */
  kind: z.enum(['predeploy', 'create2', 'create', 'existing']),
  /** ABI-encoded constructor arguments. */
  constructorArguments: bytes,
  /** Keccak-256 of the creation code without arguments, and of the code on the chain. */
  creationCodeHash: hash,
  runtimeCodeHash: hash,
  salt: hash.optional(),
  transactionHash: hash.optional(),
});

const manifestSchema = z.strictObject({
  version: z.literal(1),
  plan: z.strictObject({
    name: z.string(),
    profile: z.string(),
    overlays: z.array(z.string()),
    hash,
  }),
  chainId: z.number().int().positive(),
  genesisHash: hash,
  genesisStateRoot: hash,
  /** SHA-256 of the genesis file's bytes; zeros for a chain that was not started from the plan. */
  genesisFileHash: hash,
  compiler: z.strictObject({ version: z.string(), evmVersion: z.string(), optimizerRuns: count }),
  deployer: address,
  contracts: z.array(contractSchema),
  transactions: z.array(
    z.strictObject({
      step: z.string(),
      purpose: z.string(),
      hash: hash.optional(),
      blockNumber: count.optional(),
      gasUsed: count.optional(),
    }),
  ),
  roles: z.array(
    z.strictObject({
      contract: z.string(),
      address,
      role: z.string(),
      holders: z.array(address),
    }),
  ),
  /** Accounts that must hold no role anywhere. */
  rolelessAccounts: z.array(address),
});

/** What `masa deploy run` promises about a chain and `masa audit deployment` proves. */
export type DeploymentManifest = z.infer<typeof manifestSchema>;

/**
 * Reads a deployment manifest strictly: unknown keys, wrong types and torn files are refused, all problems together.
 *
 * @throws ToolkitError `MANIFEST_INVALID` (exit 2).
 */
export function parseDeploymentManifest(text: string, where: string): DeploymentManifest {
  let value: unknown;
  let twice: readonly string[];
  try {
    value = JSON.parse(text);
    twice = listDuplicateKeys(readJson(text, where), '');
  } catch (cause) {
    throw new ToolkitError({
      code: 'MANIFEST_INVALID',
      message: `The manifest is not JSON: ${(cause as Error).message}.`,
      where,
      next: 'Take the file that masa deploy run wrote; it is written whole or not at all.',
      exitCode: 2,
      cause,
    });
  }
  const result = manifestSchema.safeParse(value);
  if (result.success && twice.length === 0) return result.data;
  const issues = [
    ...twice.map((path) => ({
      path,
      message: 'stands twice; JSON readers differ on which counts',
    })),
    ...(result.error?.issues ?? []).map(({ path, message }) => ({
      path: path.join('.') || '(top)',
      message,
    })),
  ];
  throw new ToolkitError({
    code: 'MANIFEST_INVALID',
    message: `The manifest has ${issues.length} problem(s).`,
    where,
    problems: issues.map((issue) => ({ code: 'MANIFEST_INVALID', ...issue })),
    next: 'Take the file that masa deploy run wrote, unchanged.',
    exitCode: 2,
  });
}

function listDuplicateKeys({ members = [], items = [] }: JsonNode, path: string): string[] {
  const seen = new Set<string>();
  const at = (key: string | number) => (path === '' ? String(key) : `${path}.${key}`);
  return [
    ...members.flatMap(({ key, value }) => {
      const again = seen.has(key) ? [at(key)] : [];
      seen.add(key);
      return [...again, ...listDuplicateKeys(value, at(key))];
    }),
    ...items.flatMap((item, index) => listDuplicateKeys(item, at(index))),
  ];
}
