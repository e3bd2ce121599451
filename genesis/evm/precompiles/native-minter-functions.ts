import type { Hex } from '../../base/hash.js';
import { addressWord } from '../../precompiles/words.js';
import { addressAt, selectorOf, topicOf, wordAt } from './abi-words.js';
import { requireEnabled, requireLength, requireWritable } from './allow-list-functions.js';
import { gasPrices, type PrecompileFunction } from './precompile-call.js';

const nativeCoinMinted = topicOf('NativeCoinMinted(address,address,uint256)');
const mintGas = 30_000n;
const mintedGas = gasPrices.log + 3n * gasPrices.logTopic + 32n * gasPrices.logByte;

/** Functions of the native minter, by selector. */
export const nativeMinterFunctions: ReadonlyMap<Hex, PrecompileFunction> = new Map<
  Hex,
  PrecompileFunction
>([
  [
    selectorOf('mintNativeCoin(address,uint256)'),
    async (call): Promise<Hex> => {
      call.charge(mintGas);
      requireWritable(call);
      requireLength(call, 64);
      const to = addressAt(call.input, 0);
      const amount = wordAt(call.input, 1);
      requireEnabled(call);
      if (call.rules.durango) {
        call.charge(mintedGas);
        call.log([nativeCoinMinted, addressWord(call.caller), addressWord(to)], amount);
      }
      await call.state.addBalance(to, BigInt(amount));
      return '0x';
    },
  ],
]);
