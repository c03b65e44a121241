import { describe, expect, it } from 'vitest';
import type { Guardian } from '../../src/loop/guardian.ts';
import type { ConsumerFacts } from '../../src/remediation/model/facts.ts';
import { present } from '../../src/remediation/model/facts.ts';
import { keyOf } from '../../src/remediation/model/key-ref.ts';
import type { Store } from '../../src/store/store.ts';
import { bearersOf, readNamed } from '../../src/web/bearers.ts';
import { findKey } from '../../src/web/find-key.ts';
import { keyNamed, keysNamed } from '../../src/web/keys-named.ts';
import { useAzurite } from '../builders/azurite.ts';
import { aFlexibleServer, aSingleServer, GROUP, NOW } from '../builders/observation.ts';
import { fixedReach } from '../builders/reach.ts';

const CMK = 'https://contoso.vault.azure.net/keys/cmk';
const OTHER = 'https://contoso.vault.azure.net/keys/other';
const ALONE = 'https://fabrikam.vault.azure.net/keys/cmk';
const VAULT = `${GROUP}/providers/Microsoft.KeyVault/vaults`;

const using = (facts: ConsumerFacts, keyId: string): ConsumerFacts => ({
  ...facts,
  pinned: { ...facts.pinned, key: keyOf(keyId), kid: `${keyId}/1`, version: '1' },
});

const orders = using(aSingleServer('Orders'), CMK);
const billing = using(aFlexibleServer('billing'), OTHER);
const billingOfOthers = using(aSingleServer('billing'), ALONE);
const fabrikam = using(aSingleServer('fabrikam'), CMK);

/** Keys as they were last seen in use, in a store of their own. */
const seen = async (store: Store, ...consumers: readonly ConsumerFacts[]): Promise<void> => {
  for (const facts of consumers)
    await store.consumerIndex.change(`https://${facts.pinned.key.host}/keys/${facts.pinned.key.name}`, (known) => [
      ...known,
      facts,
    ]);
};

/** With an Azure that has these consumers, and every vault in scope. */
const guardianOf = (store: Store, ...consumers: readonly ConsumerFacts[]): Guardian =>
  ({
    settings: { reach: () => fixedReach({ named: [GROUP], excluded: [] }) },
    store,
    azure: {
      isInScope: async () => present(true),
      readConsumer: async (id: string) => {
        const found = consumers.find((one) => one.id.toLowerCase() === id);
        return found ? present([found]) : { kind: 'absent' };
      },
      listConsumers: async () => ({ keys: [], unreadable: [] }),
    },
  }) as unknown as Guardian;

describe('What a sender may name', () => {
  it.each([
    [CMK, { kind: 'key', text: CMK }],
    ['https://Contoso.vault.azure.net/', { kind: 'vault', name: 'contoso' }],
    [`${VAULT}/Contoso`, { kind: 'vault', name: 'contoso' }],
    [`${VAULT}/contoso/keys/CMK`, { kind: 'vault', name: 'contoso', key: 'cmk' }],
    [orders.id, { kind: 'resource', id: orders.id.toLowerCase() }],
    [' Orders ', { kind: 'name', name: 'orders' }],
  ])('%s is told by its form', (sent, thing) => {
    expect(readNamed(sent)).toEqual(thing);
  });

  it.each(['', '/', '/subscriptions', 'https://example.com/keys/cmk', "orders' or 1 eq 1", 'a/b', 'x'.repeat(3_000)])(
    'is not %p',
    (sent) => {
      expect(readNamed(sent)).toBeUndefined();
    },
  );

  it('is compared as a whole: the beginning of a name names nothing', () => {
    const known = [{ keyId: CMK, consumers: { at: NOW.toISOString(), consumers: [orders] } }];
    expect(bearersOf({ kind: 'name', name: 'order' }, known)).toEqual([]);
    expect(bearersOf({ kind: 'name', name: 'orders' }, known)).toMatchObject([{ kind: 'consumer', keys: [CMK] }]);
    expect(bearersOf({ kind: 'vault', name: 'contos' }, known)).toEqual([]);
  });
});

