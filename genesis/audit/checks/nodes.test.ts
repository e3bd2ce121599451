import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRules } from '../../../subnet/evidence/read-answer.js';
import { parseGenesis } from '../../compile/parse-genesis.js';
import { genesisBlock } from '../../evm/chain-block.js';
import { createEngine, pureCrypto } from '../../evm/engine.js';
import type { AuditEvidence } from '../audit-evidence.js';
import { checkNodes } from './nodes.js';

type Json = Record<string, unknown>;

/** What AvalancheGo printed about a recorded chain, and what its files give. */
function recorded(chain: string) {
  const read = (file: string) =>
    readFileSync(new URL(`../../evm/fixtures/${chain}/${file}`, import.meta.url), 'utf8');
  const { chainConfig, activeRules } = JSON.parse(read('network.json'));
  const last = JSON.parse(read('blocks.jsonl').trim().split('\n').at(-1)!);
  return {
    genesisText: read('genesis.json'),
    upgradeText: read('upgrade.json'),
    timestamp: BigInt(last.header.timestamp),
    chainConfig: chainConfig as Json,
    activeRules: activeRules as Record<string, Json>,
  };
}

async function differences(chain: string, change: Partial<ReturnType<typeof recorded>> = {}) {
  const { genesisText, upgradeText, timestamp, chainConfig, activeRules } = {
    ...recorded(chain),
    ...change,
  };
  const genesis = parseGenesis(genesisText, { upgradeText });
  const first = genesisBlock(genesis, pureCrypto);
  const evidence = {
    genesis,
    genesisText,
    engine: createEngine({ genesis, state: first.state }),
    blocks: [first, { ...first, header: { ...first.header, timestamp } }],
    source: {
      name: 'node',
      chainConfig: async () => chainConfig,
      activeRules: async () => readRules(activeRules),
    },
    otherNodes: [],
  };
  const outcome = await checkNodes.run(evidence as unknown as AuditEvidence);
  return outcome.differences.map(({ where }) => where);
}

describe.each([['granite'], ['before-granite'], ['crossing']])('a real node: %s', (chain) => {
  it('says what its files say', async () => {
    expect(await differences(chain)).toEqual([]);
  });

  it('is found out when it runs without the upgrade file', async () => {
    const { chainConfig } = recorded(chain);
    const { upgrades: _, ...without } = chainConfig;
    expect(await differences(chain, { chainConfig: without })).toEqual([
      'node: precompileUpgrades',
      'node: stateUpgrades',
    ]);
    expect(await differences(chain, { upgradeText: '' })).toEqual(
      expect.arrayContaining(['node: precompileUpgrades', 'node: stateUpgrades']),
    );
  });

  it('is found out when a fork or a precompile is on at another time', async () => {
    const { activeRules, chainConfig } = recorded(chain);
    const { avalancheRules, precompiles } = activeRules as Record<'avalancheRules', Json> &
      Record<'precompiles', Json>;
    const rules = (change: object) =>
      differences(chain, { activeRules: { ...activeRules, ...change } as Record<string, Json> });
    expect(await rules({ avalancheRules: { ...avalancheRules, IsEtna: false } })).toEqual([
      'node: IsEtna',
    ]);
    expect(await rules({ precompiles: { ...precompiles, warpConfig: { timestamp: 1 } } })).toEqual([
      'node: warpConfig since',
    ]);
    const { warpConfig: _, ...others } = precompiles;
    expect(await rules({ precompiles: others })).toEqual(['node: warpConfig since']);
    const generous = { ...chainConfig, allowFeeRecipients: true };
    expect(await differences(chain, { chainConfig: generous })).toEqual([
      'node: allowFeeRecipients',
    ]);
    expect(await differences(chain, { chainConfig: { ...chainConfig, feeConfig: 1 } })).toContain(
      'node: chain configuration',
    );
  });
});
