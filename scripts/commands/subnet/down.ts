import { defineCommand } from '../../command.js';
import { networkOptions } from './network-options.js';

/** `masa subnet down`: ends the nodes, whoever started them. */
export const command = defineCommand({
  command: 'down',
  describe: 'Stop a network of AvalancheGo nodes; its blocks stay',
  options: {
    ...networkOptions,
    delete: { type: 'boolean', default: false, describe: 'Remove its blocks and keys too' },
  },
  examples: [
    ['masa subnet down', 'masa subnet up --engine avalanchego goes on from the last block'],
    ['masa subnet down --delete', 'the next start begins at block 0'],
  ],
  async run(argv, context) {
    const { loadNetwork } = await import('./network-options.js');
    const { openFileJournal } = await import('../../../subnet/journal/file-journal.js');
    const { endProcesses } = await import('../../../subnet/avalanchego/process/end-processes.js');
    const { folder } = await loadNetwork(argv, context);
    // Nobody may be starting nodes while they are ended.
    const journal = openFileJournal(folder.journal);
    let ended: number;
    try {
      ended = await endProcesses(folder.root);
    } finally {
      journal.close();
    }
    if (argv.delete) {
      const { deleteNetwork } = await import('../../../subnet/avalanchego/state/delete-network.js');
      await deleteNetwork(folder);
    }
    return {
      json: { ended, deleted: argv.delete, folder: folder.root },
      text: [
        ended === 0 ? 'No process was running.' : `${ended} processes ended.`,
        argv.delete ? `${folder.root} was removed.` : `Blocks and keys stay in ${folder.root}.`,
      ].join('\n'),
    };
  },
});
