import type { Hex } from '../../base/hash.js';
import { roleSlot, roles } from '../../precompiles/allow-list.js';
import { addressWord, numberWord } from '../../precompiles/words.js';
import { addressAt, selectorOf, topicOf } from './abi-words.js';
import {
  gasPrices,
  type PrecompileAccess,
  type PrecompileCall,
  PrecompileFailure,
  type PrecompileFunction,
} from './precompile-call.js';

const roleSet = topicOf('RoleSet(uint256,address,address,uint256)');
/** A log with four topics and one word of data. */
const roleSetGas = gasPrices.log + 4n * gasPrices.logTopic + 32n * gasPrices.logByte;

/** Role number of an account at a precompile: 0 none, 1 enabled, 2 admin, 3 manager. */
export function roleOf(
  state: Pick<PrecompileAccess, 'getStorage'>,
  precompile: Hex,
  account: Hex,
): bigint {
  return BigInt(state.getStorage(precompile, roleSlot(account)));
}

/** Whether a role may use a precompile. */
export function isEnabledRole(role: bigint): boolean {
  return role >= roles.enabled && role <= roles.manager;
}

/** Stops the call unless the caller may use the precompile. */
export function requireEnabled({ state, address, caller }: PrecompileCall): void {
  if (!isEnabledRole(roleOf(state, address, caller)))
    throw new PrecompileFailure('caller is not enabled');
}

/** Before Durango the input has exactly the length of its arguments. */
export function requireLength({ input, rules }: PrecompileCall, length: number): void {
  if (!rules.durango && input.length !== length) throw new PrecompileFailure('input length');
}

/** Stops a call that writes in a static frame. */
export function requireWritable({ readOnly }: PrecompileCall): void {
  if (readOnly) throw new PrecompileFailure('write protection');
}

function setRole(role: bigint): PrecompileFunction {
  return (call) => {
    const { state, address, caller, input, rules } = call;
    call.charge(gasPrices.writeSlot);
    requireLength(call, 32);
    const account = addressAt(input, 0);
    requireWritable(call);
    const own = roleOf(state, address, caller);
    const before = roleOf(state, address, account);
    // Admins may do everything; managers only switch enabled on and off.
    const byManager = own === roles.manager && before <= roles.enabled && role <= roles.enabled;
    if (own !== roles.admin && !byManager) throw new PrecompileFailure('cannot modify allow list');
    if (rules.durango) {
      call.charge(roleSetGas);
      call.log(
        [roleSet, numberWord(role), addressWord(account), addressWord(caller)],
        numberWord(before),
      );
    }
    state.setStorage(address, roleSlot(account), numberWord(role));
    return '0x';
  };
}

const readAllowList: PrecompileFunction = (call) => {
  call.charge(gasPrices.readSlot);
  requireLength(call, 32);
  return numberWord(roleOf(call.state, call.address, addressAt(call.input, 0)));
};

/** Functions of every precompile with roles, by selector. */
export const allowListFunctions: ReadonlyMap<Hex, PrecompileFunction> = new Map<
  Hex,
  PrecompileFunction
>([
  [selectorOf('setAdmin(address)'), setRole(roles.admin)],
  [selectorOf('setEnabled(address)'), setRole(roles.enabled)],
  [selectorOf('setNone(address)'), setRole(roles.none)],
  [
    selectorOf('setManager(address)'),
    (call) => {
      if (!call.rules.durango) throw new PrecompileFailure('managers come with Durango');
      return setRole(roles.manager)(call);
    },
  ],
  [selectorOf('readAllowList(address)'), readAllowList],
]);
