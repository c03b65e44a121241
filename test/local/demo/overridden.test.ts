import { describe, expect, it } from 'vitest';
import { overridden } from '../../../local/demo/overridden.ts';

describe('settings of one’s own environment, in the story', () => {
  it('are said not to count where the story brings its own', () => {
    expect(overridden({ GUARDIAN_MODE: 'observe' }, { mode: 'auto' })).toEqual([
      "GUARDIAN_MODE is 'observe' in your environment, which does not count here: the story sets it to 'auto' (--mode chooses it).",
    ]);
  });

  it('are said of the probe’s schedule as well, and of what only a later act sets', () => {
    const said = overridden(
      { GUARDIAN_PROBE_SCHEDULE: '0 * * * * *', GUARDIAN_ALERT_TENANT: 'mine' },
      { mode: 'auto' },
    );
    expect(said).toEqual([
      "GUARDIAN_PROBE_SCHEDULE is '0 * * * * *' in your environment, which does not count here: the story sets it to '0 0 0 1 1 *'.",
      "GUARDIAN_ALERT_TENANT is 'mine' in your environment, which does not count here: an act of the story sets it.",
    ]);
  });

  it('are not spoken of where they are the same, or where the story leaves them alone', () => {
    expect(overridden({ GUARDIAN_MODE: 'auto', GUARDIAN_NEAR_EXPIRY: 'P10D', PATH: '/bin' }, { mode: 'auto' })).toEqual(
      [],
    );
  });
});
