import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditChecks } from '../../../genesis/audit/audit-checks.js';
import type { AuditEvidence } from '../../../genesis/audit/audit-evidence.js';
import type { EvidenceSource } from '../../../genesis/audit/evidence-source.js';
import { type Finding, runCheck } from '../../../genesis/audit/finding.js';
import { gatherEvidence } from '../../../genesis/audit/gather-evidence.js';
import { runAudit } from '../../../genesis/audit/run-audit.js';
import { type ExitCode, ToolkitError } from '../../../genesis/base/errors.js';
import type { Hex } from '../../../genesis/base/hash.js';
import { connectRpc } from '../../../subnet/clients/connect-rpc.js';
import { forgeAnswer } from '../../../subnet/evidence/forge-answer.js';
import { createRpcSource } from '../../../subnet/evidence/rpc-source.js';
import {
  type Lie,
  type LyingNode,
  startLyingNode,
} from '../../../subnet/evidence/start-lying-node.js';
import { type AuditedChain, startAuditedChain } from './audited-chain.js';

let audited: AuditedChain;
let evidence: AuditEvidence;
let truth: readonly Finding[];
/** Which checks asked for an answer, by its key; `replay` for what is read before any check. */
const readers = new Map<string, Set<string>>();

beforeAll(async () => {
  audited = await startAuditedChain();
  let reader = 'replay';
  const note = (key: string) => readers.set(key, (readers.get(key) ?? new Set()).add(reader));
  evidence = await gatherEvidence({ ...audited.honest, source: answering(undefined, note) });
  const findings: Finding[] = [];
  for (const check of auditChecks) {
    reader = check.id;
    findings.push(await runCheck(check, evidence));
  }
  truth = findings;
});
afterAll(() => audited?.stop());

/** The recorded answers, one of them changed. */
function answering(
  lie: { readonly key: string; readonly answer: unknown } | undefined,
  note: (key: string) => void = () => {},
): EvidenceSource {
  return createRpcSource('node', async (method, parameters) => {
    const key = JSON.stringify([method, parameters]);
    note(key);
    if (key === lie?.key) return lie.answer;
    // Only a lie makes the audit ask for something new: about a block that is not there.
    return lie === undefined ? audited.ask(method, parameters) : (audited.answers.get(key) ?? null);
  });
}

/**
 * What an audit says with one answer changed. Checks that never see the answer are left out: their evidence is the same.
 */
async function auditWith(key: string, answer: unknown) {
  const source = answering({ key, answer });
  const asking = readers.get(key)!;
  try {
    const changed = asking.has('replay')
      ? await gatherEvidence({ ...audited.honest, source })
      : { ...evidence, source };
    const failed: string[] = [];
    let same = true;
    for (const [index, check] of auditChecks.entries()) {
      if (!asking.has(check.id) && check.id !== 'replay') continue;
      const finding = await runCheck(check, changed);
      if (finding.status === 'fail') failed.push(finding.check);
      if (JSON.stringify(finding) !== JSON.stringify(truth[index])) same = false;
    }
    return { failed, same, code: undefined, exitCode: (failed.length > 0 ? 1 : 0) as ExitCode };
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    const { code, exitCode } = error;
    return { failed: [], same: false, code, exitCode };
  }
}

/** The check that must notice a change of a method's answer. */
const guards: Readonly<Record<string, readonly string[]>> = {
  eth_chainId: ['R-9'],
  eth_getBlockByNumber: ['R-37', 'R-62'],
  debug_getRawBlock: ['R-9', 'R-37', 'R-62'],
  eth_getBlockReceipts: ['R-35'],
  eth_getCode: ['R-45'],
  eth_getProof: ['R-45'],
  eth_getChainConfig: ['R-53'],
  eth_getActiveRulesAt: ['R-53'],
};

