import { describe, expect, it } from 'vitest';
import type { Activity } from '../../src/azure/connection/activity-log.ts';
import type { Durable, Guardian } from '../../src/loop/guardian.ts';
import type { Json } from '../../src/remediation/model/canonical.ts';
import { absent, type Fact, present } from '../../src/remediation/model/facts.ts';
import { emptyChain, type LedgerEntry } from '../../src/remediation/protocol/ledger.ts';
import type { Verdict } from '../../src/store/key-state.ts';
import type { Store } from '../../src/store/store.ts';
import { ANSWERS } from '../../src/web/contract/answers/answers.ts';
import { CONTRACT } from '../../src/web/contract/contract.ts';
import { readQuery } from '../../src/web/contract/read-query.ts';
import type { DoorAnswer } from '../../src/web/door.ts';
import { getIncident } from '../../src/web/incident.ts';
import { INCIDENTS_PAGE, listIncidents } from '../../src/web/incidents.ts';
import { useAzurite } from '../builders/azurite.ts';
import { anEntry } from '../builders/chain.ts';
import { requestWith } from '../builders/request.ts';

const azurite = useAzurite();
const KEY = 'https://contoso.vault.azure.net/keys/cmk';
const OTHER = 'https://fabrikam.vault.azure.net/keys/cmk';
const SERVER = '/subscriptions/s/resourcegroups/data/providers/microsoft.dbformysql/servers/orders';
const HEALTHY = { at: '', decision: { kind: 'healthy' }, fingerprint: '' } as unknown as Verdict;

type Ends = { readonly key?: string; readonly opened: string; readonly closed?: string };

const idOf = (at: string, digits = '0'): string => `${at.replaceAll(/[-:]|\.\d+/g, '')}-${digits.padStart(8, '0')}`;

const record = async (store: Store, { key = KEY, opened, closed }: Ends, id = idOf(opened)): Promise<string> => {
  const incident = { id, openedAt: opened };
  await store.incidents.record(key, { verdict: HEALTHY, opened: incident });
  if (closed) await store.incidents.record(key, { verdict: HEALTHY, closed: { ...incident, closedAt: closed } });
  return id;
};

const guardianOf = (store: Store, log: () => Promise<Fact<readonly Activity[]>> = async () => absent): Guardian =>
  ({ store, azure: { keyActsSince: log, activitySince: log } }) as unknown as Guardian;

const list = (store: Store, query: string): Promise<DoorAnswer> => {
  const read = readQuery(CONTRACT['list-incidents'], new URLSearchParams(query));
  return read.kind === 'refused'
    ? Promise.resolve(read.answer)
    : listIncidents(requestWith(read.value), guardianOf(store), {} as Durable);
};

/** The differences of an answer from its documented shape. */
const faultsOf = (route: 'list-incidents' | 'get-incident', { body }: DoorAnswer): unknown =>
  ANSWERS[route].answers[200].schema.safeParse(JSON.parse(JSON.stringify(body))).error?.issues;

const idsIn = ({ body }: DoorAnswer): readonly string[] =>
  (body as { value: { id: string }[] }).value.map(({ id }) => id);

