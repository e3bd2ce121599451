import { ToolkitError } from '../../../genesis/base/errors.js';
import { V1_14_2, type VersionProfile } from './version-profile.js';

/** When networks without a file of their own have everything active: 2020-12-05T05:00:00Z, in seconds. */
export const INITIALLY_ACTIVE_SECONDS = 1_607_144_400;
/** The node's word for "never": 9999-12-01T00:00:00Z. */
const UNSCHEDULED_SECONDS = 253_399_622_400;

export interface UpgradeFileParameters {
  /** Activation time in seconds by key of the version profile, for upgrades that differ from the default. */
  readonly times?: Readonly<Record<string, number>>;
  /** Length of a P-Chain epoch since Granite, in milliseconds; short ones make warp see new validators soon. */
  readonly graniteEpochMilliseconds?: number;
  readonly profile?: VersionProfile;
}

/**
 * The JSON of AvalancheGo's `--upgrade-file`. Every field is always written: a missing time is the
 * year 1 for the P-Chain and the far future for the EVMs, and the chains then disagree.
 *
 * @throws ToolkitError NODE_UPGRADE_UNKNOWN when `times` names an upgrade that the version does not have.
 */
export function compileUpgradeFile(parameters: UpgradeFileParameters = {}): string {
  const profile = parameters.profile ?? V1_14_2;
  const times = parameters.times ?? {};
  for (const key of Object.keys(times)) {
    if (!profile.upgradeTimes.includes(key)) {
      throw new ToolkitError({
        code: 'NODE_UPGRADE_UNKNOWN',
        message: `AvalancheGo ${profile.version} has no upgrade "${key}".`,
        allowed: profile.upgradeTimes.join(', '),
        exitCode: 2,
      });
    }
  }
  const file: Record<string, unknown> = {
    apricotPhase4MinPChainHeight: 0,
    cortinaXChainStopVertexID: '11111111111111111111111111111111LpoYY',
    graniteEpochDuration: (parameters.graniteEpochMilliseconds ?? 2_000) * 1_000_000,
  };
  for (const key of profile.upgradeTimes) {
    const byDefault = profile.unscheduledByDefault.includes(key)
      ? UNSCHEDULED_SECONDS
      : INITIALLY_ACTIVE_SECONDS;
    file[key] = new Date((times[key] ?? byDefault) * 1000).toISOString().replace('.000Z', 'Z');
  }
  return `${JSON.stringify(file, null, 2)}\n`;
}