/** Changes that the audit does not notice, and why nothing can be hidden in them. */
const irrelevant: readonly {
  readonly where: RegExp;
  readonly change?: RegExp;
  readonly why: string;
}[] = [
  {
    where: /^eth_getBlockByNumber (?!number$|hash$)\S+$/,
    why: 'of the last block only number and hash are read; header and transactions come from its raw bytes',
  },
  {
    where: /^eth_getBlockReceipts \d+\.logs\.\d+\.blockTimestamp$/,
    change: /^(left out|null)$/,
    why: 'not every node states it; where it stands it is compared',
  },
  {
    where: /^eth_getBlockReceipts \d+\.(to|contractAddress)$/,
    change: /^left out$/,
    why: 'an address that is null and one that is left out mean the same',
  },
  {
    where: /^eth_getProof (address|storageProof)$/,
    why: 'an echo of the question; no slot is asked for, the storage hash is compared',
  },
  {
    where: /^eth_getChainConfig \S+$/,
    change: /^(left out|null)$/,
    why: 'what is left out has its default, and that is the value that it has',
  },
  {
    where: /^eth_getChainConfig (shanghaiTime|cancunTime)$/,
    why: 'the node takes these times from Durango and Etna, which are compared',
  },
  {
    where: /^eth_getActiveRulesAt ethRules(\.\w+)?$/,
    why: 'forks of Ethereum follow from the chain configuration, which is compared',
  },
  {
    where: /^eth_getActiveRulesAt avalancheRules\.(IsFortuna|IsHelicon)$/,
    why: 'they change no rule of Subnet-EVM; their times are compared in the chain configuration',
  },
];

describe('one member of one answer is changed', () => {
  it('is noticed by the check that guards it, or listed as read by nobody', async () => {
    const methods = new Map<string, { tried: number; noticed: number }>();
    const unnoticed = new Map<string, string[]>();
    const wrong: string[] = [];
    const used = new Set<object>();
    for (const [key, answer] of audited.answers) {
      const [method] = JSON.parse(key) as [string];
      if (!readers.has(key)) continue;
      const count = methods.get(method) ?? { tried: 0, noticed: 0 };
      methods.set(method, count);
      for (const { path, change, answer: forged } of forgeAnswer(answer, 3)) {
        const where = `${method} ${path.join('.')}`;
        const outcome = await auditWith(key, forged);
        count.tried += 1;
        const said = `${where}: ${change}: ${JSON.stringify(outcome)}`;
        if (outcome.exitCode === 0) {
          const entry = irrelevant.find(
            (one) => one.where.test(where) && (one.change ?? /./).test(change),
          );
          if (entry === undefined || !outcome.same)
            unnoticed.set(where, [...(unnoticed.get(where) ?? []), said]);
          else used.add(entry);
          continue;
        }
        count.noticed += 1;
        const guarded =
          outcome.code === undefined
            ? outcome.failed.every((check) => guards[method]!.includes(check))
            : (outcome.code === 'EVIDENCE_INCOMPLETE' && outcome.exitCode === 4) ||
              (outcome.code === 'EVIDENCE_MALFORMED' &&
                outcome.exitCode === 1 &&
                method === 'eth_getBlockByNumber');
        if (!guarded) wrong.push(said);
      }
    }
    const tried = [...methods.values()].reduce((sum, one) => sum + one.tried, 0);
    expect([...unnoticed.values()].flat()).toEqual([]);
    expect(wrong).toEqual([]);
    expect([...methods.keys()].sort()).toEqual(Object.keys(guards).sort());
    expect([...used]).toHaveLength(irrelevant.length);
    expect(tried).toBeGreaterThan(4_000);
    if (process.env.AUDIT_FIGURES) process.stdout.write(`${JSON.stringify([...methods])}\n`);
  }, 240_000);
});

