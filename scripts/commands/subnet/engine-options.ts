import { ToolkitError } from '../../../genesis/base/errors.js';
import { topologies } from '../../../subnet/avalanchego/plan/topology.js';

/** Options of `masa subnet up` that choose the engine, and those of the real node. */
export const engineOptions = {
  engine: {
    type: 'string',
    choices: ['embedded', 'avalanchego'] as const,
    default: 'embedded',
    describe: 'The chain in this process, or real AvalancheGo nodes',
  },
  topology: {
    type: 'string',
    choices: topologies,
    describe:
      'AvalancheGo: one node, two primaries and validators, or one without sybil protection',
  },
  validators: { type: 'number', describe: 'AvalancheGo: validators of the L1 (topology standard)' },
  detach: { type: 'boolean', describe: 'AvalancheGo: leave the nodes running and return' },
} as const;

/** Where a network lies unless `--data-dir` says otherwise. */
export const defaultNetworkFolder = '.masa/network';

/** Options that one engine has and the other has not, with the value that they have when nobody gives them. */
const embeddedOnly = { port: 8545, host: '127.0.0.1', mine: 'instant' } as const;
const avalanchegoOnly = { topology: undefined, validators: undefined, detach: undefined } as const;

/** @throws ToolkitError `USAGE` (exit 2) for an option that the chosen engine would ignore. */
export function verifyEngineOptions(argv: Readonly<Record<string, unknown>>): void {
  const other = argv.engine === 'avalanchego' ? embeddedOnly : avalanchegoOnly;
  for (const [name, value] of Object.entries(other)) {
    if (argv[name] === value) continue;
    throw new ToolkitError({
      code: 'USAGE',
      message: `--${name} is not an option of the engine ${argv.engine}.`,
      where: `--${name}`,
      next:
        argv.engine === 'avalanchego'
          ? `Leave it out: ${name === 'mine' ? 'the nodes decide when blocks are made' : 'nodes listen on loopback, on free ports that they keep'}.`
          : 'Add --engine avalanchego.',
      exitCode: 2,
    });
  }
}
