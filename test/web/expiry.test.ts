import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Durable, Guardian } from '../../src/loop/guardian.ts';
import { rememberVersions } from '../../src/loop/memory/remember-versions.ts';
import type { ConsumerFacts, KeyVersionFacts } from '../../src/remediation/model/facts.ts';
import { keyOf } from '../../src/remediation/model/key-ref.ts';
import type { PolicySettings } from '../../src/remediation/policy/policy-types.ts';
import type { Store } from '../../src/store/store.ts';
import type { ExpiryLine } from '../../src/web/expiry/expiry-lines.ts';
import { listExpiry } from '../../src/web/expiry.ts';
import { useAzurite } from '../builders/azurite.ts';
import { aBaseline } from '../builders/baseline.ts';
import { anObservation, aSingleServer, aVersion, inDays, NOW, V1 } from '../builders/observation.ts';
import { policyIn, REMEDIATION } from '../builders/policy.ts';
import { requestWith } from '../builders/request.ts';

beforeAll(
  () =>
    void vi.useFakeTimers({
      now: NOW,
      toNotFake: ['setTimeout', 'setInterval', 'setImmediate', 'nextTick', 'queueMicrotask'],
    }),
);
afterAll(() => void vi.useRealTimers());

const idOf = (vault: string): string => `https://${vault}.vault.azure.net/keys/cmk`;

const using = (name: string, keyId: string): ConsumerFacts => {
  const facts = aSingleServer(name);
  return { ...facts, pinned: { key: keyOf(keyId), version: V1, kid: `${keyId}/${V1}` } };
};

const settingsOf = (policy: PolicySettings) => ({ policy, remediation: REMEDIATION });

/** A key as a sweep has seen it: this version, used by these. */
const sweep = async (
  store: Store,
  keyId: string,
  changes: Partial<KeyVersionFacts>,
  consumers: readonly ConsumerFacts[],
): Promise<void> => {
  await store.consumerIndex.change(keyId, () => consumers);
  const version = aVersion(V1, { kid: `${keyId}/${V1}`, createdOn: inDays(-100), updatedOn: inDays(-100), ...changes });
  const observation = { ...anObservation([version], consumers), key: keyOf(keyId) };
  await store.baselines.write(keyId, { ...aBaseline(consumers), key: keyOf(keyId) } as never);
  const sources = { store, azure: {}, settings: settingsOf(policyIn('auto')) } as unknown as Guardian;
  await rememberVersions(sources, await store.keyRows.read(keyId), observation, {});
};

type Query = Parameters<typeof listExpiry>[0]['query'];

const ask = async (store: Store, query: Query = {}, policy = policyIn('auto')) => {
  const guardian = { store, settings: settingsOf(policy) } as unknown as Guardian;
  const answer = await listExpiry(requestWith(query), guardian, {} as Durable);
  return answer as {
    status: number;
    text?: string;
    body: { until: string; value: readonly ExpiryLine[]; nextLink?: string };
  };
};

const outline = (value: readonly ExpiryLine[]) =>
  value.map(({ consumers, daysLeft, outlook }) => [consumers.map(({ name }) => name).join(), daysLeft, outlook.kind]);

describe('GET /api/expiry', () => {
  const { newStore } = useAzurite();

  const estate = async (): Promise<Store> => {
    const store = newStore();
    await sweep(store, idOf('later'), { expiresOn: inDays(80) }, [using('billing', idOf('later'))]);
    await sweep(store, idOf('soon'), { expiresOn: inDays(10) }, [
      using('orders', idOf('soon')),
      using('web', idOf('soon')),
    ]);
    await sweep(store, idOf('past'), { expiresOn: inDays(-3) }, [using('old', idOf('past'))]);
    await sweep(store, idOf('far'), { expiresOn: inDays(300) }, [using('far', idOf('far'))]);
    await sweep(store, idOf('never'), {}, [using('never', idOf('never'))]);
    return store;
  };

  it('lists every version in use that expires within the time, by date, with its users and what happens by itself', async () => {
    const { body } = await ask(await estate());
    expect(outline(body.value)).toEqual([
      ['old', -3, 'extends'],
      ['orders,web', 10, 'extends'],
      ['billing', 80, 'extends'],
    ]);
    expect(body.value[2]?.outlook.at.slice(0, 10)).toBe(inDays(50).slice(0, 10));
  });

  it('says what does not happen, by mode and by an override that is in force', async () => {
    const store = await estate();
    expect(outline((await ask(store, { within: 'P30D' }, policyIn('observe'))).body.value)).toEqual([
      ['old', -3, 'held'],
      ['orders,web', 10, 'held'],
    ]);
    await store.records.forbidHealing({ target: 'https://soon.vault.azure.net', by: 'ada', why: 'customer left' });
    const [, soon] = (await ask(store)).body.value;
    expect(soon?.outlook).toMatchObject({ kind: 'held', sentence: expect.stringContaining('customer left') });
  });

  it('keeps what a vault or a consumer leaves over', async () => {
    const store = await estate();
    expect(outline((await ask(store, { within: 'P10Y', consumer: 'far' })).body.value)).toEqual([
      ['far', 300, 'extends'],
    ]);
    expect(outline((await ask(store, { vault: 'later' })).body.value)).toEqual([['billing', 80, 'extends']]);
    expect(await ask(store, { vault: 'nobodys' })).toMatchObject({ status: 404 });
  });

  it('follows an expiry that was changed, and forgets a version that expires no more', async () => {
    const store = await estate();
    await sweep(store, idOf('soon'), { expiresOn: inDays(300) }, [using('orders', idOf('soon'))]);
    await sweep(store, idOf('past'), {}, [using('old', idOf('past'))]);
    expect(outline((await ask(store)).body.value)).toEqual([['billing', 80, 'extends']]);
  });

  it('comes in pages, and as comma-separated values', async () => {
    const store = await estate();
    const { body } = await ask(store, { limit: 2 });
    const after = new URL(body.nextLink ?? '', 'http://x').searchParams.get('after') ?? '';
    expect(outline(body.value)).toHaveLength(2);
    expect(outline((await ask(store, { limit: 2, after })).body.value)).toEqual([['billing', 80, 'extends']]);
    const { text = '' } = await ask(store, { format: 'csv' });
    expect(text.split('\r\n')[0]).toBe('expiresOn,daysLeft,key,version,vault,consumers,what,when,until,sentence');
  });

  it.each([{ within: 'P99Y' }, { after: 'x' }])('refuses %p', async (query) => {
    expect(await ask(newStore(), query)).toMatchObject({ status: 400 });
  });
});
