import { describe, expect, it } from 'vitest';
import type { StepSpec } from '../../src/remediation/steps/steps.ts';
import { closeFirewall, KEY, MARK, markVault, ORDERS, pinnedVersion, setPinned, vaultId, vaultOf } from './orders.ts';
import { DAY, HOUR, type Stage, stage } from './product.ts';

const target = `https://${KEY.host}/keys/${KEY.name}`;
const recovery: StepSpec = { kind: 'recoverKey', target, parameters: { ...vaultOf(target), key: KEY } };

const ofVersion = ({ cloud }: Stage, kind: 'enableKey' | 'setActivationDate'): StepSpec => ({
  kind,
  target,
  parameters: { ...vaultOf(target), key: KEY, version: pinnedVersion(cloud).version },
});

const mutations = ({ cloud }: Stage): readonly string[] =>
  cloud.requests.list({ mutating: true }).map(({ method, url }) => `${method} ${new URL(url).pathname}`);

/** A key that was deleted an hour ago. */
const deleted = async (): Promise<Stage> => {
  const set = await stage(ORDERS);
  set.cloud.world.keyVault.deleteKey('kv-orders', 'cmk');
  await set.advance(HOUR);
  return set;
};

const POST = 'POST /deletedkeys/cmk/recover';

describe('a deleted key', () => {
  it('is recovered by one POST, and back when it can be read', async () => {
    const set = await deleted();
    const { advance, call, cloud, requests } = set;
    await call('isInScope', KEY);
    requests();
    const { sent } = await call('repair', recovery);
    expect(requests()).toEqual([
      `GET management.azure.com${vaultId(cloud)} 200`,
      `GET ${KEY.host}/deletedkeys/cmk 200`,
      `POST ${KEY.host}/deletedkeys/cmk/recover 200`,
    ]);
    if (sent?.kind !== 'started') throw new Error(`nothing was started: ${JSON.stringify(sent)}`);
    expect(await call('pollOperation', sent.operation)).toMatchObject({ kind: 'waiting' });
    await advance(Date.parse(sent.pollAt) - cloud.world.clock.now());
    const { correlationIds } = sent.operation;
    expect(await call('pollOperation', sent.operation)).toMatchObject({ kind: 'done', correlationIds });
    expect(correlationIds).toEqual([expect.any(String)]);
    expect(cloud.world.keyVault.key('kv-orders', 'cmk')?.versions).toHaveLength(2);
  });

  it('is read with the tags of its vault, as they are now', async () => {
    const set = await deleted();
    await set.call('isInScope', KEY);
    markVault(set.cloud);
    const { tagged = [] } = await set.call('repair', recovery);
    expect(tagged.map(({ tags }) => tags)).toContainEqual(MARK);
  });

  it('is not recovered a second time while it comes back, nor after', async () => {
    const set = await deleted();
    await set.call('repair', recovery);
    expect(await set.call('repair', recovery)).toMatchObject({ target: 'operationInProgress' });
    await set.advance(HOUR);
    expect(await set.call('repair', recovery)).toMatchObject({ target: 'noDrift' });
    expect(mutations(set)).toEqual([POST]);
  });

  it('whose recovery was answered by nobody is not recovered again', async () => {
    const set = await deleted();
    set.cloud.faults.add({ route: 'POST *', kind: 'reset-after', rate: 1 });
    await expect(set.call('repair', recovery)).rejects.toThrow('the outcome is unknown');
    expect(await set.call('repair', recovery)).toMatchObject({ target: 'operationInProgress' });
    expect(mutations(set)).toEqual([POST]);
  });

  it('is recovered later where Key Vault throttles the product', async () => {
    const set = await deleted();
    set.cloud.faults.add({ route: 'POST *', kind: '429', rate: 1, retryAfter: 42, times: 1 });
    const until = new Date(set.cloud.world.clock.now() + 42_000).toISOString();
    expect(await set.call('repair', recovery)).toMatchObject({ sent: { kind: 'waiting', until } });
  });

  it('is left alone where the firewall hides it', async () => {
    const set = await deleted();
    closeFirewall(set.cloud);
    expect(await set.call('repair', recovery)).toMatchObject({
      target: 'blocked',
      why: expect.stringContaining('ForbiddenByFirewall'),
    });
    expect(mutations(set)).toEqual([]);
  });
});

