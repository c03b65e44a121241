import { describe, expect, it } from 'vitest';
import type { Durable, Guardian } from '../../src/loop/guardian.ts';
import type { Json } from '../../src/remediation/model/canonical.ts';
import { emptyChain } from '../../src/remediation/protocol/ledger.ts';
import type { Store } from '../../src/store/store.ts';
import { ANSWERS } from '../../src/web/contract/answers/answers.ts';
import { CONTRACT } from '../../src/web/contract/contract.ts';
import { readQuery } from '../../src/web/contract/read-query.ts';
import type { DoorAnswer } from '../../src/web/door.ts';
import { DECISIONS_PAGE, getWouldHave } from '../../src/web/would-have.ts';
import { useAzurite } from '../builders/azurite.ts';
import { anEntry, CHAIN } from '../builders/chain.ts';
import { requestWith } from '../builders/request.ts';

const azurite = useAzurite();
const SERVER = '/subscriptions/s/resourcegroups/data/providers/microsoft.dbformysql/servers/orders';
const JULY = 'from=2026-07-01&to=2026-07-08';

const ask = (store: Store, query = JULY): Promise<DoorAnswer> => {
  const read = readQuery(CONTRACT['get-would-have'], new URLSearchParams(query));
  const guardian = { store, settings: { policy: { mode: 'observe' } } } as unknown as Guardian;
  return read.kind === 'refused'
    ? Promise.resolve(read.answer)
    : getWouldHave(requestWith(read.value), guardian, {} as Durable);
};

const step = (name: string, verdict: string, why?: string) => ({
  stepId: `id of ${name}`,
  step: name,
  target: SERVER,
  sentence: `${name} it.`,
  verdict,
  ...(why && { why }),
});

const down = {
  kind: 'consumerInaccessible',
  target: SERVER,
  evidence: {},
  harm: [],
  rows: [],
  sentence: 'It is down.',
};

/**
 * Steps that would have run on one day and would have been asked on the next, in incidents of one key; down for six minutes, and
 * for one.
 */
const observed = async (): Promise<Store> => {
  const store = azurite.newStore();
  const incident = async (id: string, opened: string, well: string, steps: readonly object[]) => {
    const at = new Date(opened).toISOString();
    const inAuto = { mode: 'observe', steps, harm: [{ consumerId: SERVER, level: 'active' }] } as unknown as Json;
    await store.ledger.append(CHAIN, emptyChain, [
      anEntry(`${id}.opened`, { kind: 'opened', at, incident: id }),
      anEntry(`${id}.seen`, { kind: 'seen', at, incident: id, detail: { findings: [down] } as unknown as Json }),
      anEntry(`${id}.decided`, { kind: 'decided', at, incident: id, detail: { kind: 'report', inAuto } }),
      anEntry(`${id}.well`, { at: new Date(well).toISOString(), incident: id, detail: { findings: [] } }),
      anEntry(`${id}.closed`, { kind: 'closed', at: new Date(well).toISOString(), incident: id }),
    ]);
    await store.wouldHave.note({ keyId: CHAIN, at, entry: `${id}.decided` });
  };
  const asks = [step('enableKey', 'ask', 'It undoes what someone did.')];
  await incident('first', '2026-07-02T10:00:00Z', '2026-07-02T10:06:00Z', [
    step('extendKeyExpiry', 'run'),
    step('revalidateConsumer', 'run'),
  ]);
  await incident('second', '2026-07-03T10:00:00Z', '2026-07-03T10:01:00Z', asks);
  return store;
};

describe('What mode auto would have done', () => {
  it('is told by day, with the minutes down that followed and its place in the ledger', async () => {
    const answer = await ask(await observed());
    const impact = [{ consumerId: SERVER, level: 'active' }];
    expect(answer.body).toMatchObject({
      mode: 'observe',
      value: [
        {
          day: '2026-07-02',
          wouldHaveRun: 1,
          wouldHaveAsked: 0,
          minutesDownAfter: 6,
          entries: [
            { key: CHAIN, incident: 'first', followed: [{ minutesDown: 6 }], ledger: { seq: 3 }, impact, harm: impact },
          ],
        },
        { day: '2026-07-03', wouldHaveRun: 0, wouldHaveAsked: 1, minutesDownAfter: 1 },
      ],
    });
    const { schema } = ANSWERS['get-would-have'].answers[200];
    expect(schema.safeParse(JSON.parse(JSON.stringify(answer.body))).error?.issues).toBeUndefined();
  });

  it('is told of the days that are asked alone', async () => {
    const { body } = await ask(await observed(), 'from=2026-07-03&to=2026-07-04');
    expect((body as { value: { day: string }[] }).value.map(({ day }) => day)).toEqual(['2026-07-03']);
    expect((await ask(await observed(), '')).body).toMatchObject({ value: [] });
  });

  it('is a table as well, with a row for every step', async () => {
    const { text, headers } = await ask(await observed(), `${JULY}&format=csv`);
    const [heading, ...rows] = (text ?? '').trimEnd().split('\r\n');
    expect(heading).toMatch(/^day,at,key,incident,mode,decided,step,target,wouldHave,why,wasDone,impacts,.*,harms$/);
    for (const row of rows) expect(row.split(',').at(-1)).toBe(row.split(',')[11]);
    expect(
      rows.map((row) =>
        row
          .split(',')
          .filter((_cell, at) => [0, 6, 8].includes(at))
          .join(' '),
      ),
    ).toEqual(['2026-07-02 extendKeyExpiry run', '2026-07-02 revalidateConsumer run', '2026-07-03 enableKey asked']);
    expect(headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8' });
  });

  it('is told in pages of the same days, whatever day it is when the next one is asked', async () => {
    const store = azurite.newStore();
    const begin = Date.parse('2026-07-02T00:00:00.000Z');
    for (let at = 0; at <= DECISIONS_PAGE; at += 1)
      await store.wouldHave.note({ keyId: CHAIN, at: new Date(begin + at * 60_000).toISOString(), entry: `${at}` });
    const first = await ask(store);
    const { nextLink } = first.body as { nextLink: string };
    expect(nextLink).toContain('from=2026-07-01T00');
    const second = await ask(store, nextLink.split('?')[1]);
    expect(second.status).toBe(200);
    expect(second.body).not.toHaveProperty('nextLink');
  });

  it('says of which keys the ledger does not tell it any more', async () => {
    const store = azurite.newStore();
    await store.wouldHave.note({ keyId: CHAIN, at: '2026-07-02T00:00:00.000Z', entry: 'gone' });
    expect((await ask(store)).body).toMatchObject({ value: [], missingInLedger: [CHAIN] });
  });

  it.each([
    'from=2026-07-08&to=2026-07-01',
    'from=2026-01-01&to=2026-07-01',
    'to=tomorrow',
    'after=x',
    'days=7',
    "after=2026' or true",
  ])('is refused with the fix where it is asked as %s', async (query) => {
    expect(await ask(azurite.newStore(), query)).toMatchObject({ status: 400 });
  });
});
