import { describe, expect, it } from 'vitest';
import { followThrough, mutations } from './follow-through.ts';
import {
  closeFirewall,
  expire,
  extension,
  FLEXIBLE,
  KEY,
  MARK,
  markServer,
  markVault,
  markVersion,
  ORDERS,
  pinnedExpiry,
  pinnedVersion,
  revalidation,
  SINGLE,
  setPinned,
  shutProductOut,
  stateOf,
  vaultId,
} from './orders.ts';
import { HOUR, type Stage, stage } from './product.ts';

const revalidateSingle = (cloud: Stage['cloud']) => revalidation(cloud, SINGLE);

const broken = async (options = {}): Promise<Stage> => {
  const set = await stage(ORDERS, options);
  expire(set.cloud);
  await set.advance(HOUR);
  return set;
};

describe('an expired version', () => {
  it('is extended where it is pinned, once, and a second run finds nothing to do', async () => {
    const set = await broken();
    const { call, cloud, requests } = set;
    requests();
    const { sent } = await call('repair', extension(cloud));
    expect(sent).toMatchObject({ kind: 'done', correlationIds: [expect.any(String)] });
    expect(pinnedExpiry(cloud)).toBe('2027-11-22T01:00:00.000Z');
    expect(await call('repair', extension(cloud))).toMatchObject({ target: 'noDrift' });
    expect(mutations(set)).toEqual([`PATCH /keys/cmk/${pinnedVersion(cloud).version}`]);
  });

  it('is not extended where somebody has set another expiry since it was decided: that is looked at anew', async () => {
    const set = await broken();
    const { call, cloud } = set;
    const seen = { expiresOn: pinnedExpiry(cloud) ?? '' };
    setPinned(cloud, { exp: Math.floor(cloud.world.clock.now() / 1_000) - 60 });
    const repair = await call('repair', { ...extension(cloud), seen });
    expect(repair).toMatchObject({ target: 'changed', why: expect.stringContaining(seen.expiresOn) });
    expect(mutations(set)).toEqual([]);
    await call('repair', { ...extension(cloud), seen: { expiresOn: pinnedExpiry(cloud) ?? '' } });
    expect(mutations(set)).toHaveLength(1);
  });

  it('that was extended by a week, as while the fuse is blown, is done when its activity is repeated: nothing has changed it', async () => {
    const set = await broken();
    const { call, cloud } = set;
    const step = extension(cloud, { period: 'P7D', threshold: 'P1D' });
    const week = { ...step, seen: { expiresOn: pinnedExpiry(cloud) ?? '' } };
    expect(await call('repair', week)).toMatchObject({ sent: { kind: 'done' } });
    expect(await call('repair', week)).toMatchObject({ target: 'noDrift' });
    expect(mutations(set)).toHaveLength(1);
  });

  it('is left alone when it is disabled: that may be a deliberate stop', async () => {
    const set = await broken();
    setPinned(set.cloud, { enabled: false });
    expect(await set.call('repair', extension(set.cloud))).toMatchObject({ target: 'blocked' });
    expect(mutations(set)).toEqual([]);
  });

  it.each([
    ['the firewall shuts the product out', closeFirewall, /ForbiddenByFirewall/],
    ['the product has no permission', shutProductOut, /AccessDenied/],
  ])('is reported, and nothing is sent, where %s', async (_, shut, why) => {
    const set = await broken();
    shut(set.cloud);
    const repair = await set.call('repair', extension(set.cloud));
    expect(repair).toMatchObject({ target: 'blocked', why: expect.stringMatching(why) });
    expect(mutations(set)).toEqual([]);
  });
});

