import { ToolkitError } from '../base/errors.js';
import { lineAt } from '../precompiles/json/format-position.js';
import type { JsonNode } from '../precompiles/json/json-node.js';
import { readJson } from '../precompiles/json/read-json.js';
import { accountRules } from './lint/account-rules.js';
import { chainRules } from './lint/chain-rules.js';
import type { Complaint, LintKnowledge, LintRule, Severity } from './lint/lint-rule.js';
import { precompileRules } from './lint/precompile-rules.js';
import { textRules } from './lint/text-rules.js';
import { upgradeRules } from './lint/upgrade-rules.js';
import { locate } from './locate.js';
import { type ParseGenesisOptions, readGenesis } from './parse-genesis.js';
import { verifyGenesis } from './verify-genesis.js';

/** One finding of the lint. */
export interface LintFinding {
  /** Stable name of the rule. */
  readonly code: string;
  /** `error`: the node refuses it, or the chain does not do what the file says. */
  readonly severity: Severity;
  readonly file: 'genesis' | 'upgrade';
  readonly path: string;
  readonly line: number;
  readonly message: string;
  /** Why it matters. */
  readonly title: string;
  readonly fix: string;
}

export interface LintOptions extends ParseGenesisOptions, LintKnowledge {}

/** Rules about what the file means. */
export const genesisRules = [
  ...chainRules,
  ...precompileRules,
  ...accountRules,
  ...upgradeRules,
] as const;
export { textRules } from './lint/text-rules.js';

/**
 * Looks for everything in a genesis file (and upgrade.json) that the node refuses, ignores or takes in a way
 * that hurts later. A file that the node refuses gets a finding `refused`, too.
 *
 * @throws ToolkitError `GENESIS_JSON_INVALID` (exit 2) when a file is no JSON at all.
 * @returns Findings, errors first, then in the order of the rules. Empty means nothing to say.
 * @example lintGenesis('{"alloc": {}, …}').map(({ code }) => code) // ['chain-id-missing']
 */
export function lintGenesis(text: string, options: LintOptions = {}): LintFinding[] {
  const upgradeText = options.upgradeText ?? '';
  const root = readJson(text, options.file);
  const upgradeRoot = upgradeText === '' ? undefined : readJson(upgradeText, options.upgradeFile);
  const findings: LintFinding[] = [];
  const report = (
    rule: Pick<LintRule, 'code' | 'severity' | 'title' | 'fix'>,
    complaint: Complaint,
  ) => {
    const file = complaint.file ?? 'genesis';
    const [source, node]: [string, JsonNode] =
      file === 'genesis' ? [text, root] : [upgradeText, upgradeRoot!];
    findings.push({
      code: rule.code,
      severity: rule.severity,
      file,
      path: complaint.path,
      line: lineAt(source, complaint.offset ?? locate(node, complaint.path)),
      message: complaint.message,
      title: rule.title,
      fix: complaint.next ?? rule.fix,
    });
  };
  for (const rule of textRules) {
    for (const complaint of rule.check({ root, upgradeRoot })) report(rule, complaint);
  }
  const refused = {
    code: 'refused',
    severity: 'error',
    title: 'Subnet-EVM refuses the file.',
  } as const;
  try {
    const { genesis } = readGenesis(text, options);
    const subject = { root, upgradeRoot, genesis, known: options };
    for (const rule of genesisRules) {
      for (const complaint of rule.check(subject)) report(rule, complaint);
    }
    const violation = verifyGenesis(genesis);
    if (violation) report({ ...refused, fix: 'Correct the value.' }, violation);
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    const message = `${error.message} ${error.where ?? ''}`.trim();
    const fix = error.allowed ? `Allowed: ${error.allowed}.` : 'Correct the value.';
    report({ ...refused, fix }, { path: '', message });
  }
  return [
    ...findings.filter(({ severity }) => severity === 'error'),
    ...findings.filter(({ severity }) => severity === 'warning'),
  ];
}
