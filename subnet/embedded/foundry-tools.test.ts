import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEmbedded, startEmbedded } from './start-embedded.js';
import { testGenesis, testKeys } from './test-genesis.js';

const run = promisify(execFile);
const other = privateKeyToAccount(testKeys[1]).address;
const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
const binary = (tool: string) =>
  createRequire(import.meta.url).resolve(
    `@foundry-rs/${tool}-${process.platform}-${architecture}/bin/${tool}`,
  );

const source = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
interface Vm { function startBroadcast() external; function stopBroadcast() external; }
contract Box {
    event Set(address indexed who, uint256 value);
    error Zero();
    uint256 public value;
    constructor(uint256 first) { value = first; }
    function set(uint256 next) external payable {
        if (next == 0) revert Zero();
        value = next;
        emit Set(msg.sender, next);
    }
}
contract Deploy {
    Vm constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
    function run() external {
        vm.startBroadcast();
        Box box = new Box(41);
        box.set{value: 5}(42);
        payable(${other}).transfer(7);
        vm.stopBroadcast();
    }
}
`;

let running: RunningEmbedded;
let folder: string;
beforeAll(async () => {
  running = await startEmbedded({ genesis: testGenesis(), port: 0 });
  folder = mkdtempSync(join(tmpdir(), 'masa-foundry-'));
  mkdirSync(join(folder, 'script'));
  writeFileSync(join(folder, 'script', 'Deploy.s.sol'), source);
  writeFileSync(
    join(folder, 'foundry.toml'),
    '[profile.default]\nsrc = "script"\noffline = true\nauto_detect_solc = false\nauto_detect_remappings = false\nevm_version = "cancun"\n',
  );
});
afterAll(async () => {
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function cast(...argv: string[]): Promise<string> {
  const { stdout } = await run(binary('cast'), [...argv, '--rpc-url', running.url], {
    cwd: folder,
  });
  return stdout.trim();
}

describe('foundry tools', () => {
  it('cast sends and reads', async () => {
    expect(await cast('chain-id')).toBe('4242');
    const sent = JSON.parse(
      await cast('send', other, '--value', '1ether', '--private-key', testKeys[0], '--json'),
    );
    expect(sent).toMatchObject({ status: '0x1', gasUsed: '0x5208' });
    expect(await cast('balance', other)).toBe((10n ** 24n + 10n ** 18n).toString());
    expect(await cast('nonce', privateKeyToAccount(testKeys[0]).address)).toBe('1');
    expect(JSON.parse(await cast('block', 'latest', '--json')).number).toBe('0x1');
    const unlocked = JSON.parse(
      await cast('send', other, '--unlocked', '--from', other, '--value', '1', '--json'),
    );
    expect(unlocked.status).toBe('0x1');
    await cast('rpc', 'anvil_setBalance', other, '0x2a');
    expect(await cast('balance', other)).toBe('42');
  });

  it('forge script broadcasts', async () => {
    const { stdout } = await run(
      binary('forge'),
      [
        'script',
        'script/Deploy.s.sol:Deploy',
        '--broadcast',
        '--rpc-url',
        running.url,
        '--private-key',
        testKeys[0],
      ],
      {
        cwd: folder,
        env: {
          ...process.env,
          FOUNDRY_SOLC: fileURLToPath(new URL('../../scripts/dev/solc.mjs', import.meta.url)),
        },
      },
    );
    expect(stdout).toContain('ONCHAIN EXECUTION COMPLETE & SUCCESSFUL');
    const broadcast = JSON.parse(
      readFileSync(join(folder, 'broadcast/Deploy.s.sol/4242/run-latest.json'), 'utf8'),
    );
    expect(broadcast.receipts.map((receipt: { status: string }) => receipt.status)).toEqual([
      '0x1',
      '0x1',
      '0x1',
    ]);
    const box = broadcast.transactions[0].contractAddress;
    expect(await cast('call', box, 'value()(uint256)')).toBe('42');
    expect(await cast('balance', box)).toBe('5');
    const logs = JSON.parse(
      await cast('logs', '--address', box, '--from-block', '0', '--json', 'Set(address,uint256)'),
    );
    expect(logs).toHaveLength(1);
    await expect(cast('call', box, 'set(uint256)', '0')).rejects.toThrow(/revert/);
  });
});
