import { describe, expect, it } from 'vitest';
import type { Durable, Guardian } from '../../src/loop/guardian.ts';
import type { Json } from '../../src/remediation/model/canonical.ts';
import type { Verdict } from '../../src/store/key-state.ts';
import type { Store } from '../../src/store/store.ts';
import { ANSWERS } from '../../src/web/contract/answers/answers.ts';
import { CONTRACT } from '../../src/web/contract/contract.ts';
import { readQuery } from '../../src/web/contract/read-query.ts';
import type { DoorAnswer } from '../../src/web/door.ts';
import { getHistory } from '../../src/web/history.ts';
import { useAzurite } from '../builders/azurite.ts';
import { anEntry } from '../builders/chain.ts';
import { requestWith } from '../builders/request.ts';

const azurite = useAzurite();
const KEY = 'https://contoso.vault.azure.net/keys/cmk';
const OTHER = 'https://fabrikam.vault.azure.net/keys/cmk';
const SERVER = '/subscriptions/s/resourcegroups/data/providers/microsoft.dbformysql/servers/orders';
const HEALTHY = { at: '', decision: { kind: 'healthy' }, fingerprint: '' } as unknown as Verdict;
const MARCH = 'from=2026-03-01&to=2026-04-01';

const ask = (store: Store, query = MARCH): Promise<DoorAnswer> => {
  const read = readQuery(CONTRACT['get-history'], new URLSearchParams(query));
  return read.kind === 'refused'
    ? Promise.resolve(read.answer)
    : getHistory(requestWith(read.value), { store } as unknown as Guardian, {} as Durable);
};

const later = (at: string, seconds: number): string => new Date(Date.parse(at) + seconds * 1_000).toISOString();

const lost = (key: string, deletedOn: string) => ({
  kind: 'keyDeleted',
  target: key,
  evidence: { deletedOn },
  harm: [{ consumerId: SERVER, level: 'active' }],
  rows: [],
  sentence: 'The key was deleted.',
});

type Played = { readonly key: string; readonly deleted: string; readonly seen: number; readonly healed?: number };

/** A key is deleted, seen so many seconds after it, and healed so many after that. */
const play = async (store: Store, { key, deleted, seen, healed }: Played): Promise<void> => {
  const openedAt = later(deleted, seen);
  const id = `${openedAt.replaceAll(/[-:]|\.\d+/g, '')}-00000000`;
  const incident = { id, openedAt };
  await store.incidents.record(key, { verdict: HEALTHY, opened: incident });
  const findings = [lost(key, deleted)] as unknown as Json;
  await store.ledger.append(key, await store.ledger.head(key), [
    anEntry(`${id}.o`, { kind: 'opened', at: openedAt, incident: id }),
    anEntry(`${id}.s`, { kind: 'seen', at: openedAt, incident: id, detail: { findings } }),
  ]);
  if (healed === undefined) return;
  const closedAt = later(openedAt, healed);
  await store.incidents.record(key, { verdict: HEALTHY, closed: { ...incident, closedAt } });
  await store.ledger.append(key, await store.ledger.head(key), [
    anEntry(`${id}.c`, { kind: 'closed', at: closedAt, incident: id }),
  ]);
};

describe('The history', () => {
  it('tells incidents by week, and how fast they were seen and healed by their cause', async () => {
    const store = azurite.newStore();
    await play(store, { key: KEY, deleted: '2026-03-03T10:00:00.000Z', seen: 40, healed: 100 });
    await play(store, { key: KEY, deleted: '2026-03-10T10:00:00.000Z', seen: 20, healed: 300 });
    await play(store, { key: OTHER, deleted: '2026-03-11T10:00:00.000Z', seen: 60 });
    await play(store, { key: OTHER, deleted: '2026-04-11T10:00:00.000Z', seen: 60 });
    const answer = await ask(store);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        incidents: { opened: 3, open: 1, measured: 3 },
        causes: [
          {
            cause: 'keyDeleted',
            incidents: 3,
            toDetect: { count: 3, p50: 40, p95: 60 },
            toHeal: { count: 2, p50: 100, p95: 300 },
          },
        ],
        value: [
          { key: KEY, cause: 'keyDeleted', seconds: { toDetect: 40, toHeal: 100 }, minutesDown: [0] },
          { key: KEY, seconds: { toDetect: 20, toHeal: 300 } },
          { key: OTHER, seconds: { toDetect: 60 }, isRepaired: false },
        ],
      },
    });
    const { weeks } = answer.body as { weeks: { monday: string; opened: number }[] };
    expect(weeks.map(({ monday, opened }) => `${monday} ${opened}`)).toEqual([
      '2026-02-23 0',
      '2026-03-02 1',
      '2026-03-09 2',
      '2026-03-16 0',
      '2026-03-23 0',
      '2026-03-30 0',
    ]);
    expect(ANSWERS['get-history'].answers[200].schema.safeParse(answer.body).error?.issues).toBeUndefined();
  });

  it('reads of each chain what is of these incidents, however long it was before', async () => {
    const store = azurite.newStore();
    for (const day of ['01', '02', '03', '04'])
      await play(store, { key: KEY, deleted: `2026-02-${day}T10:00:00.000Z`, seen: 40, healed: 100 });
    await play(store, { key: KEY, deleted: '2026-03-03T10:00:00.000Z', seen: 40, healed: 100 });
    const seen: number[] = [];
    const { ledger } = store;
    const readBackTo: typeof ledger.readBackTo = async (...args) => {
      const rows = await ledger.readBackTo(...args);
      seen.push(rows.length);
      return rows;
    };
    const { body } = await ask({ ...store, ledger: { ...ledger, readBackTo } });
    expect(body).toMatchObject({ value: [{ cause: 'keyDeleted', seconds: { toDetect: 40, toHeal: 100 } }] });
    expect(seen).toEqual([4]);
  });

  it('is of the last twelve weeks where nobody says of when, and of nothing where nothing was', async () => {
    const { body } = await ask(azurite.newStore(), '');
    expect(body).toMatchObject({ incidents: { opened: 0, open: 0, measured: 0 }, causes: [], value: [] });
    const { from, to, weeks } = body as { from: string; to: string; weeks: unknown[] };
    expect(Date.parse(to) - Date.parse(from)).toBe(84 * 86_400_000);
    expect([12, 13]).toContain(weeks.length);
  });

  it.each([
    ['from=2026-04-01&to=2026-03-01', /Exchange them/],
    ['from=2025-01-01&to=2026-03-01', /At most 366 days/],
    ['from=yesterday', /write an instant in UTC/],
  ])('refuses a time that is none: %s', async (query, says) => {
    const store = azurite.newStore();
    expect(await ask(store, query)).toMatchObject({ status: 400, body: { detail: expect.stringMatching(says) } });
  });
});
