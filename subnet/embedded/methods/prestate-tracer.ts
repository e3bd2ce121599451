import { formatHex } from '../../../genesis/base/format-hex.js';
import type { Hex } from '../../../genesis/base/hash.js';
import type { JournaledState } from '../../../genesis/evm/journaled-state.js';
import type { WorldAccount, WorldState } from '../../../genesis/evm/world-state.js';
import type { FrameWatcher } from '../chain/watch-frames.js';
import { formatQuantity } from '../rpc/format-quantity.js';
import { RpcError } from '../rpc/rpc-error.js';
import { watchTouched } from './watch-touched.js';

/** An account as geth's prestateTracer writes it. */
export interface PrestateAccount {
  balance?: Hex;
  nonce?: number;
  code?: Hex;
  storage?: Record<Hex, Hex>;
}

export type Prestate = Record<Hex, PrestateAccount>;

export interface PrestateOptions {
  readonly diffMode?: boolean | undefined;
  readonly disableCode?: boolean | undefined;
  readonly disableStorage?: boolean | undefined;
}

/**
 * Collects what an execution looks at, as it was before: or, in `diffMode`, only what it changed, before and after.
 *
 * @param always Accounts that are touched whatever the code does: sender, receiver, coinbase.
 * @throws RpcError -32602 for options that are not true or false.
 */
export function createPrestateTracer(
  state: JournaledState,
  always: readonly Hex[],
  options: PrestateOptions,
) {
  for (const name of ['diffMode', 'disableCode', 'disableStorage'] as const) {
    if (options[name] !== undefined && typeof options[name] !== 'boolean')
      throw new RpcError('invalidParams', `invalid tracerConfig.${name}: want true or false`);
  }
  const { watcher, touched, created } = watchTouched();
  let depth = 0;
  let left: WorldState | undefined;
  let deployed: Hex | undefined;
  const own: FrameWatcher = {
    step: watcher.step,
    enter() {
      depth += 1;
    },
    leave(result) {
      watcher.leave?.(result);
      depth -= 1;
      if (depth === 0) deployed = result.createdAddress?.toString();
      // A call forgets its state when it ends; this is the last moment to look.
      if (depth === 0) left = state.world();
    },
  };
  return {
    watcher: own,
    /** @param after The state after fees, when there are any. */
    result(before: WorldState, after = left) {
      const all = new Map<Hex, ReadonlySet<Hex>>([
        ...always.map((address) => [address, new Set<Hex>()] as const),
        ...touched,
      ]);
      return options.diffMode === true
        ? difference(before, after ?? before, all, created, options)
        : prestate(before, all, deployed, options);
    },
  };
}

function prestate(
  state: WorldState,
  touched: ReadonlyMap<Hex, ReadonlySet<Hex>>,
  deployed: Hex | undefined,
  options: PrestateOptions,
): Prestate {
  const found: Prestate = {};
  for (const [address, slots] of touched) {
    const account = state.get(address);
    // The contract that a transaction is there to make has nothing before; one that code makes is listed as empty.
    if (account === undefined && address === deployed) continue;
    found[address] = describe(state, account, slots, options);
  }
  return found;
}

function describe(
  state: WorldState,
  account: WorldAccount | undefined,
  slots: ReadonlySet<Hex>,
  options: PrestateOptions,
): PrestateAccount {
  const { balance = 0n, nonce = 0n, code = new Uint8Array() } = account ?? {};
  return {
    balance: formatQuantity(balance),
    ...(nonce > 0n && { nonce: Number(nonce) }),
    ...(code.length > 0 && options.disableCode !== true && { code: formatHex(code) }),
    ...(slots.size > 0 &&
      options.disableStorage !== true && {
        storage: Object.fromEntries([...slots].map((slot) => [slot, word(state, account, slot)])),
      }),
  };
}

function difference(
  before: WorldState,
  after: WorldState,
  touched: ReadonlyMap<Hex, ReadonlySet<Hex>>,
  created: ReadonlySet<Hex>,
  options: PrestateOptions,
): { readonly pre: Prestate; readonly post: Prestate } {
  const pre: Prestate = {};
  const post: Prestate = {};
  for (const [address, slots] of touched) {
    const [old, now] = [before.get(address), after.get(address)];
    const changed = [...slots].filter((slot) => word(before, old, slot) !== word(after, now, slot));
    const was = describe(before, old, new Set(changed), options);
    const is = describe(after, now, new Set(changed), options);
    // What is gone stands before only, a contract that is new after only.
    if (now === undefined) {
      if (old !== undefined) pre[address] = was;
      continue;
    }
    const balance = (old?.balance ?? 0n) !== now.balance;
    const nonce = (old?.nonce ?? 0n) !== now.nonce;
    const code = formatHex(old?.code ?? new Uint8Array()) !== formatHex(now.code);
    if (!balance && !nonce && !code && changed.length === 0) continue;
    if (old !== undefined || !created.has(address)) pre[address] = withoutZeros(was);
    post[address] = withoutZeros({
      ...(balance && { balance: is.balance! }),
      ...(nonce && is.nonce !== undefined && { nonce: is.nonce }),
      ...(code && is.code !== undefined && { code: is.code }),
      ...(is.storage !== undefined && { storage: is.storage }),
    });
  }
  return { pre, post };
}

/** A slot that is not set is left out. */
function withoutZeros({ storage, ...account }: PrestateAccount): PrestateAccount {
  const set = Object.entries(storage ?? {}).filter(([, value]) => BigInt(value) !== 0n);
  return { ...account, ...(set.length > 0 && { storage: Object.fromEntries(set) }) };
}

function word(state: WorldState, account: WorldAccount | undefined, slot: Hex): Hex {
  const bytes = state.getStorage(account, slot);
  return `0x${formatHex(bytes).slice(2).padStart(64, '0')}`;
}
