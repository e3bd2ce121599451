import { ToolkitError } from '../../../genesis/base/errors.js';

/** Error numbers of JSON-RPC 2.0, and 3 for reverted execution as Ethereum nodes use it. */
export const RPC_CODES = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internal: -32603,
  rejected: -32000,
  reverted: 3,
} as const;

/** An error that a JSON-RPC client sees: its number, message and data. */
export class RpcError extends ToolkitError {
  readonly rpcCode: number;
  readonly data: unknown;

  constructor(kind: keyof typeof RPC_CODES, message: string, data?: unknown) {
    super({ code: `RPC_${kind.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase()}`, message });
    this.rpcCode = RPC_CODES[kind];
    this.data = data;
  }
}