describe('A door that takes a key', () => {
  const { newStore } = useAzurite();

  const ready = async (...consumers: readonly ConsumerFacts[]): Promise<Guardian> => {
    const store = newStore();
    await seen(store, ...consumers);
    return guardianOf(store, ...consumers);
  };

  it.each([
    ['the name of a consumer, in whatever casing', { consumer: 'ORDERS' }],
    ['the same where it takes any name', { key: 'orders' }],
    ['its resource id where a key could stand', { key: orders.id }],
    ['its resource id', { resource: orders.id }],
  ])('takes %s', async (_what, body) => {
    const found = await findKey(body, await ready(orders, billing));
    expect(found).toEqual({ kind: 'value', value: { key: keyOf(CMK), target: orders.id.toLowerCase() } });
  });

  it.each([
    { vault: 'Fabrikam' },
    { vault: 'https://fabrikam.vault.azure.net' },
    { vault: `${VAULT}/fabrikam` },
    { key: 'fabrikam' },
    { resource: `${VAULT}/fabrikam/keys/cmk` },
  ])('takes a vault with one key in use: %p', async (body) => {
    const found = await findKey(body, await ready(orders, billingOfOthers));
    expect(found).toEqual({ kind: 'value', value: { key: keyOf(ALONE), target: ALONE } });
  });

  it('answers a name that several bear with all of them, and looks at none', async () => {
    const guardian = await ready(orders, billing, billingOfOthers);
    expect(await findKey({ consumer: 'billing' }, guardian)).toMatchObject({
      kind: 'refused',
      answer: {
        status: 409,
        body: {
          candidates: [
            { kind: 'consumer', id: billing.id.toLowerCase(), keys: [OTHER] },
            { kind: 'consumer', id: billingOfOthers.id.toLowerCase(), keys: [ALONE] },
          ],
        },
      },
    });
  });

  it('does not take a vault for a consumer of the same name, unless it is told which is meant', async () => {
    const guardian = await ready(fabrikam, billingOfOthers);
    expect(await findKey({ key: 'fabrikam' }, guardian)).toMatchObject({ answer: { status: 409 } });
    expect(await findKey({ consumer: 'fabrikam' }, guardian)).toMatchObject({ value: { key: keyOf(CMK) } });
    expect(await findKey({ vault: 'fabrikam' }, guardian)).toMatchObject({ value: { key: keyOf(ALONE) } });
  });

  it('asks which key of a vault is meant, naming twenty at most', async () => {
    const store = newStore();
    const many = Array.from({ length: 23 }, (_, at) =>
      using(aSingleServer(`server-${at}`), `https://contoso.vault.azure.net/keys/cmk-${at}`),
    );
    await seen(store, ...many);
    const refused = await findKey({ vault: 'contoso' }, guardianOf(store, ...many));
    expect(refused).toMatchObject({ answer: { status: 409, body: { more: 3 } } });
    expect(JSON.stringify(refused).match(/"kind":"key"/g)).toHaveLength(20);
  });

  it.each([
    ['the beginning of a name', { consumer: 'order' }, 404],
    ['a vault where a consumer is meant', { consumer: 'https://contoso.vault.azure.net' }, 400],
    ['two at once', { consumer: 'orders', vault: 'contoso' }, 400],
    ['nothing', {}, 400],
    ['a name that no resource can have', { key: 'orders or so' }, 400],
  ])('refuses %s', async (_what, body, status) => {
    expect(await findKey(body, await ready(orders, billing))).toMatchObject({ kind: 'refused', answer: { status } });
  });
});

describe('A filter that names a key', () => {
  const { newStore } = useAzurite();

  it('takes all keys of a vault or a consumer, as they were last seen, and the id of a key without a look', async () => {
    const store = newStore();
    await seen(store, orders, billing, using(aSingleServer('Orders'), OTHER));
    const named = async (sent: string) => {
      const found = await keysNamed({ store }, sent);
      return found.kind === 'value' ? found.value.keyIds : found.answer.status;
    };
    expect(await named('contoso')).toEqual([CMK, OTHER]);
    expect(await named('orders')).toEqual([CMK, OTHER]);
    expect(await named(`${CMK}/1`)).toEqual([CMK]);
    expect(await named('nobody')).toBe(404);
    expect(await named('no body')).toBe(400);
    expect(await keyNamed({ store }, 'contoso')).toMatchObject({ answer: { status: 409 } });
    expect(await keyNamed({ store }, 'billing')).toEqual({ kind: 'value', value: OTHER });
  });

  it('shows the ids of the keys where only the name of a key was sent, since several vaults may hold one', async () => {
    const store = newStore();
    await seen(store, orders, billing, billingOfOthers);
    expect(await keysNamed({ store }, 'CMK')).toMatchObject({
      answer: { status: 404, body: { detail: expect.stringContaining(CMK), candidates: [CMK, ALONE] } },
    });
  });
});
