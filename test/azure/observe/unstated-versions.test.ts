import { describe, expect, it } from 'vitest';
import type { ConsumerFacts } from '../../../src/remediation/model/facts.ts';
import { closeFirewall, FLEXIBLE, KEY, ORDERS, shutProductOut } from '../orders.ts';
import { HOUR, type Stage, stage } from '../product.ts';

/** No present kind names its key without a version: the facts of such a kind are made from a server that names one. */
const withoutVersion = async ({ call, requests }: Stage, lag?: string): Promise<readonly ConsumerFacts[]> => {
  const read = await call('readConsumer', FLEXIBLE);
  if (read.kind !== 'present') throw new Error('the server is not there');
  const version = { kind: 'unknown', reason: 'it names none', ...(lag !== undefined && { lag }) } as const;
  const facts = { ...read.value[0], pinned: { key: KEY, version, kid: `https://${KEY.host}/keys/${KEY.name}` } };
  requests();
  return [facts];
};

const versionsIn = ({ cloud }: Stage) => cloud.world.keyVault.key('kv-orders', 'cmk')?.versions ?? [];

/** After a rotation the version before may be in use for this long. */
const LAG = 'PT2H';

/** The key was rotated so long ago, after a time without change longer than the lag. */
const rotatedBefore = async (ms: number): Promise<Stage> => {
  const set = await stage(ORDERS);
  await set.advance(3 * HOUR);
  set.cloud.world.keyVault.rotateKey('kv-orders', 'cmk');
  await set.advance(ms);
  return set;
};

/** Calls to the vault, with the numbers of versions in the order in which they were made. */
const callsTo = (set: Stage): readonly string[] => {
  const names = new Map(versionsIn(set).map(({ version }, at) => [version, `v${at + 1}`]));
  return set
    .requests()
    .filter((line) => line.includes('.vault.azure.net/'))
    .map((line) => line.replace(/^GET [^/]+/, '').replace(/[0-9a-f]{32}/, (version) => names.get(version) ?? version))
    .toSorted();
};

const WITHIN_LAG = ['/keys/cmk/ 200', '/keys/cmk/v2 200', '/keys/cmk/versions 200'];
const AFTER_LAG = ['/keys/cmk/ 200'];

describe('A key of which a consumer states no version', () => {
  it('is told from another key of its name by one call for a version of before, and only after a rotation', async () => {
    const set = await rotatedBefore(HOUR);
    const consumers = await withoutVersion(set);
    const [, before = '', newest = ''] = versionsIn(set).map(({ version }) => version);
    const rotated = await set.call('observeKey', KEY, { consumers, recordedVersions: [before] });
    expect(rotated.recorded).toMatchObject({ kind: 'present', value: { version: before } });
    expect(callsTo(set)).toEqual(['/keys/cmk/ 200', '/keys/cmk/v2 200']);
    const known = await set.call('observeKey', KEY, { consumers, recordedVersions: [newest] });
    expect(known).not.toHaveProperty('recorded');
    expect(callsTo(set)).toEqual(AFTER_LAG);
    const other = await set.call('observeKey', KEY, { consumers, recordedVersions: ['f'.repeat(32)] });
    expect(other.recorded).toEqual({ kind: 'absent' });
  });

  it('takes a list within the lag, and one call more for each version that may still be in use', async () => {
    const set = await rotatedBefore(HOUR);
    const consumers = await withoutVersion(set, LAG);
    const { current, superseded, versions } = await set.call('observeKey', KEY, { consumers });
    const [, before = '', newest = ''] = versionsIn(set).map(({ version }) => version);
    expect(current).toMatchObject({ kind: 'present', value: { version: newest } });
    expect(superseded).toEqual({
      kind: 'present',
      value: [{ version: before, at: new Date(set.startedAt + 3 * HOUR).toISOString() }],
    });
    expect(versions).toMatchObject({ [newest]: current, [before]: { kind: 'present', value: { version: before } } });
    expect(callsTo(set)).toEqual(WITHIN_LAG);
    // Where no lag is documented, the current version is all that matters.
    await set.call('observeKey', KEY, { consumers: await withoutVersion(set) });
    expect(callsTo(set)).toEqual(AFTER_LAG);
  });

  it('is probed by as many calls, and by one once the lag is over', async () => {
    const set = await rotatedBefore(HOUR);
    const consumers = await withoutVersion(set, LAG);
    const { observations } = await set.call('probeKeys', [{ key: KEY, consumers }]);
    expect(Object.keys(observations[0]?.versions ?? {})).toHaveLength(2);
    expect(callsTo(set)).toEqual(WITHIN_LAG);
    await set.advance(HOUR);
    const later = await set.call('probeKeys', [{ key: KEY, consumers }]);
    expect(Object.keys(later.observations[0]?.versions ?? {})).toEqual([versionsIn(set).at(-1)?.version]);
    expect(callsTo(set)).toEqual(AFTER_LAG);
    // Other consumers need the same read: it is not sent twice.
    await set.call('observeWithCurrent', KEY, { consumers });
    expect(callsTo(set)).toEqual(AFTER_LAG);
  });

  it('shows the same through the control plane, where the firewall shuts the product out', async () => {
    const set = await rotatedBefore(HOUR);
    const consumers = await withoutVersion(set, LAG);
    const open = await set.call('observeKey', KEY, { consumers });
    closeFirewall(set.cloud);
    const shut = await set.call('observeKey', KEY, { consumers });
    expect(shut.superseded).toEqual(open.superseded);
    expect(Object.keys(shut.versions)).toEqual(Object.keys(open.versions));
    expect([shut.current, ...Object.values(shut.versions)].map((fact) => fact?.kind)).toEqual(Array(3).fill('present'));
  });

  it('is unknown, not gone, where the product may not read it', async () => {
    const set = await stage(ORDERS);
    const consumers = await withoutVersion(set, LAG);
    shutProductOut(set.cloud);
    const { current, loss, superseded, versions } = await set.call('observeKey', KEY, { consumers });
    expect(current).toEqual({
      kind: 'unknown',
      reason: expect.stringMatching(/az keyvault set-policy.*AccessDenied/s),
    });
    expect([loss, superseded, versions]).toEqual([undefined, undefined, {}]);
  });

  it('has no current version once it was deleted, and it is asked what became of it', async () => {
    const set = await stage(ORDERS);
    const consumers = await withoutVersion(set, LAG);
    set.cloud.world.keyVault.deleteKey('kv-orders', 'cmk');
    await set.advance(HOUR);
    const { current, loss, versions } = await set.call('observeKey', KEY, { consumers });
    expect([current, versions]).toEqual([{ kind: 'absent' }, {}]);
    expect(loss).toMatchObject({ kind: 'present', value: { kind: 'deleted' } });
  });
});
