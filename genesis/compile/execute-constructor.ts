import { createCustomCommon, Hardfork, Mainnet } from '@ethereumjs/common';
import { createEVM } from '@ethereumjs/evm';
import { createAccount, createAddressFromString } from '@ethereumjs/util';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { ToolkitError } from '../base/errors.js';
import type { Hex } from '../base/hash.js';

interface ExecuteConstructorRequest {
  /** Where the contract will stand. */
  readonly address: Hex;
  /** Creation code with the encoded arguments. */
  readonly initcode: Hex;
  /** Wei sent to the constructor. */
  readonly value: bigint;
  readonly sender: Hex;
  readonly chainId: bigint;
  /** Unix seconds of block 0. */
  readonly timestamp: bigint;
}

/** What a constructor leaves behind. */
interface ExecutedConstructor {
  readonly code: Hex;
  /** Non-zero words by slot. */
  readonly storage: ReadonlyMap<Hex, Hex>;
}

/** Gas of a constructor: block 0 has no limit, this one stops endless loops. */
const GAS = 1_000_000_000n;
const CODE_BYTES_MAXIMUM = 24_576;

/** The part of ethereumjs' simple state manager that lists storage. */
interface ListableStorage {
  readonly storageStack: readonly ReadonlyMap<string, Uint8Array>[];
}

/**
 * Runs creation code at the contract's final address and chain id, as a deployment in block 0 would: what is
 * left are the deployed code with its immutables and the storage the constructor wrote. A constructor may not
 * touch other accounts; whatever it changes there is refused.
 *
 * @throws ToolkitError `GENESIS_CONSTRUCTOR_FAILED` with the revert data.
 */
export async function executeConstructor(
  request: ExecuteConstructorRequest,
): Promise<ExecutedConstructor> {
  const chain = { chainId: Number(request.chainId), name: 'genesis' };
  const common = createCustomCommon(chain, Mainnet, { hardfork: Hardfork.Cancun });
  const evm = await createEVM({ common });
  const address = createAddressFromString(request.address.toLowerCase());
  const sender = createAddressFromString(request.sender.toLowerCase());
  await evm.stateManager.putAccount(sender, createAccount({ nonce: 1n, balance: request.value }));
  await evm.stateManager.putAccount(address, createAccount({ nonce: 1n, balance: 0n }));
  const zero = createAddressFromString(`0x${'0'.repeat(40)}`);
  const result = await evm.runCall({
    to: address,
    code: hexToBytes(request.initcode.slice(2)),
    caller: sender,
    origin: sender,
    value: request.value,
    gasLimit: GAS,
    skipBalance: false,
    block: {
      header: {
        number: 0n,
        coinbase: zero,
        timestamp: request.timestamp,
        difficulty: 1n,
        prevRandao: hexToBytes(`${'0'.repeat(63)}1`),
        gasLimit: GAS,
        baseFeePerGas: 0n,
        getBlobGasPrice: () => 1n,
      },
    } as unknown as NonNullable<Parameters<typeof evm.runCall>[0]['block']>,
  });
  const { exceptionError, returnValue } = result.execResult;
  const fail = (message: string): never => {
    throw new ToolkitError({
      code: 'GENESIS_CONSTRUCTOR_FAILED',
      message: `The constructor at ${request.address} ${message}.`,
      where: request.address,
      next: 'Check the constructor arguments that the plan gives.',
      exitCode: 2,
    });
  };
  if (exceptionError) fail(`failed: ${exceptionError.error}, data 0x${bytesToHex(returnValue)}`);
  if (returnValue.length === 0) fail('returned no code');
  if (returnValue.length > CODE_BYTES_MAXIMUM) {
    fail(`returned ${returnValue.length} bytes of code; ${CODE_BYTES_MAXIMUM} are allowed`);
  }
  const own = await evm.stateManager.getAccount(address);
  if (own?.balance !== request.value || own.nonce !== 1n) {
    fail('passed value on or created contracts, which a genesis cannot show');
  }
  const storage = new Map<Hex, Hex>();
  const written = (evm.stateManager as unknown as ListableStorage).storageStack.at(-1)!;
  for (const [key, value] of written) {
    const [owner, slot] = key.split('_') as [string, string];
    if (owner !== address.toString()) fail(`wrote storage of ${owner}`);
    const word = bytesToHex(value).padStart(64, '0');
    if (BigInt(`0x${word}`) !== 0n) storage.set(`0x${slot.replace(/^0x/, '')}`, `0x${word}`);
  }
  return { code: `0x${bytesToHex(returnValue)}`, storage };
}
