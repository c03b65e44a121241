import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Guardian } from '../../../src/loop/guardian.ts';
import { openKnownKeys } from '../../../src/loop/wake/known-keys.ts';
import { onKeyVaultEvent } from '../../../src/loop/wake/on-event.ts';
import { MOST_WOKEN, onResourceEvent } from '../../../src/loop/wake/on-resource-event.ts';
import { openEndPauses } from '../../../src/loop/wake/waiting-keys.ts';
import { absent, type ConsumerFacts, type Fact, present, unknown } from '../../../src/remediation/model/facts.ts';
import { type KeyRef, keyId } from '../../../src/remediation/model/key-ref.ts';
import { inScope } from '../../../src/remediation/model/resource-id.ts';
import { useAzurite } from '../../builders/azurite.ts';
import { aFlexibleServer, aSingleServer, GROUP, KEY } from '../../builders/observation.ts';
import { fixedReach } from '../../builders/reach.ts';

const SUBSCRIPTION = GROUP.split('/resourceGroups')[0] ?? '';
const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults/contoso`;
const IDENTITY = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/web`;
const ASSIGNMENT = '/providers/Microsoft.Authorization/roleAssignments/0f2b7c1e-0000-0000-0000-000000000002';
const OTHER: KeyRef = { ...KEY, name: 'other-cmk' };
const ELSEWHERE: KeyRef = { host: 'fabrikam.vault.azure.net', name: 'cmk' };

const on = (key: KeyRef, consumer: ConsumerFacts): ConsumerFacts => ({
  ...consumer,
  pinned: { ...consumer.pinned, key },
});
const orders = aSingleServer('orders');
const web = aFlexibleServer('web', { identity: { kind: 'user', id: IDENTITY.toLowerCase() } });

type World = {
  readonly scopes?: readonly string[];
  /** The consumers of keys, as the sweep has found them. */
  readonly known?: readonly ConsumerFacts[];
  /** The facts of a server when it is read. */
  readonly read?: Fact<readonly ConsumerFacts[]>;
};

