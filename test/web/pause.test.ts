import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Durable, Guardian } from '../../src/loop/guardian.ts';
import { lookNow } from '../../src/loop/reconcile/look.ts';
import type { Store } from '../../src/store/store.ts';
import { type Caller, KEY_HOLDER } from '../../src/web/callers.ts';
import type { DoorAnswer } from '../../src/web/door.ts';
import { getOverrides, pause, resume } from '../../src/web/overrides.ts';
import { approver, ask, guardianSeeing, waking } from '../builders/asked-plan.ts';
import { useAzurite } from '../builders/azurite.ts';
import { down, lost } from '../builders/decision.ts';
import { aVault, GROUP, NOW } from '../builders/observation.ts';
import { policyIn } from '../builders/policy.ts';
import { requestWith } from '../builders/request.ts';

const KEY = 'https://contoso.vault.azure.net/keys/mysql-cmk';
const SUBSCRIPTION = GROUP.split('/').slice(0, 3).join('/');
const ada = approver('ada');

beforeEach(() => {
  vi.useFakeTimers({
    now: NOW,
    toNotFake: ['setTimeout', 'setInterval', 'setImmediate', 'nextTick', 'queueMicrotask'],
  });
});
afterAll(() => {
  vi.useRealTimers();
});

const bodyOf = (sent: unknown) => ({ chunks: [Buffer.from(JSON.stringify(sent))] });

const codeOf = ({ body }: DoorAnswer): string | undefined =>
  (body as { readonly error?: { readonly code?: string } } | undefined)?.error?.code;