describe('The incidents', () => {
  const storeWithThree = async () => {
    const store = azurite.newStore();
    const first = await record(store, { opened: '2026-03-01T10:00:00.000Z', closed: '2026-03-01T10:03:00.000Z' });
    const second = await record(store, {
      key: OTHER,
      opened: '2026-03-02T10:00:00.000Z',
      closed: '2026-03-04T10:00:00.000Z',
    });
    const third = await record(store, { opened: '2026-03-05T10:00:00.000Z' });
    return { store, first, second, third };
  };

  it('are told oldest first, of all keys, with how long each was open', async () => {
    const { store, first, second, third } = await storeWithThree();
    const answer = await list(store, '');
    expect(idsIn(answer)).toEqual([first, second, third]);
    expect(answer.body).toMatchObject({ value: [{ keyId: KEY, minutesOpen: 3 }, { minutesOpen: 2_880 }, {}] });
  });

  it('are filtered by key, by whether they are open, and by the time in which they were open', async () => {
    const { store, first, second, third } = await storeWithThree();
    expect(idsIn(await list(store, `key=${KEY}`))).toEqual([first, third]);
    expect(idsIn(await list(store, `resource=${OTHER}`))).toEqual([second]);
    expect(idsIn(await list(store, 'open=true'))).toEqual([third]);
    expect(idsIn(await list(store, 'open=false'))).toEqual([first, second]);
    expect(idsIn(await list(store, 'from=2026-03-03'))).toEqual([second, third]);
    expect(idsIn(await list(store, 'from=2026-03-03&to=2026-03-05T09:00:00Z'))).toEqual([second]);
    expect(idsIn(await list(store, 'to=2026-03-02'))).toEqual([first]);
  });

  it.each([
    ['open=yes', 400],
    ['from=yesterday', 400],
    ['state=open', 400],
    ['after=1', 400],
    [`key=${KEY}&resource=orders`, 400],
    ['from=2026-03-03&to=2026-03-03', 400],
    ['resource=nobody', 404],
  ])('are not told where the filter is not understood: %s', async (query, status) => {
    expect(await list(azurite.newStore(), query)).toMatchObject({ status });
  });

  it('come in pages, each of which names the next, and all of them are there once', async () => {
    const store = azurite.newStore();
    const day = Date.parse('2026-03-01T00:00:00.000Z');
    const rows = Array.from({ length: INCIDENTS_PAGE + 1 }, (_, at) => new Date(day + at * 60_000).toISOString());
    for (let at = 0; at < rows.length; at += 50)
      await Promise.all(rows.slice(at, at + 50).map((opened) => record(store, { opened, key: `${KEY}${at}` })));
    const first = await list(store, 'open=true');
    const { nextLink } = first.body as { nextLink: string };
    const second = await list(store, nextLink.split('?')[1] ?? '');
    expect([...idsIn(first), ...idsIn(second)]).toEqual(rows.map((opened) => idOf(opened)));
    expect(second.body).not.toHaveProperty('nextLink');
    expect(faultsOf('list-incidents', first)).toBeUndefined();
    const csv = await list(store, 'open=true&format=csv');
    expect(csv.headers).toMatchObject({
      Link: expect.stringContaining('format=csv'),
      'content-type': 'text/csv; charset=utf-8',
    });
    expect(csv.text?.split('\r\n')).toHaveLength(INCIDENTS_PAGE + 3);
    expect(csv.text?.split('\r\n').at(-2)).toMatch(
      /^nextLink,\/api\/keyed\/incidents\?open=true&format=csv&after=[^,]+,,,$/,
    );
  });
});

const OPENED = '2026-03-01T10:00:40.000Z';
const at = (seconds: number): string =>
  new Date(Date.parse('2026-03-01T10:00:00.000Z') + seconds * 1_000).toISOString();

const harm = [{ consumerId: SERVER, consumerKind: 'mysqlSingleServer', level: 'active', sentence: 'It stops.' }];
const deleted = {
  kind: 'keyDeleted',
  target: KEY,
  evidence: { deletedOn: at(0) },
  harm,
  rows: [],
  sentence: 'The key was deleted.',
};
const down = {
  kind: 'consumerInaccessible',
  target: SERVER,
  evidence: {},
  harm,
  rows: [],
  sentence: 'It is down.',
  explainedBy: `keyDeleted ${KEY}`,
};

/** The key is deleted, found by the probe, recovered after an approval; the server is revalidated. */
const recovered = (incident: string): readonly LedgerEntry[] => {
  const entry = (
    id: string,
    seconds: number,
    kind: LedgerEntry['kind'],
    detail: unknown,
    more: Partial<LedgerEntry> = {},
  ) => anEntry(id, { kind, at: at(seconds), incident, detail: detail as Json, ...more });
  const step = (id: string, kind: string, target: string) => ({ step: kind, target, ...(id && { intent: id }) });
  return [
    entry('opened', 40, 'opened', { findings: ['The key was deleted.'], by: 'probe' }),
    entry('seen', 40, 'seen', { findings: [deleted, down] }, { evidence: 'e'.repeat(64) }),
    entry('asked', 40, 'asked', { kind: 'ask' }),
    entry('approved', 100, 'approved', { by: 'object-id', name: 'Anna', ticket: 'CHG-7', comment: 'go', planId: 'p' }),
    entry('decided', 101, 'decided', { kind: 'run' }),
    entry('i1', 102, 'intent', { authority: 'approval', undo: 'Delete it.' }, step('', 'recoverKey', KEY)),
    entry(
      'o1',
      112,
      'outcome',
      { why: 'there again' },
      { ...step('i1', 'recoverKey', KEY), outcome: 'done', correlationIds: ['c-1'] },
    ),
    entry('i2', 112, 'intent', { authority: 'policy' }, step('', 'revalidateConsumer', SERVER)),
    entry(
      'o2',
      172,
      'outcome',
      {},
      { ...step('i2', 'revalidateConsumer', SERVER), outcome: 'done', correlationIds: ['c-2'] },
    ),
    entry('seen2', 175, 'seen', { findings: [] }),
    entry('closed', 175, 'closed', { healthy: true }),
  ];
};

