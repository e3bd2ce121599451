import { keccak256 } from 'viem';
import type { Hex } from '../../genesis/base/hash.js';
import type { DeploymentStep } from './deployment-step.js';

export const deployer: Hex = '0x00000000000000000000000000000000000000d1';
const payee: Hex = '0x00000000000000000000000000000000000000c1';

/** For tests with `FakeChain`: two contracts and a payment that must happen once. */
export const fakeSteps: readonly DeploymentStep[] = [
  create('a', '0x00000000000000000000000000000000000000a1', '0x6001'),
  create('b', '0x00000000000000000000000000000000000000b1', '0x6002'),
  {
    id: 'fund:a',
    purpose: 'fund',
    from: deployer,
    to: payee,
    data: '0x',
    value: 500n,
    condition: { kind: 'at-least', address: payee, data: '0x', minimum: 500n },
  },
];

function create(name: string, address: Hex, code: Hex): DeploymentStep {
  return {
    id: `create:${name}`,
    purpose: name,
    from: deployer,
    to: address,
    data: code,
    value: 0n,
    condition: { kind: 'code', address, codeHash: keccak256(code) },
  };
}
