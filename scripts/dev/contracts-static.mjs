#!/usr/bin/env node
// Static analysis of the contracts: forge lint, Slither and four rules of our own. Every finding must be waived with a reason in
// contracts/test/waivers.json, and a waiver that waives nothing is an error too.
// Slither is installed from PyPI into the cache folder at the first run. Without Python it is skipped with a printed reason,
// but not when CI=true.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const requirements = join(root, 'scripts/dev/contracts-requirements.txt');
const version = /^slither-analyzer==(.+)$/m.exec(readFileSync(requirements, 'utf8'))[1];
const home = process.env.MASA_HOME ?? join(homedir(), '.masa');
const environment = join(home, 'cache', `slither-${version}`);
const slither = join(environment, 'bin/slither');
const skipped = [];

function run(command, argv, options = {}) {
  return spawnSync(command, argv, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28, ...options });
}

/** A finding is what was found and where: the place is code, not a line number, so that it survives edits elsewhere. */
function lintFindings() {
  const { stderr, stdout } = run(process.execPath, [
    'scripts/dev/forge.mjs',
    'lint',
    '--json',
    'contracts/src',
  ]);
  return `${stdout}\n${stderr}`
    .split('\n')
    .filter((line) => line.startsWith('{"$message_type":"diagnostic"'))
    .map((line) => {
      const { code, spans, message } = JSON.parse(line);
      const [span] = spans;
      const place = `${span.file_name}: ${span.text[0].text.trim()}`;
      return { tool: 'forge lint', check: code.code, place, message, line: span.line_start };
    });
}

function installSlither() {
  if (existsSync(slither)) return true;
  console.error(`Installing Slither ${version} …`);
  const made = run('python3', ['-m', 'venv', environment]);
  const installed =
    made.status === 0 &&
    run(join(environment, 'bin/pip'), [
      'install',
      '-q',
      '--disable-pip-version-check',
      '-r',
      requirements,
    ]);
  if (installed && installed.status === 0) return true;
  const reason = made.error?.message ?? made.stderr ?? '';
  skipped.push(
    `Slither: ${`${reason}${installed ? installed.stderr : ''}`.trim().split('\n').at(-1)}`,
  );
  rmSync(environment, { recursive: true, force: true });
  return false;
}

/** Slither builds by itself and cleans what was built before, so it works on a copy, with our forge in front. */
function slitherFindings() {
  if (!installSlither()) return [];
  const folder = mkdtempSync(join(tmpdir(), 'masa-slither-'));
  try {
    for (const path of ['contracts/src', 'foundry.toml', 'package.json']) {
      cpSync(join(root, path), join(folder, path), { recursive: true });
    }
    mkdirSync(join(folder, 'scripts/dev'), { recursive: true });
    for (const file of ['forge.mjs', 'solc.mjs']) {
      cpSync(join(root, 'scripts/dev', file), join(folder, 'scripts/dev', file));
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    mkdirSync(join(folder, 'bin'));
    const forge = join(folder, 'bin/forge');
    writeFileSync(
      forge,
      `#!/bin/sh\nexec '${process.execPath}' '${join(folder, 'scripts/dev/forge.mjs')}' "$@"\n`,
    );
    chmodSync(forge, 0o755);
    const report = join(folder, 'report.json');
    const { stderr } = run(slither, ['.', '--filter-paths', 'node_modules', '--json', report], {
      cwd: folder,
      env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
    });
    const { success, results } = existsSync(report)
      ? JSON.parse(readFileSync(report, 'utf8'))
      : { success: false };
    if (!success) throw new Error(`Slither ended without a report: ${stderr.slice(-2000)}`);
    return (results.detectors ?? []).map(({ check, description, elements }) => ({
      tool: 'slither',
      check,
      place: description.split(' (')[0],
      message: description.trim().split('\n')[0],
      line: elements[0]?.source_mapping.lines[0],
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const rules = [
  ['tx-origin', /\btx\.origin\b/],
  ['approval', /\.(?:approve|forceApprove|safeIncreaseAllowance|safeApprove)\s*\(/],
  ['low-level-call', /\.(?:call|delegatecall|staticcall|send)\s*[({]|\b(?:call|delegatecall)\(gas/],
  ['loop', /^\s*(?:for|while)\b/],
];

function ownFindings() {
  const findings = [];
  const files = readdirSync(join(root, 'contracts/src'), { recursive: true });
  for (const file of files.filter((name) => name.endsWith('.sol')).sort()) {
    const lines = readFileSync(join(root, 'contracts/src', file), 'utf8').split('\n');
    for (const [index, text] of lines.entries()) {
      if (/^\s*(?:\/\/|\*)/.test(text)) continue;
      for (const [check, pattern] of rules) {
        if (!pattern.test(text)) continue;
        const place = `contracts/src/${file}: ${text.trim()}`;
        findings.push({ tool: 'own', check, place, message: text.trim(), line: index + 1 });
      }
    }
  }
  return findings;
}

const findings = [...lintFindings(), ...slitherFindings(), ...ownFindings()];
const waivers = JSON.parse(readFileSync(join(root, 'contracts/test/waivers.json'), 'utf8'));
const used = new Set();
const problems = [];
for (const finding of findings) {
  const waiver = waivers.find(
    ({ tool, check, places }) =>
      tool === finding.tool && check === finding.check && places.includes(finding.place),
  );
  if (waiver === undefined) {
    problems.push(`${finding.tool} ${finding.check}: ${finding.place} (line ${finding.line})`);
  } else used.add(`${waiver.tool} ${waiver.check} ${finding.place}`);
}
const ran = (tool) => tool !== 'slither' || skipped.length === 0;
for (const { tool, check, places, reason } of waivers) {
  if (!reason) problems.push(`${tool} ${check}: a waiver without a reason`);
  for (const place of places) {
    if (ran(tool) && !used.has(`${tool} ${check} ${place}`)) {
      problems.push(`${tool} ${check}: the waiver for ${place} waives nothing`);
    }
  }
}
for (const tool of ['forge lint', 'slither', 'own']) {
  const count = findings.filter((finding) => finding.tool === tool).length;
  console.log(`${tool.padEnd(10)} ${ran(tool) ? `${count} findings` : 'skipped'}`);
}
for (const reason of skipped) console.log(`skipped: ${reason}`);
if (skipped.length > 0 && process.env.CI === 'true')
  problems.push('with CI=true nothing is skipped');
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log(`all waived with ${waivers.length} reasons`);
