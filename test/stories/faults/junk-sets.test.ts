import { describe, expect, it } from 'vitest';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { type App, MINUTE, startApp } from '../../builders/app.ts';
import { KEY, keyVersion, orders, productRequests, single, startReconciliation } from '../../builders/incident.ts';
import { repeated } from '../../run/exhaustive.ts';

const VERSION = '0123456789abcdef0123456789abcdef';
const SWEEP = 5 * MINUTE;

/** Keys that strangers' sets pin: of a vault that does not exist, or in turn a key that does not exist in the owner's vault. */
const JUNK = [
  (n: number) => `https://kv-junk-${n}.vault.azure.net/keys/cmk/${VERSION}`,
  (n: number) => `${KEY}-${n}/${VERSION}`,
];

const junkKey = (n: number): string => JUNK[n % JUNK.length]?.(n) ?? '';

const addJunk = ({ cloud }: App, count: number, keyUrl: (n: number) => string = junkKey): void => {
  for (let n = 0; n < count; n++)
    cloud.world.compute.addSet({ subscription: subscriptionId, group: 'junk', name: `junk-${n}`, keyUrl: keyUrl(n) });
};

/** Paths that the product has asked for meanwhile: of Resource Manager, and of vaults. */
const askedDuring = async (app: App, play: () => Promise<unknown>) => {
  const before = productRequests(app).length;
  await play();
  const urls = productRequests(app)
    .slice(before)
    .map(({ url }) => new URL(url));
  const arm = urls.filter(({ hostname }) => hostname === 'management.azure.com');
  return { arm: arm.length, vault: urls.filter((url) => !arm.includes(url)).map(({ pathname }) => pathname) };
};

const started = async (): Promise<App> => {
  const app = await startApp({
    world: orders([single('orders')]),
    wake: 'event',
    settings: { GUARDIAN_SWEEP_SCHEDULE: '0 */5 * * * *' },
  });
  await app.pass(2 * SWEEP + MINUTE);
  return app;
};

/**
 * For each of so many sweeps, the requests to Resource Manager beyond those of a sweep without junk, and the requests to vaults.
 */
const sweepsWith = async (app: App, count: number, sweeps: number, keyUrl?: (n: number) => string) => {
  const { arm: usual } = await askedDuring(app, () => app.pass(SWEEP));
  addJunk(app, count, keyUrl);
  const more: number[] = [];
  const ofVaults: number[] = [];
  for (let n = 0; n < sweeps; n++) {
    const { arm, vault } = await askedDuring(app, () => app.pass(SWEEP));
    more.push(arm - usual);
    ofVaults.push(vault.filter((path) => path.includes('/cmk-')).length);
  }
  return { more, most: Math.max(...more), ofVaults };
};

describe('Sets that pin what is not there', () => {
  it('cost a sweep few calls, are asked for with growing pauses, and at once when somebody names them', async () => {
    const app = await started();
    const { most, ofVaults } = await sweepsWith(app, 12, 10);
    expect(most).toBeLessThanOrEqual(8);
    // After 0, 5, 10, 20 and 40 minutes.
    expect(ofVaults.map((count) => count > 0)).toEqual([1, 1, 1, 0, 1, 0, 0, 0, 1, 0].map((sign) => sign === 1));

    const { vault } = await askedDuring(app, () => startReconciliation(app, { key: `${KEY}-1` }));
    expect(vault).toContain(`/keys/cmk-1/${VERSION}`);
    const { kid } = keyVersion(app);
    const named = await askedDuring(app, async () => {
      const topic = app.cloud.world.keyVault.vault('kv-orders')?.id ?? '';
      const data = { Id: kid.replace('/cmk/', '/cmk-3/'), VaultName: 'kv-orders', ObjectName: 'cmk-3' };
      app.cloud.world.eventGrid.send(topic, 'guardian', {
        id: 'named',
        topic,
        subject: 'cmk-3',
        eventType: 'Microsoft.KeyVault.KeyNewVersionCreated',
        eventTime: '2026-03-02T00:00:00Z',
        data,
        dataVersion: '1',
        metadataVersion: '1',
      });
      await app.pass(MINUTE);
    });
    expect(named.vault).toContain(`/keys/cmk-3/${VERSION}`);
  });

  repeated(
    'raise the calls of no sweep by more than thirty, though there are a thousand, but of the first',
    async () => {
      const { more } = await sweepsWith(await started(), 1_000, 14);
      // A key that was never read counts as the most costly: the first look at so many takes minutes, and its lists are read
      // again meanwhile. It still reads them, four lists a minute, when a sweep lists consumers once more.
      expect(Math.max(...more.slice(0, 3))).toBeLessThanOrEqual(100);
      expect(Math.max(...more.slice(3))).toBeLessThanOrEqual(30);
    },
  );

  repeated('of a key of ours are looked at together', async () => {
    const app = await started();
    const { most } = await sweepsWith(app, 300, 4, () => keyVersion(app).kid);
    expect(most).toBeLessThanOrEqual(20);
  });
});
