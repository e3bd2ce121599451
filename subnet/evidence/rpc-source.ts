import type { EvidenceSource, ReportedReceipt } from '../../genesis/audit/evidence-source.js';
import { ToolkitError } from '../../genesis/base/errors.js';
import type { Hex } from '../../genesis/base/hash.js';

type Json = Record<string, unknown>;

/**
 * Evidence over JSON-RPC. Needs a node that serves `debug_getRawBlock` and old states (no pruning).
 *
 * @param request Sends one call; `connectRpc` of the clients builds it.
 * @throws ToolkitError `EVIDENCE_INCOMPLETE` (exit 4) when the node cannot answer, `EVIDENCE_MALFORMED` (exit 1) when
 * its answer has the wrong shape.
 */
export function createRpcSource(
  name: string,
  request: (method: string, parameters: readonly unknown[]) => Promise<unknown>,
): EvidenceSource {
  const ask = async <T>(
    method: string,
    parameters: readonly unknown[],
    read: (answer: unknown) => T,
  ): Promise<T> => {
    let answer: unknown;
    try {
      answer = await request(method, parameters);
    } catch (cause) {
      if (cause instanceof ToolkitError && cause.exitCode === 3) throw cause;
      throw new ToolkitError({
        code: 'EVIDENCE_INCOMPLETE',
        message: `The node does not answer ${method}: ${(cause as Error).message.slice(0, 200)}`,
        where: name,
        next: 'Audit a node with "debug" among its eth-apis and with pruning disabled.',
        exitCode: 4,
        cause,
      });
    }
    try {
      return read(answer);
    } catch (cause) {
      throw new ToolkitError({
        code: 'EVIDENCE_MALFORMED',
        message: `The answer to ${method}(${parameters.map(String).join(', ')}) has the wrong shape: ${JSON.stringify(answer)?.slice(0, 120)}`,
        where: name,
        next: 'The node, or something between it and you, gives wrong answers; ask another node.',
        cause,
      });
    }
  };
  return {
    name,
    chainId: () => ask('eth_chainId', [], readNumber),
    head: () =>
      ask('eth_getBlockByNumber', ['latest', false], (answer) => ({
        number: readNumber((answer as Json).number),
        hash: readHex((answer as Json).hash, 32),
      })),
    rawBlock: (number) => ask('debug_getRawBlock', [quantity(number)], (answer) => readHex(answer)),
    receipts: (number) =>
      ask('eth_getBlockReceipts', [quantity(number)], (answer) =>
        (answer as Json[]).map(readReceipt),
      ),
    code: (address, block) =>
      ask('eth_getCode', [address, quantity(block)], (answer) => readHex(answer)),
    account: (address, block) =>
      ask('eth_getProof', [address, [], quantity(block)], (answer) => ({
        balance: readBigint((answer as Json).balance),
        nonce: readBigint((answer as Json).nonce),
        codeHash: readHex((answer as Json).codeHash, 32),
        storageHash: readHex((answer as Json).storageHash, 32),
      })),
    call: (to, data, block) =>
      ask('eth_call', [{ to, data }, quantity(block)], (answer) => readHex(answer)),
  };
}

function readReceipt(answer: Json): ReportedReceipt {
  const status = readNumber(answer.status);
  if (status !== 0 && status !== 1) throw new TypeError('status');
  return {
    transactionHash: readHex(answer.transactionHash, 32),
    status,
    cumulativeGasUsed: readBigint(answer.cumulativeGasUsed),
    logs: (answer.logs as Json[]).map((log) => ({
      address: readHex(log.address, 20),
      topics: (log.topics as unknown[]).map((topic) => readHex(topic, 32)),
      data: readHex(log.data),
    })),
  };
}

function quantity(number: number): string {
  return `0x${number.toString(16)}`;
}

function readHex(value: unknown, bytes?: number): Hex {
  if (typeof value !== 'string' || !/^0x([0-9a-fA-F]{2})*$/.test(value)) throw new TypeError('hex');
  if (bytes !== undefined && value.length !== 2 + 2 * bytes) throw new TypeError('length');
  return value.toLowerCase() as Hex;
}

function readBigint(value: unknown): bigint {
  if (typeof value !== 'string' || !/^0x[0-9a-fA-F]{1,64}$/.test(value))
    throw new TypeError('quantity');
  return BigInt(value);
}

function readNumber(value: unknown): number {
  const number = Number(readBigint(value));
  if (!Number.isSafeInteger(number)) throw new TypeError('quantity');
  return number;
}
