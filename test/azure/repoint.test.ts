import { describe, expect, it } from 'vitest';
import type { ConsumerKind } from '../../src/remediation/model/profiles.ts';
import type { StepSpec } from '../../src/remediation/steps/steps.ts';
import { DISKS, diskKid, SET, setIn } from './disks.ts';
import { followThrough, mutations } from './follow-through.ts';
import { closeFirewall, FLEXIBLE, MARK, ORDERS, pinnedVersion, SINGLE, vaultOf } from './orders.ts';
import { DAY, type Stage, stage } from './product.ts';

const repointing = (consumerKind: ConsumerKind, target: string, kid: string, newKid: string): StepSpec => ({
  kind: 'repointConsumer',
  target: target.toLowerCase(),
  parameters: { ...vaultOf(kid), consumerKind, kid, newKid },
});

const currentVersion = ({ cloud }: Stage) => {
  const version = cloud.world.keyVault.key('kv-orders', 'cmk')?.versions[1];
  if (!version) throw new Error('there is no second version');
  return version;
};
const single = (set: Stage): StepSpec =>
  repointing('mysqlSingleServer', SINGLE, pinnedVersion(set.cloud).kid, currentVersion(set).kid);
const flexible = (set: Stage): StepSpec =>
  repointing('mysqlFlexibleServer', FLEXIBLE, pinnedVersion(set.cloud).kid, currentVersion(set).kid);

describe('a consumer is pointed at another version', () => {
  it('by one PUT of its key, named as Azure wants it (single server)', async () => {
    const set = await stage(ORDERS);
    const { kid, version } = currentVersion(set);
    expect(await followThrough(set, await set.call('repair', single(set)))).toMatchObject({ kind: 'done' });
    expect(set.cloud.world.mysql.servers.single(SINGLE)?.key?.uri).toBe(kid);
    expect(await set.call('repair', single(set))).toMatchObject({ target: 'noDrift' });
    expect(mutations(set)).toEqual([`PUT ${SINGLE}/keys/kv-orders_cmk_${version}`]);
  });

  it('by one PATCH of its whole encryption, with that one version changed (flexible server)', async () => {
    const set = await stage(ORDERS);
    const { kid } = currentVersion(set);
    const server = set.cloud.world.mysql.servers.flexible(FLEXIBLE);
    const before = structuredClone(server);
    expect(await followThrough(set, await set.call('repair', flexible(set)))).toMatchObject({ kind: 'done' });
    expect(set.cloud.world.mysql.servers.flexible(FLEXIBLE)).toMatchObject({
      identities: before?.identities,
      dataEncryption: { ...before?.dataEncryption, primaryKeyURI: kid },
    });
    expect(mutations(set)).toEqual([`PATCH ${FLEXIBLE}`]);
  });

  it('by one PATCH of its active key (disk encryption set)', async () => {
    const set = await stage(DISKS);
    const step = repointing('diskEncryptionSet', SET, diskKid(set.cloud, 1), diskKid(set.cloud, 2));
    const { sourceVault } = setIn(set.cloud).activeKey;
    expect(await followThrough(set, await set.call('repair', step))).toMatchObject({ kind: 'done' });
    expect(setIn(set.cloud).activeKey).toEqual({ keyUrl: diskKid(set.cloud, 2), sourceVault });
    expect(await set.call('repair', step)).toMatchObject({ target: 'noDrift' });
    expect(mutations(set)).toEqual([`PATCH ${SET}`]);
  });

  it('though the one that it pins is disabled: that is why', async () => {
    const set = await stage(ORDERS);
    set.cloud.world.keyVault.setAttributes('kv-orders', 'cmk', pinnedVersion(set.cloud).version, { enabled: false });
    expect(await set.call('repair', single(set))).toMatchObject({ sent: { kind: 'started' } });
  });

  it('with as few reads as its target needs: consumer, vault, both versions', async () => {
    const set = await stage(ORDERS);
    await set.call('isInScope', { host: 'kv-orders.vault.azure.net', name: 'cmk' });
    set.requests();
    await set.call('repair', flexible(set));
    expect(set.requests().filter((line) => line.startsWith('GET'))).toHaveLength(4);
  });
});

describe('a consumer stays where it is', () => {
  it.each([
    [
      'the version is disabled',
      (set: Stage) =>
        set.cloud.world.keyVault.setAttributes('kv-orders', 'cmk', currentVersion(set).version, { enabled: false }),
      /is disabled$/,
    ],
    [
      'the version has expired',
      (set: Stage) =>
        set.cloud.world.keyVault.setAttributes('kv-orders', 'cmk', currentVersion(set).version, {
          exp: Math.floor((set.cloud.world.clock.now() - DAY) / 1_000),
        }),
      /expired at/,
    ],
    [
      'the version is not active yet',
      (set: Stage) =>
        set.cloud.world.keyVault.setAttributes('kv-orders', 'cmk', currentVersion(set).version, {
          nbf: Math.floor((set.cloud.world.clock.now() + DAY) / 1_000),
        }),
      /is not active before/,
    ],
    [
      'it was pointed at a third version meanwhile',
      ({ cloud }: Stage) => {
        const key = cloud.world.mysql.servers.single(SINGLE)?.key;
        Object.assign(key ?? {}, { uri: cloud.world.keyVault.rotateKey('kv-orders', 'cmk').kid });
      },
      /uses https:.* now$/,
    ],
  ])('where %s', async (_, change, why) => {
    const set = await stage(ORDERS);
    const step = single(set);
    change(set);
    expect(await set.call('repair', step)).toMatchObject({ target: 'blocked', why: expect.stringMatching(why) });
    expect(mutations(set)).toEqual([]);
  });

  it('where the version does not exist', async () => {
    const set = await stage(ORDERS);
    const { kid } = pinnedVersion(set.cloud);
    const step = repointing('mysqlSingleServer', SINGLE, kid, kid.replace(/[^/]+$/, '1'.repeat(32)));
    expect(await set.call('repair', step)).toMatchObject({ target: 'blocked', why: expect.stringMatching(/is gone$/) });
  });

  it('but not for a closed firewall: nothing is written to the vault', async () => {
    const set = await stage(ORDERS);
    closeFirewall(set.cloud);
    expect(await set.call('repair', single(set))).toMatchObject({ target: 'drift' });
  });
});

describe('what is read right before a consumer is pointed elsewhere', () => {
  it('has the tags of the version that it leaves, and of the one that it gets', async () => {
    const set = await stage(ORDERS);
    Object.assign(pinnedVersion(set.cloud).tags, MARK);
    const { tagged = [] } = await set.call('repair', single(set));
    expect(tagged.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['orders', 'kv-orders', pinnedVersion(set.cloud).kid, currentVersion(set).kid]),
    );
    expect(tagged.map(({ tags }) => tags)).toContainEqual(MARK);
  });
});
