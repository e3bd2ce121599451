import { findPrecompile, precompiles } from '../../precompiles/registry.js';
import { blackhole } from '../../precompiles/reward-manager.js';
import { genesisState } from '../genesis-state.js';
import { defineRules } from './lint-rule.js';

const zeroAddress = `0x${'0'.repeat(40)}`;
/** solc's creation code returns the runtime code that follows it: RETURN, INVALID, next code. */
const creationCode = /^0x60[0-9a-f]{2}(?:60[0-9a-f]{2})?.*f3fe60(?:80|60|a0|c0|e0)/;
/** solc leaves 32 zero bytes after PUSH32 where an immutable belongs. */
const emptyImmutable = `7f${'0'.repeat(64)}`;

/** Rules about the allocation. */
export const accountRules = defineRules([
  {
    code: 'supply-differs',
    severity: 'error',
    title: 'The balances of block 0 do not add up to the supply of the plan.',
    fix: 'Correct the allocation.',
    *check({ genesis, known }) {
      if (known.supply === undefined) return;
      let total = 0n;
      for (const { balance } of genesisState(genesis).values()) total += balance;
      if (total === known.supply) return;
      yield {
        path: 'alloc',
        message: `alloc and mints sum to ${total} wei, the supply is ${known.supply}.`,
      };
    },
  },
  {
    code: 'burn-address-in-alloc',
    severity: 'warning',
    title: 'A burn address starts with a balance, so burned totals are wrong from block 0.',
    fix: 'Remove the account.',
    *check({ genesis }) {
      for (const address of [zeroAddress, blackhole] as const) {
        if (!genesis.alloc.has(address as typeof blackhole)) continue;
        yield { path: `alloc.${address}`, message: `${address} is in alloc.` };
      }
    },
  },
  {
    code: 'alloc-over-precompile',
    severity: 'error',
    title: 'alloc replaces nonce and code of a precompile; Solidity then refuses to call it.',
    fix: 'Remove the account.',
    *check({ genesis }) {
      for (const { address, key } of precompiles) {
        if (!genesis.alloc.has(address)) continue;
        yield {
          path: `alloc.${address}`,
          message: `${address} is the ${findPrecompile(key)!.title}.`,
        };
      }
    },
  },
  {
    code: 'creation-code-in-alloc',
    severity: 'error',
    title: 'The code in alloc deploys a contract; block 0 needs the deployed code.',
    fix: 'Execute the creation code and put its result, code and storage, into alloc.',
    *check({ genesis }) {
      for (const [address, { code }] of genesis.alloc) {
        if (creationCode.test(code))
          yield { path: `alloc.${address}.code`, message: 'This is creation code.' };
      }
    },
  },
  {
    code: 'immutable-missing',
    severity: 'error',
    title:
      'The code in alloc has empty places for immutables: it comes from an artifact, its constructor never ran.',
    fix: 'Execute the creation code at the final address and chain id and put its result into alloc.',
    *check({ genesis }) {
      for (const [address, { code }] of genesis.alloc) {
        if (!code.includes(emptyImmutable)) continue;
        yield { path: `alloc.${address}.code`, message: 'PUSH32 of 32 zero bytes.' };
      }
    },
  },
  {
    code: 'predeploy-differs',
    severity: 'error',
    title: 'A contract of the plan is missing from alloc or has other code.',
    fix: 'Build the genesis from the plan.',
    *check({ genesis, known }) {
      for (const [address, { name, code }] of known.predeploys ?? []) {
        const found = genesis.alloc.get(address)?.code ?? '0x';
        if (found === code) continue;
        yield {
          path: `alloc.${address}`,
          message: found === '0x' ? `${name} is missing.` : `The code is not that of ${name}.`,
        };
      }
    },
  },
  {
    code: 'storage-without-code',
    severity: 'warning',
    title: 'An account has storage but no code, so nothing can read it.',
    fix: 'Add the code or remove the storage.',
    *check({ genesis }) {
      for (const [address, { code, storage }] of genesis.alloc) {
        if (code === '0x' && storage.size > 0)
          yield { path: `alloc.${address}.storage`, message: 'No code.' };
      }
    },
  },
  {
    code: 'code-without-nonce',
    severity: 'warning',
    title:
      'A contract made by a transaction has nonce 1; with 0 its first CREATE gives another address.',
    fix: 'Set "nonce" to 1.',
    *check({ genesis }) {
      for (const [address, { code, nonce }] of genesis.alloc) {
        if (code !== '0x' && nonce === 0n)
          yield { path: `alloc.${address}`, message: 'nonce is 0.' };
      }
    },
  },
  {
    code: 'secret-key-in-alloc',
    severity: 'error',
    title: 'The file holds a private key; the node reads and ignores it.',
    fix: 'Remove "secretKey" and move the funds of that key.',
    *check({ root }) {
      const alloc = root.members?.findLast(({ key }) => key.toLowerCase() === 'alloc')?.value;
      for (const { key, value } of alloc?.members ?? []) {
        for (const member of value.members ?? []) {
          if (member.key.toLowerCase() !== 'secretkey') continue;
          yield { path: `alloc.${key}`, offset: member.keyStart, message: 'secretKey is set.' };
        }
      }
    },
  },
  {
    code: 'negative-balance',
    severity: 'error',
    title: 'A negative balance is not refused but wraps to nearly 2^256 wei.',
    fix: 'Write the balance that is meant.',
    *check({ genesis }) {
      for (const [address, { balance }] of genesis.alloc) {
        if (balance >= 1n << 255n)
          yield { path: `alloc.${address}.balance`, message: `It is ${balance} wei.` };
      }
    },
  },
]);
