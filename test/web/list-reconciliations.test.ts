import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Durable, Guardian } from '../../src/loop/guardian.ts';
import { countEstate } from '../../src/loop/memory/estate.ts';
import { FEW } from '../../src/loop/memory/read-each.ts';
import type { ConsumerFacts } from '../../src/remediation/model/facts.ts';
import type { Decision } from '../../src/remediation/policy/policy-types.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { listReconciliations } from '../../src/web/list-reconciliations.ts';
import type { Line } from '../../src/web/standing/line.ts';
import { assessed } from '../builders/assessed.ts';
import { ownPrefix, useAzurite } from '../builders/azurite.ts';
import { aBaseline } from '../builders/baseline.ts';
import { type CountedTables, countedTables } from '../builders/counted-tables.ts';
import { expired } from '../builders/decision.ts';
import { anObservation, aSingleServer, aVersion, inaccessible, inDays, V1 } from '../builders/observation.ts';
import { policyIn } from '../builders/policy.ts';
import { requestWith } from '../builders/request.ts';
import { runStorage } from '../run/ground.ts';

const idOf = (vault: string, key = 'cmk'): string => `https://${vault}.vault.azure.net/keys/${key}`;

const server = (name: string): ConsumerFacts => aSingleServer(name);
const wellOf = (one: ConsumerFacts): Decision =>
  assessed(anObservation([aVersion()], [one]), { known: { baseline: aBaseline([one]) } });
const illOf = (one: ConsumerFacts): Decision =>
  assessed(anObservation([expired], [{ ...one, state: inaccessible }]), { known: { baseline: aBaseline([one]) } });
const askedIllOf = (one: ConsumerFacts): Decision =>
  assessed(anObservation([expired], [{ ...one, state: inaccessible }]), {
    known: { baseline: aBaseline([one]) },
    policy: policyIn('approve'),
  });
const soonOf = (one: ConsumerFacts, days: number): Decision =>
  assessed(anObservation([aVersion(V1, { expiresOn: inDays(days) })], [one]), {
    known: { baseline: aBaseline([one]) },
  });

const YEAR_AGO = inDays(-365);

/** A key as an assess has left it, used by this consumer. */
const keep = async (
  store: Store,
  keyId: string,
  decision: Decision,
  consumers: readonly ConsumerFacts[],
  owners?: Readonly<Record<string, string>>,
): Promise<void> => {
  const at = YEAR_AGO;
  await store.incidents.record(keyId, {
    verdict: { at, decision, fingerprint: 'f', writtenAt: at, ...(owners && { owners }) },
  });
  if (consumers.length > 0) await store.consumerIndex.change(keyId, () => consumers);
};

const settings = { ownerTag: 'owner' };

type Query = Parameters<typeof listReconciliations>[0]['query'];

const ask = async (store: Store, query: Query = {}) => {
  const answer = await listReconciliations(
    requestWith(query),
    { store, settings } as unknown as Guardian,
    {} as Durable,
  );
  return answer as {
    status: number;
    text?: string;
    headers?: Record<string, string>;
    body: { now: string; value: readonly (Line & { harm: Line['impact'] })[]; nextLink?: string };
  };
};

const namesOf = async (store: Store, query: Query = {}): Promise<readonly (string | undefined)[]> =>
  (await ask(store, query)).body.value.map(({ consumer }) => consumer?.name);