describe('an event of the subscription', () => {
  const { newStore } = useAzurite();
  beforeEach(() => {
    vi.useFakeTimers({ toNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'] });
  });
  afterEach(() => void vi.useRealTimers());

  const listening = async ({ scopes = [SUBSCRIPTION], known = [], read = absent }: World) => {
    const store = newStore();
    const learn = (consumers: readonly ConsumerFacts[]) =>
      Promise.all(
        consumers.map((one) => store.consumerIndex.change(keyId(one.pinned.key), (others) => [...others, one])),
      );
    await learn(known);
    const woken: string[] = [];
    const asked: string[] = [];
    const guardian = {
      settings: { reach: () => fixedReach({ named: scopes, excluded: [] }) },
      store,
      azure: {
        readConsumer: async () => read,
        keyInVault: async (_vaultId: string, name: string) => present({ ...KEY, name }),
        vaultsAt: async (place: string, hosts: readonly string[]) => {
          asked.push(place);
          const at = new Map([
            [KEY.host, VAULT],
            [ELSEWHERE.host, VAULT.replace(/data/, 'elsewhere').replace(/contoso/, 'fabrikam')],
          ]);
          return hosts.filter((host) => inScope(at.get(host) ?? '', [place]));
        },
      },
    } as unknown as Guardian;
    const wake = async (key: KeyRef) => {
      woken.push(keyId(key));
      return keyId(key);
    };
    const durable = { wake, wakeAnew: wake } as Parameters<typeof onResourceEvent>[2];
    const knownKeys = openKnownKeys(guardian);
    const hear = (subject: string, verb = 'Write') =>
      onResourceEvent(guardian, { knownKeys, endPauses: openEndPauses(guardian) }, durable, {
        topic: SUBSCRIPTION,
        subject,
        eventType: `Microsoft.Resources.Resource${verb}Success`,
      });
    const hearVault = (eventType: string, data: object = {}) =>
      onKeyVaultEvent(guardian, knownKeys, durable, {
        topic: VAULT,
        subject: KEY.name,
        eventType: `Microsoft.KeyVault.${eventType}`,
        data,
      });
    return { hear, hearVault, learn, woken, asked, store };
  };

  const refusals = async (store: Awaited<ReturnType<typeof listening>>['store']) =>
    (await store.ledger.recent('product', 10)).map(({ detail }) => (detail as { detail: { why: string } }).detail.why);

  it('about a server wakes the key that it uses, and remembers it among those who use the key', async () => {
    const { hear, woken, store } = await listening({ known: [orders], read: present([web]) });
    expect(await hear(web.id)).toMatchObject({ kind: 'woken' });
    expect(woken).toEqual([keyId(KEY)]);
    const { consumers } = await store.keyRows.read(keyId(KEY));
    expect(consumers?.consumers.map(({ name }) => name).toSorted()).toEqual(['orders', 'web']);
  });

  it('about a server that got other keys wakes each of those and the one that it had', async () => {
    const { hear, woken } = await listening({
      known: [orders],
      read: present([on(ELSEWHERE, orders), on(OTHER, orders)]),
    });
    await hear(orders.id);
    expect(woken).toEqual([keyId(ELSEWHERE), keyId(OTHER), keyId(KEY)]);
  });

  it.each([
    ['is gone', absent],
    ['cannot be read', unknown('403')],
  ])('about a server that %s wakes the keys that knew it', async (_what, read) => {
    const { hear, woken } = await listening({ known: [orders, on(OTHER, orders), on(ELSEWHERE, web)], read });
    await hear(orders.id.toUpperCase(), 'Delete');
    expect(woken.toSorted()).toEqual([keyId(KEY), keyId(OTHER)]);
  });

  it('about a server without a key, of which nobody knows, wakes nothing', async () => {
    const { hear, woken } = await listening({ known: [orders] });
    expect(await hear(web.id)).toMatchObject({ kind: 'ignored' });
    expect(woken).toEqual([]);
  });

  it.each([
    ['the vault', VAULT, [keyId(KEY), keyId(OTHER)]],
    ['its access policies', `${VAULT}/accessPolicies/add`, [keyId(KEY), keyId(OTHER)]],
    ['a role assignment at it', `${VAULT}${ASSIGNMENT}`, [keyId(KEY), keyId(OTHER)]],
    ['a role assignment at one of its keys', `${VAULT}/keys/${OTHER.name}${ASSIGNMENT}`, [keyId(OTHER)]],
    ['a role assignment at the resource group', `${GROUP}${ASSIGNMENT}`, [keyId(KEY), keyId(OTHER)]],
    ['one at the subscription', `${SUBSCRIPTION}${ASSIGNMENT}`, [keyId(ELSEWHERE), keyId(KEY), keyId(OTHER)]],
  ])('about %s wakes those keys in it that are used', async (_what, subject, keys) => {
    const { hear, woken } = await listening({ known: [orders, on(OTHER, web), on(ELSEWHERE, web)] });
    await hear(subject);
    expect(woken.toSorted()).toEqual(keys.toSorted());
  });

  it('about the access policies, as the vault itself tells it, wakes the same', async () => {
    const { hearVault, woken } = await listening({ known: [orders, on(OTHER, web), on(ELSEWHERE, web)] });
    await hearVault('VaultAccessPolicyChanged');
    expect(woken.toSorted()).toEqual([keyId(KEY), keyId(OTHER)]);
  });

  it('about a new version of a key wakes it where it is used, and asks Azure no more where it is not', async () => {
    const { hearVault, woken } = await listening({ known: [orders] });
    expect(await hearVault('KeyNewVersionCreated', { ObjectName: KEY.name })).toMatchObject({ kind: 'woken' });
    expect(await hearVault('KeyNewVersionCreated', { ObjectName: OTHER.name })).toMatchObject({ kind: 'ignored' });
    expect(woken).toEqual([keyId(KEY)]);
  });

  it('about a wide scope asks Azure at that scope alone', async () => {
    const { hear, asked } = await listening({ known: [orders, on(ELSEWHERE, web)] });
    await hear(`${GROUP}${ASSIGNMENT}`);
    expect(asked).toEqual([GROUP.toLowerCase()]);
  });

  it('about a wide scope wakes a bounded number of keys', async () => {
    const many = Array.from({ length: MOST_WOKEN + 1 }, (_, at) => on({ ...KEY, name: `cmk-${at}` }, orders));
    const { hear, woken } = await listening({ known: many });
    await hear(`${SUBSCRIPTION}${ASSIGNMENT}`);
    expect(new Set(woken).size).toBe(MOST_WOKEN);
  });

  it('about a deleted identity wakes the keys that are used with it, wherever the identity was', async () => {
    const { hear, woken } = await listening({
      known: [orders, on(OTHER, web)],
      scopes: [`${SUBSCRIPTION}/resourceGroups/x`],
    });
    await hear(IDENTITY, 'Delete');
    expect(woken).toEqual([keyId(OTHER)]);
  });

  it('out of scope is refused, and the place is recorded once', async () => {
    const { hear, woken, store } = await listening({ scopes: [`${SUBSCRIPTION}/resourceGroups/x`], known: [orders] });
    for (const subject of [orders.id, web.id, VAULT, orders.id]) {
      expect(await hear(subject)).toMatchObject({ kind: 'refused' });
    }
    expect(woken).toEqual([]);
    expect(await refusals(store)).toEqual([`${GROUP.toLowerCase()} is outside GUARDIAN_SCOPE.`]);
  });

  it('finds what was learnt more than a minute ago, and reads it at most once a minute', async () => {
    const { hear, learn, woken } = await listening({});
    await hear(VAULT);
    await learn([orders]);
    await hear(VAULT);
    expect(woken).toEqual([]);
    vi.setSystemTime(Date.now() + 60_000);
    await hear(VAULT);
    expect(woken).toEqual([keyId(KEY)]);
  });

  describe('about what may stand in the way of writes', () => {
    const SERVER = orders.id.toLowerCase();
    const incident = 'incident-1';
    const refused = (cure: 'time' | 'change') => ({
      stepId: 'a',
      step: 'revalidateConsumer',
      target: SERVER,
      outcome: 'blocked' as const,
      why: 'ScopeLocked',
      at: '2026-11-22T12:00:00.000Z',
      incident,
      cure,
    });
    /** A key of which a repair was refused in an open incident. */
    const waiting = async (cure: 'time' | 'change') => {
      const set = await listening({ known: [orders] });
      const { store } = set;
      const opened = { id: incident, openedAt: '2026-11-22T11:00:00.000Z' };
      const decision = {
        kind: 'report',
        findings: [],
        plan: { planId: '', steps: [], instructions: [] },
        verdicts: [],
        notes: [],
      };
      await store.incidents.record(keyId(KEY), {
        verdict: { at: opened.openedAt, decision: decision as never, fingerprint: 'f' },
        opened,
      });
      await store.records.stepEnded(keyId(KEY), refused(cure));
      return { ...set, changedAt: async () => (await store.keyRows.read(keyId(KEY))).wayChangedAt };
    };
    const at = (scope: string, type = 'locks') => `${scope}/providers/Microsoft.Authorization/${type}/one`;

    it.each([
      ['a lock that is taken from the server', at(orders.id)],
      ['a policy of its group', at(GROUP, 'policyAssignments')],
      ['a deny assignment of the subscription', at(SUBSCRIPTION, 'denyAssignments')],
      ['a right that is given at the server', at(orders.id, 'roleAssignments')],
      ['its resource group', GROUP],
    ])('wakes a key of which a repair waits for it, and ends its pause: %s', async (_what, subject) => {
      const { hear, woken, changedAt } = await waiting('change');
      expect(await changedAt()).toBeUndefined();
      await hear(subject, 'Delete');
      expect(woken).toEqual([keyId(KEY)]);
      expect(Date.parse((await changedAt()) ?? '')).not.toBeNaN();
    });

    it('wakes nothing that waits elsewhere, or for time alone', async () => {
      const elsewhere = await waiting('change');
      await elsewhere.hear(at(GROUP.replace('data', 'elsewhere')), 'Delete');
      const patient = await waiting('time');
      await patient.hear(at(orders.id), 'Delete');
      expect([...elsewhere.woken, ...patient.woken]).toEqual([]);
      expect([await elsewhere.changedAt(), await patient.changedAt()]).toEqual([undefined, undefined]);
    });
  });
});
