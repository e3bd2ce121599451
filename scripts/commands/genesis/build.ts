import { defineCommand } from '../../command.js';
import { planOptions } from '../../options.js';
import { genesisFileOptions } from '../../read-genesis-file.js';

/** `masa genesis build`: the plan's genesis file, its state root and block hash. */
export const command = defineCommand({
  command: 'build',
  describe: 'Compile the plan into genesis.json and say its state root and block hash',
  options: {
    ...planOptions,
    network: genesisFileOptions.network,
    out: { type: 'string', default: 'genesis.json', describe: 'File to write' },
    force: { type: 'boolean', default: false, describe: 'Replace a file that is there' },
  },
  examples: [
    ['masa genesis build', 'genesis.json of the development chain'],
    ['masa genesis build --overlay none --out masa.json', 'of the plan as it stands'],
  ],
  async run(argv, context) {
    const { compilePlan } = await import('../../compile-plan.js');
    const { lintGenesis } = await import('../../../genesis/compile/lint-genesis.js');
    const { hashPlan } = await import('../../../genesis/plan/resolve-plan.js');
    const { writeFileWhole } = await import('../../write-file-whole.js');
    const { plan, compiled } = await compilePlan(argv, context);
    const findings = lintGenesis(compiled.json, {
      network: argv.network,
      now: BigInt(Math.floor(context.now() / 1000)),
      supply: plan.token.supply,
      // An id that the plan proves to be its own may stand in a registry; an assumed one may not.
      ...(plan.provenance['chain.chainId']?.assumed === false
        ? { ownChainId: BigInt(plan.chain.chainId) }
        : {}),
      predeploys: new Map(
        compiled.predeploys.map(({ address, name, code }) => [lower(address), { name, code }]),
      ),
    });
    const file = writeFileWhole(argv.out, compiled.json, context, argv.force);
    const { blockHash, stateRoot, predeploys, genesis } = compiled;
    return {
      json: {
        file,
        planHash: hashPlan(plan),
        chainId: plan.chain.chainId,
        blockHash,
        stateRoot,
        predeploys: predeploys.map(({ name, address }) => ({ name, address })),
        accounts: genesis.alloc.size,
        findings,
      },
      text: [
        `wrote       ${file}`,
        `chain id    ${plan.chain.chainId}`,
        `block hash  ${blockHash}`,
        `state root  ${stateRoot}`,
        `accounts    ${genesis.alloc.size}, of them ${predeploys.length} contracts`,
        ...findings.map(
          ({ severity, code, message, fix }) => `${severity} ${code}: ${message} ${fix}`,
        ),
      ].join('\n'),
    };
  },
});

function lower(address: string): `0x${string}` {
  return address.toLowerCase() as `0x${string}`;
}