/** Faults of a whole answer and what an audit must make of them. */
const faults: readonly (readonly [name: string, lie: Lie, code: string, exitCode: number])[] = [
  ['null', { result: null }, 'EVIDENCE_INCOMPLETE', 4],
  [
    'an error of the node',
    { error: { code: -32601, message: 'the method does not exist' } },
    'EVIDENCE_INCOMPLETE',
    4,
  ],
  [
    'a pruned state',
    { error: { code: -32000, message: 'missing trie node' } },
    'EVIDENCE_INCOMPLETE',
    4,
  ],
  ['HTTP 429', { status: 429, body: 'slow down' }, 'RPC_UNREACHABLE', 3],
  ['HTTP 500', { status: 500, body: 'internal error' }, 'RPC_UNREACHABLE', 3],
  ['a torn answer', { torn: '{"jsonrpc":"2.0","id":1,"resu' }, 'RPC_UNREACHABLE', 3],
  ['a page in the place of JSON', { status: 200, body: '<html>' }, 'RPC_UNREACHABLE', 3],
  ['nothing', { status: 200, body: '' }, 'EVIDENCE_INCOMPLETE', 4],
  ['silence', 'silence', 'RPC_UNREACHABLE', 3],
  ['a closed connection', 'hang up', 'RPC_UNREACHABLE', 3],
];

describe('a whole answer fails, over HTTP', () => {
  let node: LyingNode | undefined;
  let lie: { readonly method: string; readonly lie: Lie } | undefined;
  beforeAll(async () => {
    node = await startLyingNode(audited.chain.url, ({ method }) =>
      method === lie?.method ? lie.lie : undefined,
    );
  });
  afterAll(() => node?.stop());

  it.each(faults)(
    '%s',
    async (_, forged, code, exitCode) => {
      for (const method of Object.keys(guards)) {
        lie = { method, lie: forged };
        const source = createRpcSource(node!.url, connectRpc(node!.url, 300));
        const audit = runAudit({ ...audited.honest, source });
        await expect(audit, method).rejects.toMatchObject({
          code,
          exitCode,
          where: expect.stringContaining(node!.url),
          next: expect.any(String),
        });
      }
    },
    120_000,
  );

  it.each<[string, string[], Lie]>([
    ['eth_getBlockByNumber', ['R-37'], { result: { number: '0x1', hash: `0x${'1'.repeat(64)}` } }],
    ['eth_getBlockReceipts', ['R-35'], { result: [] }],
    ['eth_getCode', ['R-45'], { result: '0x' }],
    ['eth_getChainConfig', ['R-53'], { result: {} }],
    ['eth_getActiveRulesAt', ['R-53'], { result: {} }],
    ['eth_chainId', ['R-9'], { result: `0x1${'0'.repeat(5_000_000)}` }],
  ])('%s with an answer of another time or size fails %j', async (method, checks, forged) => {
    lie = { method, lie: forged };
    const source = createRpcSource(node!.url, connectRpc(node!.url));
    const { findings, verdict } = await runAudit({ ...audited.honest, source });
    expect(verdict).toBe('fail');
    const failed = findings.filter(({ status }) => status === 'fail').map(({ check }) => check);
    expect(failed).toEqual(expect.arrayContaining(checks));
    if (method !== 'eth_getBlockByNumber') expect(failed).toEqual(checks);
  });

  it('an older state in the place of the last one fails R-45', async () => {
    const old = createRpcSource(audited.chain.url, connectRpc(audited.chain.url));
    const account = (address: Hex) => old.account(address, 1);
    const source = { ...audited.honest.source, account };
    const { findings } = await runAudit({ ...audited.honest, source });
    expect(findings.filter(({ status }) => status === 'fail').map(({ check }) => check)).toEqual([
      'R-45',
    ]);
  });

  it('an older head fails what the deployment did after it', async () => {
    const { hash } = evidence.blocks[1]!;
    const source = { ...audited.honest.source, head: async () => ({ number: 1, hash }) };
    const { findings } = await runAudit({ ...audited.honest, source });
    const failed = findings.filter(({ status }) => status === 'fail').map(({ check }) => check);
    expect(failed).toContain('R-40');
  });
});
