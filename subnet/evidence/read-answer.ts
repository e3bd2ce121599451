import type {
  ReportedLog,
  ReportedReceipt,
  ReportedRules,
} from '../../genesis/audit/evidence-source.js';
import type { Hex } from '../../genesis/base/hash.js';

export type Json = Record<string, unknown>;

/** A receipt of `eth_getBlockReceipts`. @throws TypeError that names the member of the wrong shape. */
export function readReceipt(answer: Json): ReportedReceipt {
  const read = memberReader(answer);
  const status = read('status', readNumber);
  if (status !== 0 && status !== 1) throw new TypeError('status');
  return {
    ...readPlace(answer),
    type: read('type', readBigint),
    from: read('from', readAddress),
    to: read('to', readOptionalAddress),
    contractAddress: read('contractAddress', readOptionalAddress),
    status,
    gasUsed: read('gasUsed', readBigint),
    cumulativeGasUsed: read('cumulativeGasUsed', readBigint),
    effectiveGasPrice: read('effectiveGasPrice', readBigint),
    logsBloom: read('logsBloom', (value) => readHex(value, 256)),
    logs: read('logs', (value) => (value as Json[]).map(readLog)),
  };
}

/** Forks and precompiles of `eth_getActiveRulesAt`. */
export function readRules(answer: unknown): ReportedRules {
  const { ethRules, avalancheRules, precompiles } = answer as Record<string, Json>;
  return {
    forks: new Map(
      Object.entries({ ...ethRules, ...avalancheRules }).flatMap(([name, on]) =>
        typeof on === 'boolean' ? [[name, on] as const] : [],
      ),
    ),
    precompiles: new Map(
      Object.entries(precompiles ?? {}).map(([key, value]) => {
        const { timestamp } = value as Json;
        if (!Number.isSafeInteger(timestamp)) throw new TypeError('timestamp');
        return [key, BigInt(timestamp as number)];
      }),
    ),
  };
}

/** Bytes as lower-case hex, of a certain length when one is given. @throws TypeError. */
export function readHex(value: unknown, bytes?: number): Hex {
  if (typeof value !== 'string' || !/^0x([0-9a-fA-F]{2})*$/.test(value)) throw new TypeError('hex');
  if (bytes !== undefined && value.length !== 2 + 2 * bytes) throw new TypeError('length');
  return value.toLowerCase() as Hex;
}

/** A quantity of at most 256 bits, without leading zeros. @throws TypeError. */
export function readBigint(value: unknown): bigint {
  if (typeof value !== 'string' || !/^0x(0|[1-9a-fA-F][0-9a-fA-F]{0,63})$/.test(value))
    throw new TypeError('quantity');
  return BigInt(value);
}

/** A quantity that a number holds exactly. @throws TypeError. */
export function readNumber(value: unknown): number {
  const number = Number(readBigint(value));
  if (!Number.isSafeInteger(number)) throw new TypeError('quantity');
  return number;
}

function readLog(answer: Json): ReportedLog {
  const read = memberReader(answer);
  return {
    ...readPlace(answer),
    address: read('address', readAddress),
    topics: read('topics', (value) => (value as unknown[]).map((topic) => readHex(topic, 32))),
    data: read('data', (value) => readHex(value)),
    logIndex: read('logIndex', readBigint),
    blockTimestamp: read('blockTimestamp', (value) =>
      value === null || value === undefined ? undefined : readBigint(value),
    ),
    removed: read('removed', (value) => {
      if (typeof value !== 'boolean') throw new TypeError('boolean');
      return value;
    }),
  };
}

function readPlace(answer: Json) {
  const read = memberReader(answer);
  return {
    blockHash: read('blockHash', (value) => readHex(value, 32)),
    blockNumber: read('blockNumber', readBigint),
    transactionHash: read('transactionHash', (value) => readHex(value, 32)),
    transactionIndex: read('transactionIndex', readBigint),
  };
}

/** Reads members so that a wrong one is named. */
function memberReader(answer: Json) {
  return <T>(name: string, read: (value: unknown) => T): T => {
    try {
      return read(answer[name]);
    } catch (error) {
      throw new TypeError(`${name}: ${(error as Error).message}`);
    }
  };
}

function readAddress(value: unknown): Hex {
  return readHex(value, 20);
}

/** Nodes leave an address out or say null. */
function readOptionalAddress(value: unknown): Hex | undefined {
  return value === null || value === undefined ? undefined : readAddress(value);
}
