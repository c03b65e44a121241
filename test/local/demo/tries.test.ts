import { describe, expect, it } from 'vitest';
import { MODES } from '../../../local/demo/mode.ts';
import { breaksToTry } from '../../../local/demo/tries.ts';

const BROKEN = { vault: 'kv-web', key: 'web-cmk', server: 'web', id: 'key-1' };
const said = (mode: (typeof MODES)[number]): string =>
  breaksToTry(mode, BROKEN)
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
    const commands = breaksToTry(mode, BROKEN).flatMap(([, ...ofTry]) => ofTry);
    expect(commands).toContain(`curl -s -X POST $SIM/break/delete-key -d '{"vault":"kv-web","key":"web-cmk"}'`);
  });
});
