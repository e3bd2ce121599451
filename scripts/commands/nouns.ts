import type { Command } from '../command.js';

export interface Noun {
  readonly describe: string;
  /** Verbs in the order of the help, each loaded only when its noun is used. */
  // biome-ignore lint/suspicious/noExplicitAny: a table of commands with different options
  readonly verbs: Readonly<Record<string, () => Promise<{ readonly command: Command<any> }>>>;
}

/** The command line: nouns and their verbs. A verb lives in `commands/<noun>/<verb>.ts` and exports `command`. */
export const nouns: Readonly<Record<string, Noun>> = {
  demo: {
    describe: 'The whole story from one plan',
    verbs: { demo: () => import('./demo/demo.js') },
  },
  plan: {
    describe: 'Check, show and compare plan files',
    verbs: {
      check: () => import('./plan/check.js'),
      show: () => import('./plan/show.js'),
      schema: () => import('./plan/schema.js'),
      init: () => import('./plan/init.js'),
      compare: () => import('./plan/compare.js'),
    },
  },
  genesis: {
    describe: 'Build, lint, hash and explain genesis files',
    verbs: {
      build: () => import('./genesis/build.js'),
      lint: () => import('./genesis/lint.js'),
      hash: () => import('./genesis/hash.js'),
      diff: () => import('./genesis/diff.js'),
      explain: () => import('./genesis/explain.js'),
    },
  },
  subnet: {
    describe: 'Run the chain',
    verbs: {
      up: () => import('./subnet/up.js'),
      down: () => import('./subnet/down.js'),
      status: () => import('./subnet/status.js'),
      logs: () => import('./subnet/logs.js'),
      accounts: () => import('./subnet/accounts.js'),
    },
  },
  node: {
    describe: 'Build, fetch and find the AvalancheGo binaries',
    verbs: {
      build: () => import('./node/build.js'),
      fetch: () => import('./node/fetch.js'),
      which: () => import('./node/which.js'),
    },
  },
  deploy: {
    describe: 'Bring the contracts of the plan onto a chain',
    verbs: {
      run: () => import('./deploy/run.js'),
      status: () => import('./deploy/status.js'),
      resume: () => import('./deploy/resume.js'),
    },
  },
  sim: {
    describe: 'Simulate the economy',
    verbs: {
      run: () => import('./sim/run.js'),
      resume: () => import('./sim/resume.js'),
      compare: () => import('./sim/compare.js'),
      ls: () => import('./sim/ls.js'),
      show: () => import('./sim/show.js'),
      sql: () => import('./sim/sql.js'),
      export: () => import('./sim/export.js'),
      bench: () => import('./sim/bench.js'),
    },
  },
  report: {
    describe: 'Build and open reports',
    verbs: {
      build: () => import('./report/build.js'),
      open: () => import('./report/open.js'),
      export: () => import('./report/export.js'),
    },
  },
  audit: {
    describe: 'Prove that a running chain is what the plan promised',
    verbs: { deployment: () => import('./audit/deployment.js') },
  },
  completion: {
    describe: 'Print a shell completion script',
    verbs: { completion: () => import('./completion/completion.js') },
  },
};
