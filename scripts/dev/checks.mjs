/** Static checks of the quick profile: each is a node program that exits with 0 when all is well. */
export const checks = [
  { name: 'lock file complete', argv: ['scripts/dev/complete-lock.mjs', '--check'] },
  {
    name: 'format and lint',
    argv: ['node_modules/@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '.'],
  },
  { name: 'types', argv: ['node_modules/typescript/bin/tsc', '-p', '.'] },
  {
    name: 'import boundaries',
    argv: [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      'scripts/dev/dependency-cruiser.cjs',
      'genesis',
      'sim',
      'subnet',
      'reports',
      'scripts',
    ],
  },
  { name: 'dead code', argv: ['node_modules/knip/bin/knip.js'] },
  { name: 'Solidity format', argv: ['scripts/dev/forge.mjs', 'fmt', '--check'] },
  {
    name: 'Solidity lint',
    argv: [
      'node_modules/solhint/solhint.js',
      '--quiet',
      '-c',
      'contracts/.solhint.json',
      'contracts/{src,test,script}/**/*.sol',
    ],
  },
  {
    name: 'generated contracts',
    argv: [
      '--no-warnings',
      '--loader',
      'ts-node/esm',
      'scripts/dev/generate-contracts.ts',
      '--check',
    ],
  },
];