describe('an inaccessible server', () => {
  it.each([
    ['PUT of its key', 'single', SINGLE, 'PUT'],
    ['PATCH of its encryption', 'flexible', FLEXIBLE, 'PATCH'],
  ])('is Ready again by one %s (%s server)', async (_write, _generation, id, method) => {
    const set = await stage(ORDERS);
    const { call, cloud } = set;
    setPinned(cloud, { enabled: false });
    await set.advance(HOUR);
    expect(stateOf(cloud, id)).toBe('inaccessible');
    setPinned(cloud, { enabled: true });
    const repair = await call('repair', revalidation(cloud, id));
    expect(await followThrough(set, repair)).toMatchObject({ kind: 'done' });
    expect(stateOf(cloud, id)).toBe('ready');
    expect(mutations(set).map((line) => line.split(' ')[0])).toEqual([method]);
    expect(await call('repair', revalidation(cloud, id))).toMatchObject({
      target: 'noDrift',
      why: expect.stringContaining('Ready'),
    });
  });

  it('stays so while its key cannot be used, in the words of Azure', async () => {
    const set = await broken();
    const polled = await followThrough(set, await set.call('repair', revalidation(set.cloud, SINGLE)));
    expect(polled).toMatchObject({
      kind: 'blocked',
      why: expect.stringContaining('the operation failed: AzureKeyVault'),
    });
    expect(stateOf(set.cloud, SINGLE)).toBe('inaccessible');
  });

  it('is waited for while another operation runs there', async () => {
    const set = await broken();
    const step = revalidation(set.cloud, SINGLE);
    await set.call('repair', step);
    const { sent } = await set.call('repair', step);
    expect(sent).toMatchObject({ kind: 'waiting', why: expect.stringContaining('OperationInProgress') });
  });

  it('is not touched when it pins another version than the step says', async () => {
    const set = await broken();
    const step = revalidation(set.cloud, SINGLE);
    const current = set.cloud.world.keyVault.key('kv-orders', 'cmk')?.versions[1]?.kid ?? '';
    if (step.kind !== 'revalidateConsumer') throw new Error('not a revalidation');
    const other = { ...step, parameters: { ...step.parameters, kid: current } };
    expect(await set.call('repair', other)).toMatchObject({ target: 'blocked' });
    expect(mutations(set)).toEqual([]);
  });
});

describe('a repair', () => {
  it('takes the fewest calls: its target is read, written once, and the operation polled when Azure said', async () => {
    const set = await broken();
    const { call, cloud, requests } = set;
    await call('observeKey', KEY, { consumerIds: [SINGLE] });
    requests();
    await call('repair', extension(cloud));
    const version = `${KEY.host}/keys/cmk/${pinnedVersion(cloud).version}`;
    const vault = `GET management.azure.com${vaultId(cloud)} 200`;
    expect(requests()).toEqual([vault, `GET ${version} 200`, `PATCH ${version} 200`]);

    await followThrough(set, await call('repair', revalidation(cloud, SINGLE)));
    const [one = '', two = '', vaultAgain, versionAgain, put, ...polls] = requests();
    // These are asked for at once, so that nothing says which comes first.
    const [server, keys] = one.includes('/keys ') ? [two, one] : [one, two];
    expect(server).toBe(`GET management.azure.com${SINGLE} 200`);
    expect(keys).toMatch(/^GET .*\/servers\/orders\/keys 200$/);
    expect([vaultAgain, versionAgain]).toEqual([vault, `GET ${version} 200`]);
    expect(put).toMatch(/^PUT .*\/servers\/orders\/keys\/kv-orders_cmk_[0-9a-f]{32} 202$/);
    expect(new Set(polls)).toEqual(new Set([expect.stringMatching(/^GET .*\/azureAsyncOperation\/[^/]+ 200$/)]));
    expect(stateOf(cloud, SINGLE)).toBe('ready');
  });
});

describe('what is read right before a revalidation', () => {
  it('is asked for in the order in which a late answer hides no tag: server and its keys at once, then vault and version', async () => {
    const set = await broken({ switches: { answerMilliseconds: { 'azure.com': 7_000, 'vault.azure.net': 7_000 } } });
    const { call, cloud } = set;
    await call('observeKey', KEY, { consumerIds: [SINGLE] });
    const since = cloud.requests.list().at(-1)?.n ?? 0;
    await call('repair', revalidation(cloud, SINGLE));
    const read = cloud.requests.list({ since }).filter(({ method }) => method === 'GET');
    const began = Date.parse(read[0]?.at ?? '');
    expect(read.slice(0, 4).map(({ at }) => Date.parse(at) - began)).toEqual([0, 0, 7_000, 14_000]);
  });
});

