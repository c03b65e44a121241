import { describe, expect, it } from 'vitest';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import type { ConsumerFacts } from '../../../src/remediation/model/facts.ts';
import type { ConsumerKind } from '../../../src/remediation/model/profiles.ts';
import { FLEXIBLE, KEY } from '../orders.ts';
import { type Stage, stage } from '../product.ts';

const OTHERS = ['kv-second', 'kv-third'];
const WORLD: WorldPlan = {
  vaults: ['kv-orders', ...OTHERS].map((name) => ({ name, permissions: 'accessPolicies', keys: [{ name: 'cmk' }] })),
  servers: [{ name: 'web', generation: 'flexible', vault: 'kv-orders', key: 'cmk' }],
};

const kidIn = ({ cloud }: Stage, vault: string): string =>
  cloud.world.keyVault.key(vault, 'cmk')?.versions.at(-1)?.kid ?? '';

const disable = ({ cloud }: Stage, vault: string): void => {
  const { version = '' } = cloud.world.keyVault.key(vault, 'cmk')?.versions.at(-1) ?? {};
  cloud.world.keyVault.setAttributes(vault, 'cmk', version, { enabled: false });
};

/** No present kind lives on several keys: the facts of such a kind are made from a server with one key. */
const onAnyOf = async (set: Stage, otherKeys: readonly string[]): Promise<readonly ConsumerFacts[]> => {
  const read = await set.call('readConsumer', FLEXIBLE);
  if (read.kind !== 'present') throw new Error('the server is not there');
  set.requests();
  return [{ ...read.value[0], use: 'anyOf', otherKeys }];
};

const worksIn = async (set: Stage, consumers: readonly ConsumerFacts[]) => {
  const { consumers: seen } = await set.call('observeAffected', KEY, { consumers });
  return seen.kind === 'present' ? seen.value.map(({ otherKeyWorks }) => otherKeyWorks) : [];
};

const toOthers = (set: Stage): readonly string[] => set.requests().filter((line) => /kv-(second|third)/.test(line));

describe('Another key of a consumer that lives on any one of several', () => {
  it('is read once, its vault and its version, and only where the consumer is affected', async () => {
    const set = await stage(WORLD);
    const [second = '', third = ''] = OTHERS.map((vault) => kidIn(set, vault));
    const consumers = await onAnyOf(set, [second, third.replace(/\/[^/]+$/, '')]);
    await set.call('observeKey', KEY, { consumers });
    expect(toOthers(set)).toEqual([]);
    expect(await worksIn(set, consumers)).toEqual([{ kind: 'present', value: true }]);
    // A version that is named, and the current one of a key that is named without.
    expect(
      toOthers(set)
        .filter((line) => line.includes('.vault.azure.net'))
        .toSorted(),
    ).toEqual([
      expect.stringMatching(/^GET kv-second.vault.azure.net\/keys\/cmk\/[0-9a-f]{32} 200$/),
      'GET kv-third.vault.azure.net/keys/cmk/ 200',
    ]);
  });

  it('works as long as one of them does, and none where all that were read are unusable', async () => {
    const set = await stage(WORLD);
    const consumers = await onAnyOf(
      set,
      OTHERS.map((vault) => kidIn(set, vault)),
    );
    disable(set, 'kv-second');
    expect(await worksIn(set, consumers)).toEqual([{ kind: 'present', value: true }]);
    disable(set, 'kv-third');
    expect(await worksIn(set, consumers)).toEqual([{ kind: 'present', value: false }]);
  });

  it('is unknown where it cannot be read, whatever Azure answers for it', async () => {
    const set = await stage(WORLD);
    const elsewhere = await onAnyOf(set, ['https://kv-elsewhere.vault.azure.net/keys/cmk']);
    expect(await worksIn(set, elsewhere)).toMatchObject([{ kind: 'unknown' }]);
    const consumers = await onAnyOf(set, [kidIn(set, 'kv-second')]);
    set.cloud.faults.add({ route: 'GET https://kv-second*', kind: '429', rate: 1 });
    expect(await worksIn(set, consumers)).toMatchObject([{ kind: 'unknown' }]);
  });

  it('does not work in a vault whose firewall keeps trusted services out', async () => {
    const set = await stage(WORLD);
    const consumers = await onAnyOf(set, [kidIn(set, 'kv-second')]);
    const networkAcls = { bypass: 'None', defaultAction: 'Deny', ipRules: [], virtualNetworkRules: [] } as const;
    set.cloud.world.keyVault.updateVault('kv-second', {
      networkAcls: { ...networkAcls, ipRules: [], virtualNetworkRules: [] },
    });
    expect(await worksIn(set, consumers)).toEqual([{ kind: 'present', value: false }]);
  });

  it('works for a trusted service alone where a firewall lets nobody else pass, though both name the same key', async () => {
    const set = await stage(WORLD);
    const [server] = await onAnyOf(set, [kidIn(set, 'kv-second')]);
    if (server === undefined) throw new Error('the server is not there');
    const stranger = { ...server, kind: 'cassandraCluster' as ConsumerKind };
    const networkAcls = { bypass: 'AzureServices', defaultAction: 'Deny' } as const;
    set.cloud.world.keyVault.updateVault('kv-second', {
      networkAcls: { ...networkAcls, ipRules: [{ value: '0.0.0.0/0' }], virtualNetworkRules: [] },
    });
    expect(await worksIn(set, [server, stranger])).toMatchObject([
      { kind: 'present', value: true },
      { kind: 'unknown', reason: expect.stringContaining('firewall') },
    ]);
  });
});