describe('a deleted key that was disabled', () => {
  it('is recovered, also where Key Vault does not show what is disabled', async () => {
    const set = await stage(ORDERS, { switches: { disabledKeyReads: 'refused' } });
    const current = set.cloud.world.keyVault.key('kv-orders', 'cmk')?.versions.at(-1)?.version;
    set.cloud.world.keyVault.setAttributes('kv-orders', 'cmk', current, { enabled: false });
    set.cloud.world.keyVault.deleteKey('kv-orders', 'cmk');
    await set.advance(HOUR);
    const { sent } = await set.call('repair', recovery);
    if (sent?.kind !== 'started') throw new Error('nothing was started');
    await set.advance(HOUR);
    expect(await set.call('pollOperation', sent.operation)).toMatchObject({ kind: 'done' });
    expect(await set.call('repair', recovery)).toMatchObject({ target: 'noDrift' });
  });
});

describe('a version', () => {
  it('that is disabled is enabled, once, and nothing else of it changes', async () => {
    const set = await stage(ORDERS);
    const before = { ...pinnedVersion(set.cloud) };
    setPinned(set.cloud, { enabled: false });
    const step = ofVersion(set, 'enableKey');
    expect(await set.call('repair', step)).toMatchObject({ sent: { kind: 'done' } });
    expect(await set.call('repair', step)).toMatchObject({ target: 'noDrift' });
    const { enabled, exp, nbf, tags } = pinnedVersion(set.cloud);
    expect({ enabled, exp, nbf, tags }).toEqual({
      enabled: true,
      exp: before.exp,
      nbf: before.nbf,
      tags: before.tags,
    });
    expect(mutations(set)).toEqual([`PATCH /keys/cmk/${before.version}`]);
  });

  it('that is disabled, and that Key Vault does not even show, is found and enabled all the same', async () => {
    const set = await stage(ORDERS, { switches: { disabledKeyReads: 'refused' } });
    setPinned(set.cloud, { enabled: false });
    const { versions } = await set.call('observeKey', KEY);
    expect(Object.values(versions)).toMatchObject([{ kind: 'present', value: { enabled: false } }]);
    expect(await set.call('repair', ofVersion(set, 'enableKey'))).toMatchObject({ sent: { kind: 'done' } });
    expect(pinnedVersion(set.cloud).enabled).toBe(true);
  });

  it('that is not active yet becomes active from its creation on, once', async () => {
    const set = await stage(ORDERS);
    const { version, createdAt, exp } = pinnedVersion(set.cloud);
    const nbf = Math.floor((set.cloud.world.clock.now() + DAY) / 1_000);
    set.cloud.world.keyVault.setAttributes('kv-orders', 'cmk', version, { nbf });
    const step = ofVersion(set, 'setActivationDate');
    expect(await set.call('repair', step)).toMatchObject({ sent: { kind: 'done' } });
    expect(await set.call('repair', step)).toMatchObject({ target: 'noDrift' });
    expect(pinnedVersion(set.cloud)).toMatchObject({ nbf: Math.floor(createdAt / 1_000), exp, enabled: true });
    expect(mutations(set)).toHaveLength(1);
  });

  it('of a key that was deleted meanwhile is not written to', async () => {
    const set = await stage(ORDERS);
    const step = ofVersion(set, 'enableKey');
    setPinned(set.cloud, { enabled: false });
    set.cloud.world.keyVault.deleteKey('kv-orders', 'cmk');
    expect(await set.call('repair', step)).toMatchObject({ target: 'blocked', why: expect.stringMatching(/is gone$/) });
    expect(mutations(set)).toEqual([]);
  });
});