describe('what is read right before a write', () => {
  it.each([
    ['the vault of a version', markVault, extension],
    ['a version', markVersion, extension],
    ['the vault of a server', markVault, revalidateSingle],
    ['the version that a server pins', markVersion, revalidateSingle],
    ['a server', markServer(SINGLE), revalidateSingle],
  ])('has the tag that was put on %s since the key was looked at', async (_, mark, step) => {
    const set = await broken();
    await set.call('observeKey', KEY);
    mark(set.cloud);
    const { tagged = [] } = await set.call('repair', step(set.cloud));
    expect(tagged.map(({ tags }) => tags)).toContainEqual(MARK);
  });

  it('has the tags of several consumers, those left out that are gone', async () => {
    const { call, cloud } = await stage(ORDERS);
    markServer(FLEXIBLE)(cloud);
    const tags = await call('readTags', [SINGLE, FLEXIBLE, SINGLE.replace('orders', 'gone')]);
    expect(tags).toMatchObject({
      kind: 'present',
      value: [
        { name: 'orders', tags: {} },
        { name: 'web', tags: MARK },
      ],
    });
    expect(await call('readTags', ['/subscriptions/other/x/y'])).toMatchObject({ kind: 'unknown' });
  });
});

describe('a write', () => {
  it('whose answer is lost is not sent again, and its outcome is said to be unknown', async () => {
    const set = await broken();
    set.cloud.faults.add({ route: 'PATCH *', kind: 'reset-after', rate: 1 });
    await expect(set.call('repair', extension(set.cloud))).rejects.toThrow('the outcome is unknown');
    expect(mutations(set)).toHaveLength(1);
    set.cloud.faults.clear();
    expect(await set.call('repair', extension(set.cloud))).toMatchObject({ target: 'noDrift' });
  });

  it('that is never answered is given up at its deadline', async () => {
    const set = await broken();
    set.cloud.faults.add({ route: 'PUT *', kind: 'timeout', rate: 1 });
    const before = set.cloud.world.clock.now();
    await expect(set.call('repair', revalidation(set.cloud, SINGLE))).rejects.toThrow('the outcome is unknown');
    expect(set.cloud.world.clock.now() - before).toBe(60_000);
    expect(mutations(set)).toHaveLength(1);
  });

  it.each(['429', '503'] as const)('that Azure answers with %s waits, and is not sent again', async (kind) => {
    const set = await broken();
    set.cloud.faults.add({ route: 'PUT *', kind, rate: 1, retryAfter: 42 });
    const { sent } = await set.call('repair', revalidation(set.cloud, SINGLE));
    const until = new Date(set.cloud.world.clock.now() + 42_000).toISOString();
    expect(sent).toMatchObject({ kind: 'waiting', until });
    expect(mutations(set)).toHaveLength(1);
  });
});

describe('the status of an operation', () => {
  it('that cannot be read says nothing about the operation', async () => {
    const set = await broken();
    const { sent } = await set.call('repair', revalidation(set.cloud, SINGLE));
    if (sent?.kind !== 'started' || !('statusUrl' in sent.operation)) throw new Error('nothing was started');
    for (const kind of ['500', '429'] as const) {
      set.cloud.faults.add({ route: '*azureAsyncOperation*', kind, rate: 1 });
      expect(await set.call('pollOperation', sent.operation)).toMatchObject({ kind: 'waiting' });
      set.cloud.faults.clear();
    }
    const lost = {
      ...sent.operation,
      statusUrl: sent.operation.statusUrl.replace(/azureAsyncOperation\/[^?]+/, 'azureAsyncOperation/none'),
    };
    expect(await set.call('pollOperation', lost)).toMatchObject({ kind: 'waiting' });
  });

  it('is never asked for anywhere but at Azure Resource Manager', async () => {
    const { call } = await stage(ORDERS);
    const operation = {
      statusUrl: 'https://evil.vault.azure.net/x',
      startedAt: '2026-11-22T00:00:00Z',
      correlationIds: [],
    };
    expect(await call('pollOperation', operation)).toMatchObject({
      why: expect.stringContaining('no token is sent there'),
    });
  });
});
