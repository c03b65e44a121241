import { TableClient } from '@azure/data-tables';
import { describe, expect, it } from 'vitest';
import { type Followed, NOTHING_FOLLOWED } from '../../src/remediation/protocol/followed.ts';
import { toJsonColumns } from '../../src/store/json-columns.ts';
import { useAzurite } from '../builders/azurite.ts';

const AT = '2026-03-02T00:00:00.000Z';
const subscription = (n: number) => `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`;

const followed = (...numbers: readonly number[]): Followed => ({
  at: AT,
  answered: { all: { answeredAt: AT } },
  subscriptions: numbers.map((n) => ({ id: subscription(n), managementGroups: ['all'], foundAt: AT, seenAt: AT })),
  gone: [{ id: subscription(9), at: AT, byItself: true }],
});

const EARLIER = '2026-03-01T00:00:00.000Z';

const missingSince = (since: string, asked: { readonly asked?: true } = {}): Followed => ({
  ...followed(1),
  subscriptions: followed(1).subscriptions.map((one) => ({ ...one, missing: { since, last: AT, ...asked } })),
});

/** The same row, in which every subscription has a name that no answer of Azure had. */
const namedSandbox = (row: Followed): Followed => ({
  ...row,
  subscriptions: row.subscriptions.map((one) => ({ ...one, name: 'sandbox' })),
});

describe('the subscriptions that are followed', () => {
  const { connectionString, newStore, prefixOf } = useAzurite();

  it('are none before the first answer, and then what was kept, however many', async () => {
    const store = newStore();
    expect(await store.followed.read()).toEqual({ followed: NOTHING_FOLLOWED });
    const many = followed(...Array.from({ length: 4_000 }, (_, n) => n));
    expect(await store.followed.write(many, undefined)).toBe(true);
    expect((await store.followed.read()).followed).toEqual(many);
  });

  it('are kept by one of two who sweep at the same time', async () => {
    const store = newStore();
    await store.followed.write(followed(1), undefined);
    const { etag } = await store.followed.read();
    expect(await store.followed.write(followed(1, 2), etag)).toBe(true);
    expect(await store.followed.write(followed(3), etag)).toBe(false);
    expect(await store.followed.write(followed(3), undefined)).toBe(false);
    expect((await store.followed.read()).followed).toEqual(followed(1, 2));
  });

  it.each([
    ['others than were attested', toJsonColumns(followed(1, 2))],
    ['that there is none, though the management groups have answered', toJsonColumns(followed())],
    [
      'that one is missing for longer than any answer of Azure has been without it',
      toJsonColumns(missingSince(EARLIER)),
    ],
    ['that nobody was asked whether a missing one may go', toJsonColumns(missingSince(AT))],
    ['that a missing one has another name', toJsonColumns(namedSandbox(missingSince(AT, { asked: true })))],
    ['nothing that can be understood', toJsonColumns({ subscriptions: 'all' })],
    ['no document', { json: '{' }],
  ])(
    'are none where who may write to the tables alone has written %s: until the next sweep asks Azure',
    async (_what, columns) => {
      const store = newStore();
      await store.followed.write(followed(1), undefined);
      await store.followed.write(missingSince(AT, { asked: true }), (await store.followed.read()).etag);
      const table = TableClient.fromConnectionString(connectionString(), `${prefixOf(store)}records`, {
        allowInsecureConnection: true,
      });
      await table.upsertEntity({ partitionKey: 'subscriptions', rowKey: 'followed', ...columns }, 'Replace');
      const { followed: believed, etag } = await store.followed.read();
      expect(believed).toEqual(NOTHING_FOLLOWED);
      expect(await store.followed.write(followed(1), etag)).toBe(true);
      expect((await store.followed.read()).followed).toEqual(followed(1));
    },
  );

  it('were let go by nobody who may write to the tables alone, even where none is followed then', async () => {
    const store = newStore();
    await store.followed.write(followed(1), undefined);
    expect((await store.followed.letGo()).map(({ id }) => id)).toEqual([subscription(9)]);
    const table = TableClient.fromConnectionString(connectionString(), `${prefixOf(store)}records`, {
      allowInsecureConnection: true,
    });
    const forged = { ...followed(), gone: [{ id: subscription(1), at: AT, byItself: true }] };
    const row = { partitionKey: 'subscriptions', rowKey: 'followed', ...toJsonColumns(forged) };
    await table.upsertEntity(row, 'Replace');
    expect(await store.followed.letGo()).toEqual([]);
  });
});
