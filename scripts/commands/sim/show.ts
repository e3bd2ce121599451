import type { StudyFolder } from '../../../sim/store/study-folder.js';
import type { RunFigures } from '../../../sim/workers/run-worker.js';
import { defineCommand } from '../../command.js';
import { formatTable } from '../../output.js';

export const command = defineCommand({
  command: 'show <study>',
  describe: 'Check the files of a study and show its last day',
  options: {
    flows: {
      type: 'boolean',
      default: false,
      describe: 'Show the transaction-flow matrix of the first run, whole tokens',
    },
  },
  positionals: { study: { type: 'string', describe: 'Folder, or beginning of the hash' } },
  async run(argv, context) {
    const { findStudyFolder } = await import('../../../sim/store/study-folder.js');
    const { findStudy } = await import('./find-study.js');
    const { studySummary } = await import('./study-summary.js');
    const path = findStudy(String(argv.study), context);
    const folder = findStudyFolder(path);
    const { text, rows } = await studySummary(path);
    const { study, hash, shards } = folder;
    const finished = folder.finished().length;
    const lines = [
      `study     ${hash}`,
      `plan      ${study.planHash}`,
      `model     ${study.modelHash}`,
      `runs      ${finished} of ${shards.length} finished; ${study.days} days, 1:${study.scale}, seed ${study.seed}`,
      ...study.scenarios.map(({ id, what }) => `${id.padEnd(9)} ${what}`),
    ];
    const matrix = argv.flows ? await firstMatrix(folder) : undefined;
    return {
      text: [lines.join('\n'), text, ...(matrix === undefined ? [] : [matrix.text])].join('\n\n'),
      json: {
        folder: path,
        hash,
        study,
        finished,
        runs: shards.length,
        finals: rows,
        ...(matrix === undefined ? {} : { flows: matrix.json }),
      },
    };
  },
});

async function firstMatrix(folder: StudyFolder) {
  const [shard] = folder.finished();
  if (shard === undefined) return undefined;
  const { flowMatrix } = await import('../../../sim/analysis/flow-matrix.js');
  const { readStoredPlan } = await import('../../../sim/store/stored-plan.js');
  const { finals, flows } = folder.readSummary(shard).figures as RunFigures;
  const supply = readStoredPlan(folder.path).token.supply / 10n ** 12n;
  const { sectors, rows } = flowMatrix(flows, finals, supply);
  const cell = (amount: bigint) =>
    amount === 0n ? '·' : (amount / 1_000_000n).toLocaleString('en-US');
  const text = formatTable(
    ['', ...rows.map(({ id }) => id), 'sum'],
    sectors.map((sector, at) => [
      sector,
      ...rows.map(({ net }) => cell(net[at]!)),
      String(rows.reduce((sum, { net }) => sum + net[at]!, 0n)),
    ]),
  );
  return {
    text: `flows of ${shard.id}, receipts positive\n${text}`,
    json: { sectors, rows: rows.map(({ id, net }) => ({ id, net: net.map(String) })) },
  };
}
