import { gunzipSync, gzipSync } from 'node:zlib';
import { formatHex } from '../../../genesis/base/format-hex.js';
import type { Hex } from '../../../genesis/base/hash.js';
import { encodeChainBlock } from '../../../genesis/evm/chain-block.js';
import type { WorldState } from '../../../genesis/evm/world-state.js';
import type { EmbeddedChain } from '../chain/embedded-chain.js';
import type { AccountOverride } from '../chain/override-state.js';
import type { RpcMethod } from '../rpc/answer-rpc.js';
import { formatQuantity } from '../rpc/format-quantity.js';
import { parseObject, parseWord } from '../rpc/parse-message.js';
import { parseAddress, parseBytes, parseQuantity } from '../rpc/parse-values.js';
import { RpcError } from '../rpc/rpc-error.js';

/** Bytes that a dump may have when it is unpacked. */
const largestDump = 512_000_000;

interface DumpedAccount {
  readonly nonce: number;
  readonly balance: Hex;
  readonly code: Hex;
  readonly storage: Readonly<Record<Hex, Hex>>;
}

/**
 * `anvil_dumpState` and `anvil_loadState`: packed JSON with the accounts after the last block, as anvil writes them, and
 * with the blocks when they follow from transactions alone. A chain with the same block 0 takes the blocks, executes them
 * and is then the same chain; any other takes the accounts, as anvil does, and no longer replays.
 */
export function dumpMethods(chain: EmbeddedChain): Record<string, RpcMethod> {
  const genesisHash = () => chain.blocks.at(0)!.block.hash;
  const dump = () => {
    const { length } = chain.blocks;
    const blocks = Array.from({ length: length - 1 }, (_, index) =>
      encodeChainBlock(chain.blocks.at(index + 1)!.block),
    );
    const content = {
      accounts: dumpAccounts(chain.head.block.state),
      genesisHash: genesisHash(),
      ...(!chain.overridden && { blocksRlp: blocks }),
    };
    return formatHex(gzipSync(JSON.stringify(content)));
  };
  const load: RpcMethod = async ([packed]) => {
    const content = unpack(packed);
    const { accounts, blocksRlp } = content;
    if (content.genesisHash === genesisHash() && Array.isArray(blocksRlp)) {
      const raws = blocksRlp.map((raw, index) => parseBytes(raw, `blocksRlp[${index}]`));
      try {
        await chain.replaceBlocks(raws);
      } catch (error) {
        throw new RpcError(
          'rejected',
          `the dump's blocks do not follow: ${(error as Error).message}`,
        );
      }
      return true;
    }
    await chain.override(parseAccounts(accounts));
    return true;
  };
  return {
    anvil_dumpState: dump,
    hardhat_dumpState: dump,
    anvil_loadState: load,
    hardhat_loadState: load,
  };
}

function dumpAccounts(state: WorldState): Record<Hex, DumpedAccount> {
  return Object.fromEntries(
    [...state.accounts()].map(([address, account]) => [
      address,
      {
        nonce: Number(account.nonce),
        balance: formatQuantity(account.balance),
        code: formatHex(account.code),
        storage: Object.fromEntries(
          [...state.slots(account)].map(([slot, value]) => [
            slot,
            `0x${formatHex(value).slice(2).padStart(64, '0')}`,
          ]),
        ),
      },
    ]),
  );
}

function unpack(packed: unknown): Record<string, unknown> {
  const bytes = Buffer.from(parseBytes(packed, 'state').slice(2), 'hex');
  try {
    const text = gunzipSync(bytes, { maxOutputLength: largestDump }).toString('utf8');
    return parseObject(JSON.parse(text), 'state');
  } catch (error) {
    throw new RpcError(
      'invalidParams',
      `invalid state: want what anvil_dumpState gave: ${(error as Error).message}`,
    );
  }
}

function parseAccounts(value: unknown): ReadonlyMap<Hex, AccountOverride> {
  return new Map(
    Object.entries(parseObject(value, 'accounts')).map(([name, item]) => {
      const { nonce, balance, code, storage } = parseObject(item, name);
      return [
        parseAddress(name, 'address'),
        {
          nonce:
            typeof nonce === 'number' && Number.isSafeInteger(nonce) && nonce >= 0
              ? BigInt(nonce)
              : parseQuantity(nonce, `${name}.nonce`),
          balance: parseQuantity(balance, `${name}.balance`),
          code: parseBytes(code, `${name}.code`),
          state: new Map(
            Object.entries(parseObject(storage ?? {}, `${name}.storage`)).map(([slot, word]) => [
              parseWord(slot, 'slot'),
              parseWord(word, 'word'),
            ]),
          ),
        },
      ];
    }),
  );
}
