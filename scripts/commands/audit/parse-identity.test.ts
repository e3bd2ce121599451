import { describe, expect, it } from 'vitest';
import { parseIdentity } from './parse-identity.js';

describe('parseIdentity', () => {
  const id = '2FYz15yTnaGXZ87RFBzA2XzF16PTP9phWfBjM8UygCpTadZ8yP';
  const blockchainId = '0xa4bca4e5fa0d0fe5a6ec29971e052899aace6fc594ecf0418b4bd97db9e58dad';
  const rpc = 'http://127.0.0.1:8545';

  it.each([
    [
      { network: 'local', rpc },
      { networkName: 'local', network: undefined },
    ],
    [
      { network: '88888', rpc, 'blockchain-id': id },
      { networkName: 'local', network: { networkId: 88_888, blockchainId } },
    ],
    [
      { network: 'fuji', rpc, 'blockchain-id': blockchainId.replace('a4bc', 'A4BC') },
      { networkName: 'fuji', network: { networkId: 5, blockchainId } },
    ],
    [
      { network: '1', rpc: `http://127.0.0.1:9650/ext/bc/${id}/rpc` },
      { networkName: 'mainnet', network: { networkId: 1, blockchainId } },
    ],
    [
      { network: '5', rpc: 'http://127.0.0.1:9650/ext/bc/masa/rpc' },
      { networkName: 'fuji', network: undefined },
    ],
  ])('%j', (argv, expected) => {
    expect(parseIdentity(argv)).toEqual(expected);
  });

  it.each(['0', '-1', '4294967296', '', 'Local'])('refuses network %j', (network) => {
    expect(() => parseIdentity({ network, rpc })).toThrow(
      expect.objectContaining({ code: 'NETWORK_INVALID', exitCode: 2 }),
    );
  });
});
