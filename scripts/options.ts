import type { Options } from 'yargs';

/** Options of every command. */
export const globalOptions = {
  json: { type: 'boolean', default: false, describe: 'Print one JSON document instead of text' },
  quiet: { type: 'boolean', default: false, describe: 'Print nothing but errors' },
  verbose: { type: 'boolean', default: false, describe: 'Log what happens and show stack traces' },
} as const satisfies Record<string, Options>;

export type GlobalOptions = typeof globalOptions;

/** Options that choose the plan; spread them into a command that reads one. */
export const planOptions = {
  plan: { type: 'string', default: 'masa', describe: 'Plan file, or the name of a built-in plan' },
  profile: { type: 'string', describe: 'Profile of the plan (calibrated, low-float, high-float)' },
  overlay: {
    type: 'string',
    array: true,
    describe: 'Overlays merged in order (default: local-fast; "none" for the plan as it stands)',
  },
  set: { type: 'string', array: true, describe: 'Override one value: --set path.to.value=3' },
} as const satisfies Record<string, Options>;
