import { describe, expect, it } from 'vitest';
import { compileUpgradeFile } from './compile-upgrade-file.js';
import { V1_14_2, V1_15_1 } from './version-profile.js';

/** JSON names of upstream's upgrade.Config at v1.14.2. */
const FIELDS = [
  'apricotPhase1Time',
  'apricotPhase2Time',
  'apricotPhase3Time',
  'apricotPhase4Time',
  'apricotPhase4MinPChainHeight',
  'apricotPhase5Time',
  'apricotPhasePre6Time',
  'apricotPhase6Time',
  'apricotPhasePost6Time',
  'banffTime',
  'cortinaTime',
  'cortinaXChainStopVertexID',
  'durangoTime',
  'etnaTime',
  'fortunaTime',
  'graniteTime',
  'graniteEpochDuration',
  'heliconTime',
];

describe('compileUpgradeFile', () => {
  it('writes every field, each upgrade active early, Helicon never', () => {
    const file = JSON.parse(compileUpgradeFile());
    expect(Object.keys(file).sort()).toEqual([...FIELDS].sort());
    expect(file.graniteTime).toBe('2020-12-05T05:00:00Z');
    expect(file.heliconTime).toBe('9999-12-01T00:00:00Z');
    expect(file.graniteEpochDuration).toBe(2_000_000_000);
  });

  it('moves what it is told to and knows that 1.15 has Helicon from the start', () => {
    const file = JSON.parse(
      compileUpgradeFile({ times: { graniteTime: 4_102_444_800 }, graniteEpochMilliseconds: 500 }),
    );
    expect(file.graniteTime).toBe('2100-01-01T00:00:00Z');
    expect(file.etnaTime).toBe('2020-12-05T05:00:00Z');
    expect(file.graniteEpochDuration).toBe(500_000_000);
    expect(JSON.parse(compileUpgradeFile({ profile: V1_15_1 })).heliconTime).toBe(
      '2020-12-05T05:00:00Z',
    );
  });

  it('refuses an upgrade that the version does not have', () => {
    expect(() => compileUpgradeFile({ times: { granite: 1 } })).toThrow(
      expect.objectContaining({ code: 'NODE_UPGRADE_UNKNOWN', exitCode: 2 }),
    );
  });

  it('has a profile whose commit the binary can be compared with', () => {
    expect(V1_14_2.commit).toMatch(/^[0-9a-f]{40}$/);
  });
});
