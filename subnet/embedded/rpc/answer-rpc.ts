import { RPC_CODES, RpcError } from './rpc-error.js';

/** One method: positional parameters in, plain JSON (quantities already in hex) out. */
export type RpcMethod = (params: readonly unknown[]) => unknown;
export type RpcMethods = ReadonlyMap<string, RpcMethod>;

/** Requests that one batch may hold. */
export const MAX_BATCH = 1000;

/**
 * Answers the text of a JSON-RPC 2.0 message, single or batch. Requests of a batch run in order.
 *
 * @returns The answer's text, or undefined when only notifications were sent.
 * @example await answerRpc('{"jsonrpc":"2.0","id":1,"method":"net_version","params":[]}', methods)
 */
export async function answerRpc(text: string, methods: RpcMethods): Promise<string | undefined> {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return JSON.stringify(failure(null, new RpcError('parse', 'the body is not JSON')));
  }
  if (!Array.isArray(message)) {
    const answer = await answerOne(message, methods);
    return answer === undefined ? undefined : JSON.stringify(answer);
  }
  if (message.length === 0 || message.length > MAX_BATCH) {
    const problem = `a batch holds 1 to ${MAX_BATCH} requests, got ${message.length}`;
    return JSON.stringify(failure(null, new RpcError('invalidRequest', problem)));
  }
  const answers: unknown[] = [];
  for (const item of message) {
    const answer = await answerOne(item, methods);
    if (answer !== undefined) answers.push(answer);
  }
  return answers.length === 0 ? undefined : JSON.stringify(answers);
}

async function answerOne(message: unknown, methods: RpcMethods): Promise<unknown> {
  const request = (typeof message === 'object' && message !== null ? message : {}) as Record<
    string,
    unknown
  >;
  const { jsonrpc, id, method, params = [] } = request;
  const known = id === undefined || id === null || ['string', 'number'].includes(typeof id);
  if (jsonrpc !== '2.0' || typeof method !== 'string' || !known) {
    const problem = 'want an object with jsonrpc "2.0", a method name and an id';
    return failure(known ? (id ?? null) : null, new RpcError('invalidRequest', problem));
  }
  let answer: unknown;
  try {
    if (!Array.isArray(params)) throw new RpcError('invalidParams', 'params must be an array');
    const run = methods.get(method);
    if (run === undefined) {
      throw new RpcError('methodNotFound', `the method ${method.slice(0, 100)} does not exist`);
    }
    answer = { jsonrpc: '2.0', id, result: (await run(params)) ?? null };
  } catch (error) {
    answer = failure(id ?? null, error);
  }
  return id === undefined ? undefined : answer;
}

function failure(id: unknown, error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof RpcError ? error.rpcCode : RPC_CODES.internal;
  const data = error instanceof RpcError ? error.data : undefined;
  return { jsonrpc: '2.0', id, error: { code, message, ...(data !== undefined && { data }) } };
}