describe('One incident', () => {
  const told = async (log?: () => Promise<Fact<readonly Activity[]>>) => {
    const store = azurite.newStore(() => Date.parse(at(176)));
    const id = await record(store, { opened: OPENED, closed: at(175) });
    await store.ledger.append(KEY, emptyChain, recovered(id));
    const ask = () => getIncident({ ...requestWith({}), params: { id } }, guardianOf(store, log), {} as Durable);
    return { store, id, ask, answer: await ask() };
  };

  it('is told whole: in seconds from the loss, with minutes down, cause, people, writes and proof', async () => {
    const { answer, id } = await told();
    expect(answer).toMatchObject({
      status: 200,
      body: {
        id,
        key: KEY,
        isOpen: false,
        lostAt: at(0),
        seconds: { toDetect: 40, toDecide: 61, toHeal: 135 },
        consumers: [{ consumerId: SERVER, minutesDown: 2.2, atMostMinutes: 2.86, isDownNow: false }],
        cause: { roots: [{ kind: 'keyDeleted', target: KEY, runbook: expect.stringContaining('key-deleted') }] },
        people: [{ what: 'approved', by: 'object-id', name: 'Anna', ticket: 'CHG-7', comment: 'go' }],
        writes: [
          { step: 'recoverKey', authority: 'approval', outcome: 'done', seconds: 10, correlationIds: ['c-1'] },
          { step: 'revalidateConsumer', outcome: 'done', seconds: 60, correlationIds: ['c-2'] },
        ],
        evidence: [`/api/keyed/evidence/${'e'.repeat(64)}`],
        ledger: { verification: { kind: 'intact' } },
      },
    });
    const { timeline, ledger } = answer.body as {
      timeline: { what: string; seconds: number }[];
      ledger: { rows: unknown[] };
    };
    expect(timeline.map(({ what, seconds }) => `${seconds} ${what}`)).toEqual([
      '0 lost',
      '40 detected',
      '40 down',
      '40 asked',
      '100 approved',
      '101 decided',
      '102 begun',
      '112 ended',
      '112 begun',
      '172 revalidated',
      '172 serves',
      '175 healthy',
    ]);
    expect(ledger.rows).toHaveLength(11);
    expect(faultsOf('get-incident', answer)).toBeUndefined();
  });

  it('says who held its chain against how many anchors, and since when an anchor proves its end', async () => {
    const { answer } = await told();
    const { ledger, now } = answer.body as { ledger: object; now: string };
    expect(ledger).toMatchObject({
      verified: { by: expect.stringMatching(/^CMK Guardian \d/), at: now, anchors: 6 },
      anchored: { seq: 11, at: '2026-03-01T10:02:56.000Z' },
    });
  });

  it('is proven by the next anchor where its last entry has none of its own, and by none before there is one', async () => {
    const store = azurite.newStore(() => Date.parse(at(200)));
    const id = await record(store, { opened: OPENED });
    const ask = () => getIncident({ ...requestWith({}), params: { id } }, guardianOf(store), {} as Durable);
    await store.ledger.append(KEY, emptyChain, recovered(id).slice(0, 3));
    expect((await ask()).body).not.toHaveProperty('ledger.anchored');
    const later = anEntry('later', { kind: 'outcome', at: at(190), incident: 'another' });
    await store.ledger.append(KEY, await store.ledger.head(KEY), [later]);
    expect((await ask()).body).toMatchObject({ ledger: { anchored: { seq: 4, at: at(200) } } });
  });

  it('says in so many words where nobody can tell who it was', async () => {
    const { answer } = await told();
    expect(answer.body).toMatchObject({ who: { acts: [], says: ['unknown: no audit source'] } });
  });

  it('asks Azure who it was, and keeps the answer', async () => {
    let asked = 0;
    const act = { at: at(-5), operation: 'KeyDelete', caller: 'eve@contoso.com', resourceId: KEY, correlationId: 'x' };
    const { ask, answer } = await told(async () => {
      asked += 1;
      return present([act]);
    });
    const who = { acts: [{ by: 'eve@contoso.com', operation: 'KeyDelete', source: 'auditLog' }], says: [] };
    expect(answer.body).toMatchObject({ who });
    expect((await ask()).body).toMatchObject({ who });
    expect(asked).toBe(1);
  });

  it.each(['none', '20260301T100040Z-zzzzzzzz', "' or true or '", '20260301T100040Z-00000001'])(
    'is 404 where there is none: %s',
    async (id) => {
      const guardian = guardianOf(azurite.newStore());
      expect(await getIncident({ ...requestWith({}), params: { id } }, guardian, {} as Durable)).toMatchObject({
        status: 404,
      });
    },
  );

  it('says that its chain was changed, where it was', async () => {
    const store = azurite.newStore();
    const id = await record(store, { opened: OPENED });
    const guardian = guardianOf({
      ...store,
      ledger: {
        ...store.ledger,
        audit: async () => ({
          rows: [],
          anchors: [],
          verification: { kind: 'broken', seq: 1, fault: 'The chain is gone.' },
        }),
      },
    });
    const answer = await getIncident({ ...requestWith({}), params: { id } }, guardian, {} as Durable);
    expect(answer.body).toMatchObject({ isOpen: true, timeline: [], ledger: { verification: { kind: 'broken' } } });
    expect(faultsOf('get-incident', answer)).toBeUndefined();
  });
});
