// The import table: which room may import which. Checked by `npm run boundaries`; scripts/dev/boundaries.test.ts
// proves that a forbidden import fails.
const pure = (from) => ({ path: `^${from}/`, pathNot: '\\.(test|fuzz)\\.ts$' });
const forbid = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    forbid(
      'genesis-imports-nothing',
      pure('genesis'),
      { path: '^(sim|subnet|reports|scripts)/' },
      'genesis is the base',
    ),
    forbid('genesis-is-pure', pure('genesis'), { dependencyTypes: ['core'] }, 'no IO in genesis'),
    forbid(
      'sim-imports-genesis-only',
      pure('sim'),
      { path: '^(subnet|reports|scripts|contracts)/' },
      'sim stands on genesis',
    ),
    forbid(
      'sim-is-pure',
      { path: '^sim/', pathNot: '^sim/(workers|queue|store|bench)/|\\.(test|fuzz)\\.ts$' },
      { dependencyTypes: ['core'] },
      'IO only in workers, queue, store and bench',
    ),
    forbid(
      'subnet-not-sim',
      pure('subnet'),
      { path: '^(sim|reports|scripts)/' },
      'subnet knows no economy',
    ),
    forbid(
      'subnet-pure-middle',
      { path: '^subnet/(plan|steps)/', pathNot: '\\.(test|fuzz)\\.ts$' },
      { dependencyTypes: ['core'] },
      'deciding is pure; clients and journals are handed in',
    ),
    forbid(
      'reports-not-subnet',
      pure('reports'),
      { path: '^(subnet|scripts|contracts)/' },
      'chain data is handed in',
    ),
    forbid(
      'reports-genesis-base-and-plan',
      pure('reports'),
      { path: '^genesis/', pathNot: '^genesis/(base|plan|index)' },
      'reports read the plan only',
    ),
    forbid(
      'reports-sim-surface',
      pure('reports'),
      { path: '^sim/', pathNot: '^sim/index\\.ts$' },
      'through the public surface',
    ),
    forbid(
      'reports-is-pure',
      { path: '^reports/', pathNot: '^reports/(render|studio)/|\\.(test|fuzz)\\.ts$' },
      { dependencyTypes: ['core'] },
      'charts are pure; render writes files',
    ),
    forbid('no-cycles', {}, { circular: true }, 'imports point one way'),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
