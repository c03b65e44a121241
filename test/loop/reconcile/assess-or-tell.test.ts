import { describe, expect, it } from 'vitest';
import { AzureUnavailable } from '../../../src/azure/failure/azure-unavailable.ts';
import type { Durable, Guardian } from '../../../src/loop/guardian.ts';
import { assessOrTell } from '../../../src/loop/reconcile/assess-or-tell.ts';
import type { Notice } from '../../../src/notifications/notice.ts';
import { type KeyRef, keyId } from '../../../src/remediation/model/key-ref.ts';
import { useAzurite } from '../../builders/azurite.ts';
import { aFlexibleServer, anObservation, aVersion, KEY, NOW } from '../../builders/observation.ts';
import { policyIn, REMEDIATION } from '../../builders/policy.ts';

const CHAIN = keyId(KEY);
const durable = { isAlive: async () => false } as unknown as Durable;

describe('An assess that throws', () => {
  const { newStore } = useAzurite();

  /** A product whose look at Azure throws so many times. */
  const failing = (
    times: number,
    errorOf = (_key: KeyRef): Error => new TypeError('tags is not iterable\n    at somewhere'),
  ) => {
    let left = times;
    const told: Notice[] = [];
    const store = newStore();
    const guardian = {
      settings: { policy: policyIn('auto'), remediation: REMEDIATION },
      store,
      azure: {
        observeKey: async (key: KeyRef) => {
          left -= 1;
          if (left >= 0) throw errorOf(key);
          return anObservation([aVersion()], [aFlexibleServer('web')]);
        },
      },
      notify: async (notice: Notice) => void told.push(notice),
      log: () => {},
      warn: () => {},
    } as unknown as Guardian;
    const assess = (number: number, id = CHAIN) =>
      assessOrTell(guardian, durable, { keyId: id, number, round: 0, at: NOW.toISOString() });
    const kept = async () => Array.fromAsync(store.failures.list());
    return { assess, told, kept, store };
  };

  it('three times in a row is told once, with the reason and what to do, and shows until the key was assessed', async () => {
    const { assess, told, kept, store } = failing(5);
    for (const number of [1, 2]) await expect(assess(number)).rejects.toThrow('tags is not iterable');
    expect(told).toEqual([]);
    for (const number of [3, 4, 5]) await expect(assess(number)).rejects.toThrow('tags is not iterable');
    expect(told).toHaveLength(1);
    expect(told[0]?.sentences[0]).toContain('TypeError: tags is not iterable. Nothing of it is healed');
    expect(await kept()).toEqual([
      expect.objectContaining({ keyId: CHAIN, times: 5, why: 'TypeError: tags is not iterable' }),
    ]);
    const [entry] = await store.ledger.recent('product', 10);
    expect(entry?.detail).toMatchObject({ what: 'key cannot be assessed', detail: { key: CHAIN } });

    expect(await assess(6)).toMatchObject({ kind: 'assessed', decision: { kind: 'healthy' } });
    expect(await kept()).toEqual([]);
  });

  it('for one reason is told by one of the keys that it keeps from being assessed, as is an outage of Azure', async () => {
    const { assess, told, kept, store } = failing(100, (key) =>
      key.name === 'other' ? new TypeError('tags is not iterable') : new AzureUnavailable(`vault of ${key.name}: 503`),
    );
    const [second, third] = ['second', 'third'].map((name) => keyId({ ...KEY, name }));
    for (const id of [CHAIN, second, third, keyId({ ...KEY, name: 'other' })])
      for (const number of [1, 2, 3]) await expect(assess(number, id)).rejects.toThrow();
    expect(told.map((one) => one.keyId)).toEqual([CHAIN, keyId({ ...KEY, name: 'other' })]);
    expect(told[0]?.sentences[0]).toContain('cmk-guardian status lists all such keys');
    expect(await kept()).toHaveLength(4);
    expect(await store.ledger.recent('product', 10)).toHaveLength(2);
  });

  it('less often says nothing: a retry has cured it', async () => {
    const { assess, told, kept } = failing(2);
    for (const number of [1, 2]) await expect(assess(number)).rejects.toThrow();
    await assess(3);
    expect([told, await kept()]).toEqual([[], []]);
  });
});
