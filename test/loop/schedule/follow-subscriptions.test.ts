import { describe, expect, it } from 'vitest';
import type { Guardian } from '../../../src/loop/guardian.ts';
import { followSubscriptions, placesGivenUp } from '../../../src/loop/schedule/follow-subscriptions.ts';
import { abandoned } from '../../../src/loop/schedule/list-scope.ts';
import type { Notice } from '../../../src/notifications/notice.ts';
import { type ConsumerFacts, present, unknown } from '../../../src/remediation/model/facts.ts';
import { keyId } from '../../../src/remediation/model/key-ref.ts';
import type { Followed } from '../../../src/remediation/protocol/followed.ts';
import { emptyChain } from '../../../src/remediation/protocol/ledger.ts';
import { answerEntry } from '../../../src/remediation/protocol/missing-answers.ts';
import { useAzurite } from '../../builders/azurite.ts';
import { aSingleServer, KEY } from '../../builders/observation.ts';
import { enter } from '../../builders/tampering.ts';

const AT = '2026-03-02T00:00:00.000Z';
const DAY = 86_400_000;
const SAID = { entry: 'one', at: AT, by: 'ada', why: 'cancelled', answer: 'letGo' } as const;
const recorded = { id: 'first', at: AT, kind: 'recorded', detail: {}, correlationIds: [] } as const;
const subscription = (n: number): string => `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`;
const reachWith = (named: readonly string[]) => () => ({
  named,
  scopes: named,
  excluded: [],
  managementGroups: ['all'],
  unread: [],
});

describe('A key whose last consumer no list has', () => {
  const [orders, billing] = [aSingleServer('orders'), aSingleServer('billing')];
  const row = (...consumers: readonly ConsumerFacts[]) => [{ keyId: keyId(KEY), consumers: { at: AT, consumers } }];
  const isGivenUp = (id: string) => id === orders.id;
  const nothing = new Map<string, unknown>();

  it('is looked at once more where the list is complete, or the place of all that used it is given up', () => {
    for (const [isComplete, ...consumers] of [
      [true, orders],
      [true, billing],
      [false, orders],
    ] as const)
      expect(abandoned(row(...consumers), nothing, { isComplete, isGivenUp })).toEqual([KEY]);
  });

  it('is not where another may still use it, or somebody is listed', () => {
    for (const consumers of [[billing], [orders, billing], []])
      expect(abandoned(row(...consumers), nothing, { isComplete: false, isGivenUp })).toEqual([]);
    expect(abandoned(row(orders), new Map([[keyId(KEY), []]]), { isComplete: true, isGivenUp })).toEqual([]);
  });
});

