#!/usr/bin/env node
// Proofs with the compiler's own model checker and z3: contracts/proofs/*.sol, for all inputs, not for samples.
// The functions there are pure and have no loops, so that the bounded engine sees every path. A control with a bug put in must
// fail, or nothing was proved. Without z3 (Debian's package) it is skipped with a printed reason, but not when CI=true.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
const solc = require('solc');
const checker = require('solc/smtchecker');
const { smtSolver, availableSolvers } = require('solc/smtsolver');
const z3 = availableSolvers.find(({ name }) => name === 'z3');
const folder = 'contracts/proofs';
const bounded = '3993';
const safe = '2961';

/** What was proved and what was not, each by kind and place. */
function prove(name, edit = (text) => text) {
  const file = `${folder}/${name}.sol`;
  const contents = edit(readFileSync(join(root, file), 'utf8'));
  const input = {
    language: 'Solidity',
    sources: { [file]: { content: contents } },
    settings: {
      outputSelection: { '*': { '*': ['abi'] } },
      modelChecker: {
        engine: 'bmc',
        contracts: { [file]: [name] },
        targets: ['assert', 'underflow', 'overflow', 'divByZero'],
        showProvedSafe: true,
        showUnproved: true,
        solvers: ['smtlib2'],
      },
    },
  };
  const callbacks = {
    smtSolver: checker.smtCallback(smtSolver, z3),
    import: (path) => ({ contents: readFileSync(join(root, path), 'utf8') }),
  };
  const { errors = [] } = JSON.parse(solc.compile(JSON.stringify(input), callbacks));
  const findings = new Map();
  for (const { errorCode, message, sourceLocation } of errors) {
    if (errorCode === bounded) continue;
    const place = `${sourceLocation?.file}:${sourceLocation?.start}-${sourceLocation?.end}`;
    findings.set(`${place} ${message}`, errorCode === safe);
  }
  const all = [...findings];
  return {
    proved: all.filter(([, isSafe]) => isSafe).map(([text]) => text),
    unproved: all.filter(([, isSafe]) => !isSafe).map(([text]) => text),
  };
}

if (z3 === undefined) {
  console.log('skipped: there is no z3 (Debian package z3)');
  if (process.env.CI === 'true') process.exitCode = 1;
} else {
  const names = readdirSync(join(root, folder)).map((file) => file.replace('.sol', ''));
  for (const name of names.sort()) {
    const started = Date.now();
    const { proved, unproved } = prove(name);
    const asserts = proved.filter((text) => text.includes('Assertion')).length;
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(
      `${name.padEnd(14)} ${asserts} assertions and ${proved.length - asserts} checks of arithmetic proved, ${unproved.length} not (${seconds} s)`,
    );
    for (const text of unproved) console.error(`not proved: ${text}`);
    if (unproved.length > 0 || asserts === 0) process.exitCode = 1;
  }
  const broken = prove('SplitProof', (text) => text.replace('(rest * a)', '(rest * a + WHOLE)'));
  console.log(
    `control with a wei too much: ${broken.proved.length} proved, ${broken.unproved.length} not`,
  );
  if (broken.unproved.length === 0 || broken.proved.length === 0) {
    console.error(
      'The control must fail where the bug is and nowhere else: nothing here means anything.',
    );
    process.exitCode = 1;
  }
}