describe('A pause of a scope', () => {
  const { newStore } = useAzurite();

  /** A key with a server in use, of which a plan is in an open incident; mode auto. */
  const inUse = async (): Promise<{ readonly store: Store; readonly guardian: Guardian }> => {
    const store = newStore();
    await ask(store, KEY);
    await store.consumerIndex.change(KEY, () => [down]);
    return { store, guardian: guardianSeeing(store, () => lost, policyIn('auto')) };
  };
  const put = (guardian: Guardian, sent: object, caller: Caller = KEY_HOLDER): Promise<DoorAnswer> =>
    pause(requestWith({}, { caller, body: bodyOf({ why: 'migration', ...sent }) }), guardian, waking().durable);
  const lift = async (guardian: Guardian, scope?: string) => {
    const { durable, woken } = waking();
    const query = { why: 'it is over', ...(scope !== undefined && { scope }) };
    return { ...(await resume(requestWith(query, { caller: ada }), guardian, durable)), woken };
  };
  const pausesIn = async (guardian: Guardian) =>
    (
      (await getOverrides(requestWith({}), guardian, waking().durable)).body as {
        pauses: readonly { scope?: string }[];
      }
    ).pauses;
  const verdictNow = async ({ store, guardian }: Awaited<ReturnType<typeof inUse>>) =>
    (await lookNow(guardian, await store.keyRows.read(KEY))).decision.kind;

  it.each([
    ['a subscription', SUBSCRIPTION.toUpperCase(), SUBSCRIPTION],
    ['a resource group', GROUP, GROUP.toLowerCase()],
    ['a vault by its resource id', aVault().id, aVault().id.toLowerCase()],
    ['a vault by its url', 'https://contoso.vault.azure.net/', 'https://contoso.vault.azure.net'],
    ['a vault by its name', 'Contoso', 'https://contoso.vault.azure.net'],
  ])('names %s, says what it covers, holds it, and is lifted as it was given', async (_what, sent, scope) => {
    const scene = await inUse();
    const { guardian } = scene;
    expect(await verdictNow(scene)).toBe('run');
    const answer = await put(guardian, { scope: sent });
    expect(answer).toMatchObject({
      status: 200,
      body: { scope, covers: { keyCount: 1 } },
    });
    expect(await pausesIn(guardian)).toMatchObject([{ scope }]);
    expect(await verdictNow(scene)).toBe('report');
    expect((await lift(guardian, sent)).status).toBe(204);
    expect(await pausesIn(guardian)).toEqual([]);
    expect(await verdictNow(scene)).toBe('run');
  });

  it('wakes at once what waited when it is lifted, and is in the ledger of the product with its scope', async () => {
    const { store, guardian } = await inUse();
    await put(guardian, { scope: GROUP });
    expect((await lift(guardian, GROUP)).woken).toEqual([KEY]);
    const entries = await store.ledger.recent('product', 2);
    const details = entries.map(({ detail }) => detail).toReversed();
    expect(JSON.stringify(details)).toContain(GROUP.toLowerCase());
    expect(details.map((one) => (one as { what: string }).what).toSorted()).toEqual(['pause', 'pause lifted']);
  });

  it('is lifted once, and what could not be woken then is woken by who sends it again, though there is none any more', async () => {
    const { guardian } = await inUse();
    await put(guardian, { scope: GROUP });
    const broken = { wake: () => Promise.reject(new Error('the task hub is gone')) } as unknown as Durable;
    const query = { why: 'it is over', scope: GROUP };
    expect((await resume(requestWith(query, { caller: ada }), guardian, broken)).status).toBe(503);
    expect(await pausesIn(guardian)).toEqual([]);
    expect(await lift(guardian, GROUP)).toMatchObject({ status: 404, woken: [KEY] });
  });

  it('stands beside a pause of everything: neither lifts nor shortens the other', async () => {
    const { guardian } = await inUse();
    const until = '2026-12-24T00:00:00Z';
    expect((await put(guardian, { scope: GROUP })).status).toBe(200);
    expect((await put(guardian, { until })).status).toBe(200);
    expect(codeOf(await put(guardian, { scope: GROUP, until }))).toBe('WouldShorten');
    expect((await lift(guardian)).status).toBe(204);
    expect(await pausesIn(guardian)).toMatchObject([{ scope: GROUP.toLowerCase() }]);
    expect((await put(guardian, { scope: GROUP, until }, ada)).status).toBe(200);
    expect(await pausesIn(guardian)).toMatchObject([{ scope: GROUP.toLowerCase(), until }]);
  });

  it.each([
    ['one key', KEY, 422, 'NeverMatches'],
    ['a server', down.id, 422, 'NeverMatches'],
    ['what lies outside', '/subscriptions/00000000-0000-0000-0000-000000000002', 422, 'NeverMatches'],
    ['nothing at all', 'a/b', 422, 'NeverMatches'],
    ['a vault that nobody has seen', 'fabrikam', 404, 'NotFound'],
    ['a server by its name', 'orders', 404, 'NotFound'],
    ['an empty text', '', 400, 'BadRequest'],
  ])('is not of %s', async (_what, scope, status, code) => {
    const { guardian } = await inUse();
    const answer = await put(guardian, { scope });
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
    expect(await pausesIn(guardian)).toEqual([]);
  });

  it('is not lifted by who names none, and nobody is told that it was: 404, with what is paused', async () => {
    const { store, guardian } = await inUse();
    await put(guardian, { scope: 'contoso' });
    const answer = await lift(guardian);
    expect([answer.status, codeOf(answer)]).toEqual([404, 'NotFound']);
    expect(answer.body).toMatchObject({
      detail: expect.stringContaining('nothing was lifted. What is paused is https://contoso.vault.azure.net:'),
    });
    expect(await pausesIn(guardian)).toHaveLength(1);
    expect(await store.ledger.recent('product', 2)).toMatchObject([{ detail: { what: 'pause' } }]);
    // A caller that got the answer that a key could not be woken sends again: waiting keys are woken, whatever the answer is.
    expect(answer.woken).toEqual([KEY]);
  });

  it('stands where that of everything has ended by itself, and who lifts that is told so: 404', async () => {
    const { guardian } = await inUse();
    await put(guardian, { until: new Date(NOW.getTime() + 60_000).toISOString() });
    await put(guardian, { scope: 'contoso' });
    vi.setSystemTime(NOW.getTime() + 120_000);
    expect((await lift(guardian)).status).toBe(404);
    expect(await pausesIn(guardian)).toHaveLength(1);
  });

  it('that there is none of is not lifted: 404', async () => {
    const { guardian } = await inUse();
    await put(guardian, { scope: SUBSCRIPTION });
    const answer = await lift(guardian, GROUP);
    expect([answer.status, codeOf(answer)]).toEqual([404, 'NotFound']);
    expect(await pausesIn(guardian)).toHaveLength(1);
  });
});