describe('The subscriptions below management groups', () => {
  const storage = useAzurite();

  /** One sweep reads the management group, which shows so many subscriptions; returns the ledger's entries and the log. */
  const swept = async (
    store: ReturnType<typeof storage.newStore>,
    shown: number,
    { at = AT, named = [] }: { readonly at?: string; readonly named?: readonly string[] } = {},
  ) => {
    const told: Notice[] = [];
    const guardian = {
      store,
      settings: { reach: reachWith(named) },
      azure: {
        readDescendants: async () => ({
          all: present(Array.from({ length: shown }, (_, n) => ({ id: subscription(n), name: `team ${n}` }))),
        }),
        ownGrants: async () => unknown('not asked here'),
      },
      renewReach: async () => {},
      notify: async (notice: Notice) => void told.push(notice),
      log: () => {},
    } as unknown as Guardian;
    await followSubscriptions(guardian, new Date(at));
    const { rows: entries } = await store.ledger.audit('product');
    return { entries, sentences: told.flatMap(({ sentences }) => sentences) };
  };

  it('are all named in the ledger, however many come at once, and in few messages', async () => {
    const { entries, sentences } = await swept(storage.newStore(), 120);
    for (let n = 0; n < 120; n += 1) expect(JSON.stringify(entries)).toContain(subscription(n));
    expect(sentences).toHaveLength(3);
  });

  it('that come at once are one sentence, which names them with their ids; a single one has its own', async () => {
    const { sentences } = await swept(storage.newStore(), 25);
    expect(sentences).toEqual([
      expect.stringMatching(
        /^25 subscriptions are looked after from now on: Azure lists them below all since 2026-03-02T00:00:00\.000Z\. They are team 0 \(\/subscriptions\/00000000-.* and 5 more, which the ledger names\./,
      ),
    ]);
    expect(sentences[0]?.match(/team \d+/g)).toHaveLength(20);
    expect((await swept(storage.newStore(), 1)).sentences).toEqual([
      `The subscription team 0 (/subscriptions/${subscription(0)}) is looked after from now on: Azure lists it below all since ${AT}. If it is not to be, exclude it by !/subscriptions/${subscription(0)} in GUARDIAN_SCOPE.`,
    ]);
  });

  it('that are missing together are one question, with the commands that answer it for all', async () => {
    const store = storage.newStore();
    await swept(store, 4);
    await swept(store, 1, { at: '2026-03-02T00:05:00.000Z' });
    const { sentences } = await swept(store, 1, { at: '2026-03-02T00:40:00.000Z' });
    expect(sentences).toEqual([
      expect.stringMatching(
        /^3 subscriptions are missing since 2026-03-02T00:05:00\.000Z .*: team 1 \(.*, team 2 \(.*, team 3 \(.*`cmk-guardian let-go --why '<why>'`.*`cmk-guardian keep --why '<why>'`/,
      ),
    ]);
  });

  it('are given up where they were let go or are excluded, and never for one answer without them, nor for a row that says nothing', async () => {
    const store = storage.newStore();
    const inside = (n: number): string => `/subscriptions/${subscription(n)}/resourceGroups/data`;
    const reach = { ...reachWith([])(), excluded: [`/subscriptions/${subscription(3)}`] };
    const at = (scopes: readonly string[]) =>
      placesGivenUp({ store, settings: { reach: () => ({ ...reach, scopes }) } } as unknown as Guardian, new Date(AT));
    const nothing = await at([]);
    expect([0, 1, 2, 3].map((n) => nothing(inside(n)))).toEqual([false, false, false, true]);
    const known = { id: subscription(0), managementGroups: ['all'], foundAt: AT, seenAt: AT };
    const gone = [1, 2].map((n) => ({ id: subscription(n), at: AT, byItself: false }));
    const followed: Followed = {
      at: AT,
      answered: { all: { answeredAt: AT } },
      subscriptions: [{ ...known, missing: { since: AT, last: AT, asked: true } }],
      gone,
    };
    await store.followed.write(followed, undefined);
    // The second one is back meanwhile.
    const given = await at([subscription(0), subscription(2)].map((id) => `/subscriptions/${id}`));
    expect([0, 1, 2, 3].map((n) => given(inside(n)))).toEqual([false, true, false, true]);
    const late = await placesGivenUp(
      { store, settings: { reach: () => reach } } as unknown as Guardian,
      new Date(Date.parse(AT) + DAY),
    );
    expect([1, 2, 3].map((n) => late(inside(n)))).toEqual([false, false, true]);
  });

  it('are asked about no more, and keep no other from being let go, once they are named', async () => {
    const store = storage.newStore();
    const missing = { since: AT, last: AT, asked: true } as const;
    const subscriptions = [0, 1, 2].map((n) => ({
      id: subscription(n),
      managementGroups: ['all'],
      foundAt: AT,
      seenAt: AT,
      ...(n === 2 && { missing }),
    }));
    await store.followed.write({ answered: {}, subscriptions, gone: [] }, undefined);
    const named = [`/subscriptions/${subscription(2).toUpperCase()}`];
    for (const minutes of ['00', '30']) await swept(store, 1, { at: `2026-03-02T10:${minutes}:00.000Z`, named });
    const { followed } = await store.followed.read();
    expect(followed.subscriptions.map(({ id }) => id)).toEqual([subscription(0)]);
    expect(followed.gone.map(({ id }) => id)).toEqual([subscription(1)]);
  });

  it('are let go by no answer that no door has entered, though it is in the ledger', async () => {
    const store = storage.newStore();
    const missing = { since: AT, last: AT, asked: true } as const;
    const subscriptions = [0, 1, 2].map((n) => ({
      id: subscription(n),
      managementGroups: ['all'],
      foundAt: AT,
      seenAt: AT,
      ...(n > 0 && { missing }),
    }));
    await store.followed.write({ answered: {}, subscriptions, gone: [] }, undefined);
    await store.ledger.append('product', emptyChain, [recorded]);
    const answer = answerEntry([{ id: subscription(1), since: AT }], SAID);
    const tables = { connectionString: storage.connectionString(), prefix: storage.prefixOf(store) };
    const known = async () => (await store.followed.read()).followed.subscriptions.map(({ id }) => id);

    await enter(tables, 'product', [answer]);
    await swept(store, 1, { at: '2026-03-02T10:00:00.000Z' });
    expect(await known()).toEqual([0, 1, 2].map(subscription));

    await store.ledger.append('product', await store.ledger.head('product'), [{ ...answer, id: 'missing.another' }]);
    await swept(store, 1, { at: '2026-03-02T10:05:00.000Z' });
    expect(await known()).toEqual([0, 2].map(subscription));
  });

  it('stay where somebody has said so last, though no anchor of that answer could be written', async () => {
    const store = storage.newStore();
    const missing = { since: AT, last: AT, asked: true } as const;
    const subscriptions = [0, 1, 2].map((n) => ({
      id: subscription(n),
      managementGroups: ['all'],
      foundAt: AT,
      seenAt: AT,
      ...(n > 0 && { missing }),
    }));
    await store.followed.write({ answered: {}, subscriptions, gone: [] }, undefined);
    await store.ledger.append('product', emptyChain, [recorded]);
    const tables = { connectionString: storage.connectionString(), prefix: storage.prefixOf(store) };
    const ids = [{ id: subscription(1), since: AT }];
    await store.ledger.append('product', await store.ledger.head('product'), [answerEntry(ids, SAID)]);
    await enter(tables, 'product', [answerEntry(ids, { ...SAID, entry: 'later', answer: 'keep' })]);
    await swept(store, 1, { at: '2026-03-02T10:00:00.000Z' });
    const { followed } = await store.followed.read();
    expect(followed.subscriptions.map(({ id }) => id)).toEqual([0, 1, 2].map(subscription));
  });

  it('are followed on though the row has a time that no clock has reached', async () => {
    const store = storage.newStore();
    const ahead: Followed = { at: '9999-01-01T00:00:00.000Z', answered: {}, subscriptions: [], gone: [] };
    await store.followed.write(ahead, undefined);
    await swept(store, 1);
    expect((await store.followed.read()).followed).toMatchObject({ at: AT, subscriptions: [{ id: subscription(0) }] });
  });
});
