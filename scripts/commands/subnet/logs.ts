import { logLevels } from '../../../subnet/avalanchego/logs/parse-log.js';
import { defineCommand } from '../../command.js';
import { networkOptions } from './network-options.js';

/** `masa subnet logs`: the logs of all nodes as one. */
export const command = defineCommand({
  command: 'logs',
  describe: 'Show the logs of all nodes, merged by time and filtered',
  options: {
    ...networkOptions,
    node: { type: 'string', array: true, describe: 'Only these nodes' },
    log: {
      type: 'string',
      array: true,
      describe: 'Only these logs: main, P, C, X, l1 (the chain), vm-factory',
    },
    level: {
      type: 'string',
      choices: logLevels,
      default: 'info',
      describe: 'Least severity',
    },
    grep: { type: 'string', describe: 'Only entries that match this regular expression' },
    since: { type: 'string', describe: 'Only the last while, e.g. 90s, 10m, 2h' },
    lines: { type: 'number', default: 100, describe: 'The last so many entries; 0 for all' },
    follow: { type: 'boolean', default: false, describe: 'Go on until Ctrl-C' },
  },
  examples: [
    ['masa subnet logs --level warn --since 10m', 'what went wrong'],
    ['masa subnet logs --log l1 --node validator-2 --follow', 'one chain on one node'],
  ],
  async run(argv, context) {
    const { showLogs } = await import('./show-logs.js');
    return showLogs(argv, context);
  },
});
