/**
 * Milliseconds to wait for one answer of a node: `MASA_RPC_TIMEOUT` in seconds, else what the caller finds fitting.
 *
 * @example rpcTimeout(20_000) // 20000
 */
export function rpcTimeout(fitting: number): number {
  const seconds = Number(process.env.MASA_RPC_TIMEOUT);
  return seconds > 0 && seconds <= 86_400 ? seconds * 1000 : fitting;
}
