import type { RunAuditParameters } from '../../../genesis/audit/run-audit.js';
import { ToolkitError } from '../../../genesis/base/errors.js';
import type { Hex } from '../../../genesis/base/hash.js';
import { parseCb58 } from '../../../subnet/avalanchego/keys/cb58.js';

/** Numbers of the public networks; every other one runs the schedule of custom networks. */
const numbers = { mainnet: 1, fuji: 5, local: 12_345 } as const;

/**
 * Network and chain from the command line. Warp messages name both; without a chain id none is made up, and an audit that
 * needs one says so.
 *
 * @throws ToolkitError `NETWORK_INVALID` or `BLOCKCHAIN_ID_INVALID` (exit 2).
 */
export function parseIdentity(argv: {
  readonly network: string;
  readonly 'blockchain-id'?: string | undefined;
  readonly rpc: string;
}): Pick<RunAuditParameters, 'networkName' | 'network'> {
  const { name: networkName, id: networkId } = parseNetwork(argv.network);
  const given = argv['blockchain-id'];
  const blockchainId =
    given === undefined ? chainOfAddress(argv.rpc) : parseBlockchainId(given, '--blockchain-id');
  return {
    networkName,
    network: blockchainId === undefined ? undefined : { networkId, blockchainId },
  };
}

function parseNetwork(text: string) {
  if (Object.hasOwn(numbers, text)) {
    const name = text as keyof typeof numbers;
    return { name, id: numbers[name] };
  }
  const id = Number(text);
  if (/^\d+$/.test(text) && id > 0 && id <= 0xffff_ffff) {
    const name = id === numbers.mainnet ? 'mainnet' : id === numbers.fuji ? 'fuji' : 'local';
    return { name, id } as const;
  }
  throw new ToolkitError({
    code: 'NETWORK_INVALID',
    message: `"${text}" is no network.`,
    where: '--network',
    allowed: 'local, fuji, mainnet, or a number from 1 to 4294967295',
    next: 'The node shows its number with info.getNetworkID.',
    exitCode: 2,
  });
}

/** An address of AvalancheGo names the chain, by its id or by an alias that says nothing. */
function chainOfAddress(rpc: string): Hex | undefined {
  const id = /\/ext\/bc\/([^/]+)\/rpc/.exec(rpc)?.[1];
  if (id === undefined) return undefined;
  try {
    return parseBlockchainId(id, '--rpc');
  } catch {
    return undefined;
  }
}

function parseBlockchainId(text: string, where: string): Hex {
  if (/^0x[0-9a-fA-F]{64}$/.test(text)) return text.toLowerCase() as Hex;
  const bytes = parseCb58(text);
  if (bytes?.length === 32) return `0x${Buffer.from(bytes).toString('hex')}`;
  throw new ToolkitError({
    code: 'BLOCKCHAIN_ID_INVALID',
    message: `"${text}" is no blockchain id.`,
    where,
    allowed: '32 bytes, as 0x and 64 hex digits or in the form that the P-Chain shows',
    next: 'Copy it from the node: it is the part of its address between /ext/bc/ and /rpc.',
    exitCode: 2,
  });
}
