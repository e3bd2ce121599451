import type { EvidenceSource } from '../../genesis/audit/evidence-source.js';
import { ToolkitError } from '../../genesis/base/errors.js';
import {
  type Json,
  readBigint,
  readHex,
  readNumber,
  readReceipt,
  readRules,
} from './read-answer.js';

/**
 * Evidence over JSON-RPC. Needs a node that serves `debug_getRawBlock` and old states (no pruning).
 *
 * @param request Sends one call; `connectRpc` of the clients builds it.
 * @throws ToolkitError `EVIDENCE_INCOMPLETE` (exit 4) when the node cannot answer or says `null`, `EVIDENCE_MALFORMED`
 * (exit 1) when its answer has the wrong shape.
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
      throw incomplete(name, method, (cause as Error).message.slice(0, 200), cause);
    }
    if (answer === null || answer === undefined)
      throw incomplete(name, method, `the answer to ${format(method, parameters)} is null`);
    try {
      return read(answer);
    } catch (cause) {
      throw new ToolkitError({
        code: 'EVIDENCE_MALFORMED',
        message: `The answer to ${format(method, parameters)} has the wrong shape (${(cause as Error).message}): ${JSON.stringify(answer).slice(0, 120)}`,
        where: `${name}: ${method}`,
        allowed: 'what Subnet-EVM answers',
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
        accountProof: ((answer as Json).accountProof as unknown[]).map((node) => readHex(node)),
      })),
    chainConfig: () => ask('eth_getChainConfig', [], (answer) => answer),
    activeRules: (timestamp) => ask('eth_getActiveRulesAt', [Number(timestamp)], readRules),
  };
}

function incomplete(name: string, method: string, why: string, cause?: unknown): ToolkitError {
  return new ToolkitError({
    code: 'EVIDENCE_INCOMPLETE',
    message: `The node does not answer ${method}: ${why}`,
    where: `${name}: ${method}`,
    next: 'Audit a node that has every block and state (pruning disabled) and "debug" among its eth-apis.',
    exitCode: 4,
    cause,
  });
}

function format(method: string, parameters: readonly unknown[]): string {
  return `${method}(${parameters.map((one) => JSON.stringify(one)).join(', ')})`;
}

function quantity(number: number): string {
  return `0x${number.toString(16)}`;
}
