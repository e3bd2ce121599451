import { z } from 'zod';
import { ToolkitError } from '../base/errors.js';

const hash = z.string().regex(/^0x[0-9a-f]{64}$/, '32 bytes as lower-case hex');
const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/, '20 bytes as hex');
const bytes = z.string().regex(/^0x([0-9a-f]{2})*$/, 'bytes as lower-case hex');
const count = z.number().int().nonnegative();

const contractSchema = z.strictObject({
  /** Name of the contract in the sources, e.g. `MasaStaking`. */
  name: z.string().min(1),
  address,
  /** `predeploy`: in block 0; `create2`: made by a transaction through the CREATE2 factory. */
  kind: z.enum(['predeploy', 'create2']),
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
  /** SHA-256 of the genesis file's bytes. */
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
  try {
    value = JSON.parse(text);
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
  if (result.success) return result.data;
  throw new ToolkitError({
    code: 'MANIFEST_INVALID',
    message: `The manifest has ${result.error.issues.length} problem(s).`,
    where,
    problems: result.error.issues.map((issue) => ({
      code: 'MANIFEST_INVALID',
      path: issue.path.join('.') || '(top)',
      message: issue.message,
    })),
    next: 'Take the file that masa deploy run wrote, unchanged.',
    exitCode: 2,
  });
}
