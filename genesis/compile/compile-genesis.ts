import { ToolkitError } from '../base/errors.js';
import type { Hex } from '../base/hash.js';
import type { ResolvedPlan } from '../plan/resolved-plan.js';
import { executeConstructor } from './execute-constructor.js';
import { formatGenesis, type GenesisJson } from './format-genesis.js';
import { genesisConfig } from './genesis-config.js';
import { type GenesisHeader, hashGenesis } from './hash-genesis.js';
import { parseGenesis } from './parse-genesis.js';
import type { NetworkName, ParsedGenesis } from './parsed-genesis.js';
import {
  type PlannedPredeploy,
  type PredeployArtifacts,
  planPredeploys,
} from './plan-predeploys.js';
import { predeployArtifacts } from './predeploy-artifacts.js';

/** A contract of block 0, after its constructor ran. */
export interface Predeploy extends PlannedPredeploy {
  readonly code: Hex;
  readonly storage: ReadonlyMap<Hex, Hex>;
}

/** A genesis file and what follows from it. */
export interface CompiledGenesis {
  /** The file: stable bytes, UTF-8. */
  readonly json: string;
  readonly genesis: ParsedGenesis;
  readonly stateRoot: Hex;
  readonly blockHash: Hex;
  readonly header: GenesisHeader;
  readonly predeploys: readonly Predeploy[];
  /** What each account of block 0 is, by lower-case address. */
  readonly names: ReadonlyMap<string, string>;
}

export interface CompileGenesisOptions {
  /** Compiled contracts; default those of the toolkit. */
  readonly artifacts?: PredeployArtifacts | undefined;
  /** Network that the chain will run on; default `local`. */
  readonly network?: NetworkName | undefined;
}

interface Account {
  balance: bigint;
  readonly predeploy?: Predeploy;
}

/**
 * Compiles a plan into a genesis file: constructors of the predeployed contracts are executed at their final
 * address and chain id, every liquid token and every grant is placed, and the balances add up to the supply.
 *
 * @throws ToolkitError `GENESIS_NO_VAULT`, `GENESIS_SUPPLY_MISMATCH`, `GENESIS_CONSTRUCTOR_FAILED`, or what
 *   {@link parseGenesis} says of the result (exit 2).
 * @example (await compileGenesis(plan)).blockHash
 */
export async function compileGenesis(
  plan: ResolvedPlan,
  options: CompileGenesisOptions = {},
): Promise<CompiledGenesis> {
  const skeleton = {
    config: genesisConfig(plan),
    nonce: '0x0',
    timestamp: `0x${plan.chain.timestamp.toString(16)}`,
    extraData: '0x',
    gasLimit: `0x${plan.chain.gasLimit.toString(16)}`,
    difficulty: '0x0',
    mixHash: `0x${'0'.repeat(64)}`,
    coinbase: `0x${'0'.repeat(40)}`,
    alloc: {},
    number: '0x0',
    gasUsed: '0x0',
    parentHash: `0x${'0'.repeat(64)}`,
  };
  const parsing = { network: options.network, file: `genesis of plan ${plan.name}` };
  const chain = parseGenesis(formatGenesis(skeleton), parsing);
  const predeploys: Predeploy[] = [];
  for (const planned of planPredeploys(plan, options.artifacts ?? predeployArtifacts)) {
    const made = await executeConstructor({
      address: planned.address,
      initcode: planned.initcode,
      value: planned.value,
      sender: plan.accounts.deployer ?? planned.address,
      chain,
    });
    predeploys.push({ ...planned, ...made });
  }
  const accounts = placeTokens(plan, predeploys);
  const json = formatGenesis({
    ...skeleton,
    alloc: Object.fromEntries(
      [...accounts]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([address, account]) => [address, writeAccount(account)]),
    ),
  });
  const genesis = parseGenesis(json, parsing);
  const { stateRoot, blockHash, header } = hashGenesis(genesis);
  return {
    json,
    genesis,
    stateRoot,
    blockHash,
    header,
    predeploys,
    names: nameAccounts(plan, predeploys),
  };
}

/** Balances by lower-case address; their sum is checked against the supply. */
function placeTokens(plan: ResolvedPlan, predeploys: readonly Predeploy[]): Map<string, Account> {
  const accounts = new Map<string, Account>();
  for (const predeploy of predeploys) {
    accounts.set(predeploy.address.toLowerCase(), { balance: predeploy.value, predeploy });
  }
  for (const { address, amount } of plan.allocation.flatMap(({ liquid }) => liquid)) {
    const key = address.toLowerCase();
    const account = accounts.get(key) ?? { balance: 0n };
    account.balance += amount;
    accounts.set(key, account);
  }
  let total = 0n;
  for (const { balance } of accounts.values()) total += balance;
  if (total !== plan.token.supply) {
    throw new ToolkitError({
      code: 'GENESIS_SUPPLY_MISMATCH',
      message: `Balances of block 0 add up to ${total} wei, the supply is ${plan.token.supply} wei.`,
      where: 'allocation',
      next: 'Check that every group places all of its tokens.',
      exitCode: 2,
    });
  }
  return accounts;
}

function writeAccount({ balance, predeploy }: Account): GenesisJson {
  const written = { balance: `0x${balance.toString(16)}` };
  if (predeploy === undefined) return written;
  const { code, storage } = predeploy;
  const slots = [...storage].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    ...written,
    nonce: '0x1',
    code,
    storage: slots.length === 0 ? undefined : Object.fromEntries(slots),
  };
}

function nameAccounts(plan: ResolvedPlan, predeploys: readonly Predeploy[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const [name, address] of Object.entries(plan.accounts)) {
    const key = address.toLowerCase();
    names.set(key, names.has(key) ? `${names.get(key)}, ${name}` : name);
  }
  for (const { name, address } of predeploys)
    names.set(address.toLowerCase(), `${name} (predeploy)`);
  return names;
}