describe('GET /api/reconciliations', () => {
  const { newStore } = useAzurite();

  const estate = async (): Promise<Store> => {
    const store = newStore();
    const [well, down, soon, later] = ['well', 'down', 'soon', 'later'].map(server) as [
      ConsumerFacts,
      ConsumerFacts,
      ConsumerFacts,
      ConsumerFacts,
    ];
    await keep(store, idOf('one'), wellOf(well), [{ ...well, tags: { Owner: 'Team A' } }]);
    await keep(store, idOf('two'), soonOf(later, 9), [later], { [later.id.toLowerCase()]: 'Team B' });
    await keep(store, idOf('three'), illOf(down), [down], { [down.id.toLowerCase()]: 'Team A' });
    await keep(store, idOf('four'), soonOf(soon, 2), [soon], { [soon.id.toLowerCase()]: 'team a' });
    return store;
  };

  it('answers what is wrong now, the greatest impact first, and leaves out what is well', async () => {
    const { body, status } = await ask(await estate());
    expect(status).toBe(200);
    for (const told of body.value) expect(told.harm, 'the earlier name says the same').toEqual(told.impact);
    expect(body.value.map(({ consumer, impact }) => [consumer?.name, impact.kind])).toEqual([
      ['down', 'down'],
      ['soon', 'losesKey'],
      ['later', 'losesKey'],
    ]);
    expect(Number.isNaN(Date.parse(body.now))).toBe(false);
  });

  it.each<[Query, readonly (string | undefined)[]]>([
    [{ verdict: 'healthy' }, ['well']],
    [{ verdict: 'all' }, ['down', 'soon', 'later', 'well']],
    [{ vault: 'THREE' }, ['down']],
    [{ vault: 'https://four.vault.azure.net' }, ['soon']],
    [{ consumer: 'Later' }, ['later']],
    [{ consumer: 'well' }, []],
    [{ consumer: 'well', verdict: 'all' }, ['well']],
    [{ consumer: 'down', vault: 'four' }, []],
    [{ fault: 'keyExpired' }, ['down']],
    [{ fault: 'consumerInaccessible' }, ['down']],
    [{ owner: 'TEAM A' }, ['down', 'soon']],
    [{ owner: 'team a', verdict: 'all' }, ['down', 'soon', 'well']],
    [{ owner: 'team a', verdict: 'healthy' }, ['well']],
    [{ owner: 'team' }, []],
  ])('keeps what %p leaves over', async (query, names) => {
    expect(await namesOf(await estate(), query)).toEqual(names);
  });

  it('asks at once for nothing more that somebody has forbidden or paused, and for all else as before', async () => {
    const store = newStore();
    const [one, other] = [server('one'), server('other')];
    for (const [vault, its] of [
      ['one', one],
      ['two', other],
    ] as const)
      await keep(store, idOf(vault), askedIllOf(its), [its]);
    const actions = async () =>
      (await ask(store)).body.value.map(({ consumer, nextAction }) => [consumer?.name, nextAction.kind]).toSorted();
    expect(await actions()).toEqual([
      ['one', 'asks'],
      ['other', 'asks'],
    ]);
    await store.records.forbidHealing({ target: one.id, by: 'ada', why: 'legal hold' });
    expect(await actions()).toEqual([
      ['one', 'held'],
      ['other', 'asks'],
    ]);
    const held = (await ask(store, { verdict: 'report' })).body.value;
    expect(
      held.map(({ nextAction, plan }) => [nextAction.sentence, plan?.steps.map(({ verdict }) => verdict)]),
    ).toEqual([[expect.stringContaining(`DELETE /api/do-not-heal?target=${one.id}&why=`), ['report', 'report']]]);
    expect((await countEstate({ store })).verdicts).toMatchObject({ asked: 1, reported: 1 });
    await store.records.allowHealing(one.id);
    await store.records.pause({ by: 'ada', why: 'move' });
    expect((await actions()).map(([, kind]) => kind)).toEqual(['held', 'held']);
    expect((await countEstate({ store })).verdicts).toMatchObject({ asked: 0, reported: 2 });
  });

  it('has of what is well the owner of the consumer, and else of its vault, as they were last read', async () => {
    const store = newStore();
    const [own, other] = [{ ...server('own'), tags: { owner: 'Team A' } }, server('other')];
    await keep(store, idOf('one'), wellOf(own), [own, other], { '': 'Platform' });
    const { body } = await ask(store, { verdict: 'all' });
    expect(body.value.map(({ consumer, owner }) => [consumer?.name, owner]).toSorted()).toEqual([
      ['other', 'Platform'],
      ['own', 'Team A'],
    ]);
    expect(await namesOf(store, { verdict: 'all', owner: 'platform' })).toEqual(['other']);
  });

  it('has a line for each consumer also where a vault holds more keys than are read one by one', async () => {
    const store = newStore();
    const keys = Array.from({ length: FEW + 1 }, (_, at) => at);
    const two = keys.map((at) => [server(`one-${at}`), server(`other-${at}`)] as const);
    const keeping = two.map(([one, other], at) => keep(store, idOf('big', `key-${at}`), wellOf(one), [one, other]));
    await Promise.all(keeping);
    await keep(store, idOf('small'), wellOf(server('elsewhere')), [server('elsewhere')]);
    const { body } = await ask(store, { verdict: 'all', vault: 'big' });
    const names = body.value.map(({ consumer }) => consumer?.name);
    expect(names.toSorted()).toEqual(
      two
        .flat()
        .map(({ name }) => name)
        .toSorted(),
    );
    expect(body.nextLink).toBeUndefined();
    const page = await ask(store, { verdict: 'all', vault: 'big', limit: 150 });
    expect([page.body.value.length, typeof page.body.nextLink]).toEqual([150, 'string']);
  });

  it('refuses a name that nobody bears, and a place that no list has given', async () => {
    const store = await estate();
    expect(await ask(store, { consumer: 'dow' })).toMatchObject({ status: 404 });
    expect(await ask(store, { after: 'x' })).toMatchObject({ status: 400 });
  });

  it('comes in pages that together hold every line once', async () => {
    const store = await estate();
    const names: (string | undefined)[] = [];
    for (let query: Query | undefined = { limit: 1, verdict: 'all' }; query; ) {
      const { body } = await ask(store, query);
      names.push(...body.value.map(({ consumer }) => consumer?.name));
      const after: string | null = body.nextLink ? new URL(body.nextLink, 'http://x').searchParams.get('after') : null;
      expect(body.nextLink ?? '/api/reconciliations?verdict=all&limit=1').toContain('limit=1');
      query = after === null ? undefined : { limit: 1, verdict: 'all', after };
    }
    expect(names).toEqual(['down', 'soon', 'later', 'well']);
  });

  it('has a line for every consumer of a key where all is asked for, those with which nothing is wrong as well', async () => {
    const store = newStore();
    const [down, one, two] = [server('down'), server('one'), server('two')];
    await keep(store, idOf('ill'), illOf(down), [down, one]);
    await keep(store, idOf('fine'), wellOf(one), [one, two]);
    expect(await namesOf(store)).toEqual(['down']);
    expect(await namesOf(store, { verdict: 'all' })).toEqual(['down', 'one', 'one', 'two']);
  });

  it('leaves out a key that nobody uses any more', async () => {
    const store = newStore();
    const gone = server('gone');
    const unseen = assessed(anObservation([[V1, { kind: 'unknown', reason: '403' }]], [gone]));
    await keep(store, idOf('left'), unseen, [gone]);
    expect(await namesOf(store)).toEqual(['gone']);
    await store.consumerIndex.change(idOf('left'), () => []);
    expect(await namesOf(store)).toEqual([]);
    expect(await namesOf(store, { verdict: 'all' })).toEqual([]);
  });

  it('is comma-separated values where they are asked for, in which nothing is a formula', async () => {
    const store = newStore();
    const one = server('orders');
    await keep(store, idOf('one'), illOf(one), [one], { [one.id.toLowerCase()]: '=cmd()' });
    const { headers, text = '' } = await ask(store, { format: 'csv' });
    expect(headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8' });
    const [heading, line] = text.split('\r\n');
    expect(heading).toMatch(/^consumer,kind,key,vault,verdict,fault,impact,.*,harm$/);
    expect(line).toContain('orders,mysqlSingleServer,https://one.vault.azure.net/keys/cmk,one,');
    expect(line).toContain(",'=cmd(),");
  });
});

describe('What the list costs', () => {
  let tables: CountedTables;
  beforeAll(async () => {
    tables = await countedTables(runStorage());
  });
  afterAll(() => tables.close());

  it('is a call for all that is well, however many those are and have consumers, and one for each that is not', async () => {
    const storage = { kind: 'connectionString', connectionString: tables.connectionString } as const;
    const store = openStore({ storage, tablePrefix: ownPrefix() });
    const well = server('well');
    for (let n = 0; n < 30; n += 1) await keep(store, idOf(`well${n}`), wellOf(well), [well, server('beside')]);
    for (const name of ['a', 'b']) await keep(store, idOf(`ill-${name}`), illOf(server(name)), [server(name)]);
    tables.count();
    expect(await namesOf(store)).toEqual(['a', 'b']);
    expect(tables.count()).toBe(3);
  });
});
