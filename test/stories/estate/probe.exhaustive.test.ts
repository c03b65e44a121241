import { describe, expect, it } from 'vitest';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { MINUTE, SECOND, startApp } from '../../builders/app.ts';
import { VAULT } from '../../builders/incident.ts';
import { estate } from '../../builders/key-loss.ts';
import { WAYS } from '../../builders/ways.ts';
import { findDeletedKeys, lastRequest, readsSince } from './probe-story.ts';

describe('the probe', () => {
  it('reads a big estate in parts, spread over the minute, and every key of it once a minute', async () => {
    const app = await startApp({ world: estate(210), wake: 'probe' });
    await app.pass(4 * MINUTE);
    const before = lastRequest(app);
    await app.pass(2 * MINUTE);
    const reads = readsSince(app, before);
    const byKey = Map.groupBy(reads, ({ url }) => url);
    expect(byKey.size).toBe(210);
    for (const [first, second, ...more] of byKey.values()) {
      expect(Date.parse(second?.at ?? '') - Date.parse(first?.at ?? '')).toBe(MINUTE);
      expect(more).toEqual([]);
    }
    const bySecond = Map.groupBy(reads, ({ at }) => new Date(at).getUTCSeconds());
    expect([...bySecond.keys()].sort((a, b) => a - b)).toEqual([0, 30]);
    for (const { length } of bySecond.values()) expect(length).toBeLessThan(2 * 200);
  });

  it('goes on at once where its share of a quota is too small for one minute', async () => {
    const names = Array.from({ length: 240 }, (_, at) => `cmk-${at}`);
    const world: WorldPlan = {
      vaults: [
        {
          name: VAULT,
          permissions: 'accessPolicies',
          keys: names.map((name) => ({ name, type: 'RSA-HSM', size: 3072 })),
        },
      ],
      servers: names.map((key) => ({ name: `on-${key}`, generation: 'flexible', vault: VAULT, key })),
    };
    // Seven hundredths of 500 reads in ten seconds: 69 s for 240 keys, and in turns of five seconds 70.
    const app = await startApp({ world, wake: 'probe', settings: { GUARDIAN_QUOTA_SHARE: '10' } });
    // The first sweep takes each key to be of the most costly.
    await app.pass(25 * MINUTE);
    const before = lastRequest(app);
    await app.pass(10 * MINUTE);
    const reads = readsSince(app, before);
    const ofKeys = reads.filter(({ url }) => url.includes('/keys/'));
    const byKey = [...Map.groupBy(ofKeys, ({ url }) => url).values()].map((own) => own.map(({ at }) => Date.parse(at)));
    const gaps = byKey.flatMap((times) => times.slice(1).map((at, before) => at - (times[before] ?? 0)));
    expect(byKey).toHaveLength(240);
    expect(Math.max(...gaps) / SECOND).toBeLessThanOrEqual(75);
    expect(Math.min(...gaps) / SECOND).toBeGreaterThanOrEqual(69);
  });

  it.each(WAYS)(
    'with %s finds what Key Vault tells nobody within a minute 95 times of 100, wherever in the minute it happens',
    async (way) => {
      await findDeletedKeys(20, way);
    },
  );
});
