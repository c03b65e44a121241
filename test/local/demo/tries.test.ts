import { describe, expect, it } from 'vitest';
import { actsFor } from '../../../local/demo/acts/acts.ts';
import { MODES } from '../../../local/demo/mode.ts';
import { joining } from '../../../local/demo/next-steps.ts';
import { timedLooksAfter } from '../../../local/demo/timed-looks.ts';
import { breaksToTry } from '../../../local/demo/tries.ts';

const BROKEN = { vault: 'kv-web', key: 'web-cmk', server: 'web', id: 'key-1' };
const said = (mode: (typeof MODES)[number]): string =>
  breaksToTry(mode, 'sweep and probe', BROKEN)
    .map(([what]) => what)
    .join('\n');

describe('what next', () => {
  it('promises that things come back by themselves in mode auto alone', () => {
    expect(said('auto')).toMatch(/comes back by itself/);
    expect(said('auto')).toMatch(/is extended, and its server serves again/);
    for (const mode of ['approve', 'observe'] as const)
      expect(said(mode)).not.toMatch(/by itself|serves again|and serves/);
  });

  it('says in mode approve that the app asks, whatever is broken', () => {
    expect(said('approve').match(/the app asks/g)).toHaveLength(5);
  });

  it('promises no question in mode observe, where nobody is asked', () => {
    expect(said('observe')).not.toMatch(/app asks/);
    expect(said('observe').match(/the app reports/g)).toHaveLength(5);
  });

  it.each(MODES)('breaks the key that is named, in mode %s', (mode) => {
    const commands = breaksToTry(mode, 'sweep alone', BROKEN).flatMap(([, ...ofTry]) => ofTry);
    expect(commands).toContain(`curl -s -X POST $SIM/break/delete-key -d '{"vault":"kv-web","key":"web-cmk"}'`);
  });

  it.each(MODES)(
    'says in mode %s that the probe looks where it is on, and that the sweep is alone where it is off',
    (mode) => {
      const told = (looks: 'sweep alone' | 'sweep and probe'): string =>
        breaksToTry(mode, looks, BROKEN)
          .map(([what]) => what)
          .join('\n');
      expect(told('sweep and probe').match(/probe/g)).toHaveLength(2);
      expect(told('sweep and probe')).not.toContain('is off');
      expect(told('sweep alone')).toMatch(
        /Azure has no event for that, the next sweep finds it \(the probe is off\), and /,
      );
      expect(told('sweep alone')).toMatch(/only the app’s own looks can find it: the sweep, since the probe is off/);
    },
  );

  it('lets a subscription join below the management group that is followed, and shows what is followed', () => {
    const [what, join, , shown] = joining('platform');
    expect(what).toContain('below platform');
    expect(join).toContain(`-d '{"name":"team-a","managementGroup":"platform","server":"team-a"}'`);
    expect(shown).toBe('GUARDIAN_TOKEN=$(token reader) npm run -s guardian -- subscriptions');
  });

  it.each([
    ['the whole story', undefined, 2, 'sweep and probe'],
    ['its first act, which was not healed', undefined, 1, 'sweep alone'],
    ['the act of a replica alone', 'replica', 1, 'sweep alone'],
    ['the act of an alert alone', 'alert', 1, 'sweep alone'],
  ] as const)('knows whether the probe is on after %s', (_what, name, played, looks) => {
    expect(timedLooksAfter(actsFor(name).slice(0, played))).toBe(looks);
  });
});
