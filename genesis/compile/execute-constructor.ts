import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { ToolkitError } from '../base/errors.js';
import type { Hex } from '../base/hash.js';
import { genesisBlock } from '../evm/chain-block.js';
import { createEngine, type Engine, pureCrypto } from '../evm/engine.js';
import { runConstructor } from '../evm/run-constructor.js';
import type { BlockHeader } from '../evm/types.js';
import type { AccountChange, WorldAccount, WorldState } from '../evm/world-state.js';
import type { ParsedGenesis } from './parsed-genesis.js';

interface ExecuteConstructorRequest {
  /** Where the contract will stand. */
  readonly address: Hex;
  /** Creation code with the encoded arguments. */
  readonly initcode: Hex;
  /** Wei sent to the constructor. */
  readonly value: bigint;
  readonly sender: Hex;
  /** The chain whose rules, chain id and time hold; of its accounts, the constructor sees the precompiles only. */
  readonly chain: ParsedGenesis;
}

/** What a constructor leaves behind. */
interface ExecutedConstructor {
  readonly code: Hex;
  /** Non-zero words by slot. */
  readonly storage: ReadonlyMap<Hex, Hex>;
}

const CODE_BYTES_MAXIMUM = 24_576;

/** Block 0 with nothing but its precompiles, ready to run constructors. */
interface Stage {
  readonly engine: Engine;
  readonly state: WorldState;
  readonly header: BlockHeader;
  /** The last run: the engine executes one at a time. */
  turn: Promise<unknown>;
}
const stages = new WeakMap<ParsedGenesis, Stage>();

function stageOf(chain: ParsedGenesis): Stage {
  let stage = stages.get(chain);
  if (stage === undefined) {
    const bare = { ...chain, alloc: new Map() };
    const { state, header } = genesisBlock(bare, pureCrypto);
    stage = {
      engine: createEngine({ genesis: bare, state }),
      state,
      header,
      turn: Promise.resolve(),
    };
    stages.set(chain, stage);
  }
  return stage;
}

/**
 * Runs creation code at the contract's final address, as a deployment in block 0 would: what is left are the deployed
 * code with its immutables and the storage the constructor wrote. A constructor may ask other accounts, but whatever it
 * changes there is refused.
 *
 * @throws ToolkitError `GENESIS_CONSTRUCTOR_FAILED` with the revert data.
 */
export async function executeConstructor(
  request: ExecuteConstructorRequest,
): Promise<ExecutedConstructor> {
  const stage = stageOf(request.chain);
  const { engine, state, header } = stage;
  const fail = (message: string): never => {
    throw new ToolkitError({
      code: 'GENESIS_CONSTRUCTOR_FAILED',
      message: `The constructor at ${request.address} ${message}.`,
      where: request.address,
      next: 'Check the constructor arguments that the plan gives.',
      exitCode: 2,
    });
  };
  const message = { ...request, initcode: hexToBytes(request.initcode.slice(2)) };
  const run = stage.turn.then(() => runConstructor(engine, { state, header, message }));
  stage.turn = run.catch(() => undefined);
  const { error, returnValue, changes } = await run;
  if (error !== undefined) fail(`failed: ${error}, data 0x${bytesToHex(returnValue)}`);
  if (returnValue.length === 0) fail('returned no code');
  if (returnValue.length > CODE_BYTES_MAXIMUM) {
    fail(`returned ${returnValue.length} bytes of code; ${CODE_BYTES_MAXIMUM} are allowed`);
  }
  const address = request.address.toLowerCase() as Hex;
  const own = changes.get(address)!;
  if (own.account?.balance !== request.value || own.account.nonce !== 1n) {
    fail('passed value on or created contracts, which a genesis cannot show');
  }
  for (const [other, change] of changes) {
    if (other === address || other === request.sender.toLowerCase()) continue;
    if (isChanged(state.get(other), change)) fail(`changed the account ${other}`);
  }
  const storage = new Map<Hex, Hex>();
  for (const [slot, word] of own.storage) {
    if (word.length > 0) storage.set(slot, `0x${bytesToHex(word).padStart(64, '0')}`);
  }
  return { code: `0x${bytesToHex(returnValue)}`, storage };
}

/** Empty accounts that a call touched do not count: they vanish at the end of a transaction. */
function isChanged(before: WorldAccount | undefined, { account, storage }: AccountChange): boolean {
  return (
    storage.size > 0 ||
    (account?.nonce ?? 0n) !== (before?.nonce ?? 0n) ||
    (account?.balance ?? 0n) !== (before?.balance ?? 0n) ||
    (account?.code.length ?? 0) !== (before?.code.length ?? 0)
  );
}
