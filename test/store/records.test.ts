import { TableClient } from '@azure/data-tables';
import { describe, expect, it } from 'vitest';
import type { Approval, Rejection } from '../../src/remediation/model/records.ts';
import type { AssessRecord } from '../../src/store/incidents.ts';
import { rowNames } from '../../src/store/key-partition.ts';
import type { EndedStep } from '../../src/store/key-state.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { useAzurite } from '../builders/azurite.ts';
import { putDocument } from '../builders/tampering.ts';

const key = 'https://vault.vault.azure.net/keys/one';
const opened = { id: 'incident', openedAt: '2026-01-01T00:00:00Z' };
const since = '2026-01-01T00:00:00Z';
const now = '2026-01-01T01:00:00Z';

const verdict: AssessRecord['verdict'] = {
  at: now,
  decision: {
    kind: 'ask',
    findings: [],
    plan: { planId: 'plan', steps: [], instructions: [] },
    verdicts: [],
    notes: [],
  },
  fingerprint: 'f',
};

const approval = (changes: Partial<Approval> = {}): Approval => ({
  incident: 'incident',
  planId: 'plan',
  stepIds: ['extend', 'revalidate'],
  by: 'ada',
  at: '2026-01-01T00:30:00Z',
  expires: '2026-01-02T00:00:00Z',
  ...changes,
});

const rejection: Rejection = {
  incident: 'incident',
  planId: 'plan',
  stepIds: ['extend'],
  by: 'bob-id',
  name: 'bob',
  why: 'the customer leaves',
  at: '2026-01-01T00:40:00Z',
  down: [],
};

const ended = (stepId: string, outcome: EndedStep['outcome'], at = now): EndedStep => ({
  incident: 'incident',
  stepId,
  step: 'extendKeyExpiry',
  target: key,
  outcome,
  why: 'because',
  at,
});

const recordsOf = async ({ records }: Store) => {
  const fact = await records.policyRecordsNow(key, since, now);
  if (fact.kind !== 'present') throw new Error(`The records are ${fact.kind}.`);
  return fact.value;
};

const allowed = async (store: Store) => (await recordsOf(store)).approvals.map(({ stepIds }) => stepIds);

describe('the records of policy', () => {
  const storage = useAzurite();

  const inIncident = async (): Promise<Store> => {
    const store = storage.newStore();
    await store.incidents.record(key, { verdict, opened });
    return store;
  };

  it('are empty where nobody wrote anything', async () => {
    expect(await recordsOf(storage.newStore())).toEqual({
      doNotHeal: [],
      approvals: [],
      usedSteps: [],
      attempts: [],
      repairs: [],
      requests: [],
      rootCauses: [],
    });
  });

  it('are the same for the assess and for the write that follows it', async () => {
    const store = await inIncident();
    await store.records.approve(key, approval());
    await store.records.pause({ by: 'ada', why: 'maintenance' });
    const state = await store.keyRows.read(key);
    expect(await store.records.policyRecords(state, since, now)).toEqual(
      await store.records.policyRecordsNow(key, since, now),
    );
  });

  it('hold a pause until it is lifted', async () => {
    const store = storage.newStore();
    await store.records.pause({ by: 'ada', why: 'maintenance', until: '2026-01-03T00:00:00Z' });
    expect((await recordsOf(store)).paused).toEqual({ by: 'ada', why: 'maintenance', until: '2026-01-03T00:00:00Z' });
    await store.records.resume();
    expect((await recordsOf(store)).paused).toBeUndefined();
  });

  it('hold a pause of a scope beside those of everything, until it is lifted by itself', async () => {
    const store = storage.newStore();
    const scoped = { by: 'ada', why: 'migration', scope: '/subscriptions/one', until: '2026-01-03T00:00:00Z' };
    const other = { by: 'ada', why: 'migration', scope: '/subscriptions/two' };
    const all = { by: 'ada', why: 'migration' };
    for (const pause of [scoped, other, all]) await store.records.pause(pause);
    expect(await recordsOf(store)).toMatchObject({
      paused: all,
      pausedScopes: expect.arrayContaining([scoped, other]),
    });
    await store.records.resume();
    expect((await recordsOf(store)).paused).toBeUndefined();
    await store.records.resume([scoped]);
    expect((await recordsOf(store)).pausedScopes).toEqual([other]);
    expect(await store.records.pauses()).toEqual([other]);
  });

  it('hold what must not be healed, whatever the casing of its id', async () => {
    const store = storage.newStore();
    await store.records.forbidHealing({ target: '/Subscriptions/One', by: 'ada', why: 'a decommissioned tenant' });
    await store.records.forbidHealing({ target: '/subscriptions/two', by: 'ada', why: 'a tenant that leaves' });
    await store.records.allowHealing('/subscriptions/one');
    expect((await recordsOf(store)).doNotHeal.map(({ target }) => target)).toEqual(['/subscriptions/two']);
  });

  it('hold an approval until it expires, and only in its incident', async () => {
    const store = await inIncident();
    await store.records.approve(key, approval());
    await store.records.approve(key, approval({ incident: 'another' }));
    await store.records.approve(key, approval({ expires: now, by: 'bob' }));
    expect(await allowed(store)).toEqual([['extend', 'revalidate']]);
  });

  it('take a step out of every approval once it is done', async () => {
    const store = await inIncident();
    await store.records.approve(key, approval());
    await store.records.stepEnded(key, ended('extend', 'done'));
    expect(await allowed(store)).toEqual([['revalidate']]);
    expect((await recordsOf(store)).usedSteps).toEqual(['extend']);
  });

  it('take a step out whose end nobody knows, and leave one in that was refused', async () => {
    const store = await inIncident();
    await store.records.approve(key, approval());
    await store.records.stepEnded(key, ended('extend', 'unknown'));
    await store.records.stepEnded(key, ended('revalidate', 'blocked'));
    expect(await allowed(store)).toEqual([['revalidate']]);
  });

  it('let a step through again that a person approved anew, though the old end is entered twice', async () => {
    const store = await inIncident();
    await store.records.approve(key, approval());
    await store.records.stepEnded(key, ended('extend', 'done'));
    await store.records.approve(key, approval({ at: now, stepIds: ['extend'] }));
    await store.records.stepEnded(key, ended('extend', 'done'));
    expect((await allowed(store)).flat().sort()).toEqual(['extend', 'revalidate']);
    expect((await recordsOf(store)).usedSteps).toEqual([]);
  });

  it('hold a rejection of the open incident until that is over, and none of another', async () => {
    const store = await inIncident();
    await store.records.reject(key, rejection);
    await store.records.reject(key, { ...rejection, incident: 'another' });
    expect((await recordsOf(store)).rejections).toEqual([rejection]);
    await store.incidents.record(key, { verdict, closed: { ...opened, closedAt: now } });
    expect((await store.keyRows.read(key)).rejections.map(({ incident }) => incident)).toEqual(['another']);
  });

  it.each([
    ['is new', (row: Rejection) => row],
    ['was changed in a word', (row: Rejection) => ({ ...row, why: 'because' })],
    ['was changed to last', (row: Rejection) => ({ ...row, down: ['/servers/orders'] })],
  ])('know nothing of a rejection that no door has given: a row that %s', async (what, change) => {
    const store = await inIncident();
    if (what !== 'is new') await store.records.reject(key, rejection);
    const tables = { connectionString: storage.connectionString(), prefix: storage.prefixOf(store) };
    await putDocument(tables, key, rowNames.rejection(rejection), change(rejection));
    expect((await recordsOf(store)).rejections).toBeUndefined();
    expect((await store.records.attested(await store.keyRows.read(key))).rejections).toEqual([]);
  });

  it('keep what an approver said beside the yes, and believe it as it was said alone', async () => {
    const store = await inIncident();
    const beside = { name: 'ada@contoso.com', comment: 'as agreed', ticket: 'CHG0012' };
    await store.records.approve(key, approval(beside));
    expect((await store.records.attested(await store.keyRows.read(key))).approvals).toMatchObject([beside]);
    const tables = { connectionString: storage.connectionString(), prefix: storage.prefixOf(store) };
    const changed = { ...approval(beside), used: [], ticket: 'CHG0013' };
    await putDocument(tables, key, rowNames.approval(changed), changed);
    expect(await allowed(store)).toEqual([]);
  });

  it('tell how the steps of the open incident ended', async () => {
    const store = await inIncident();
    await store.records.stepEnded(key, ended('extend', 'failed', '2026-01-01T00:20:00Z'));
    await store.records.stepEnded(key, { ...ended('extend', 'done'), incident: 'another' });
    expect((await recordsOf(store)).attempts.map(({ outcome }) => outcome)).toEqual(['failed']);
  });

  it('hold each root cause once, at its first time in the window', async () => {
    const store = storage.newStore();
    await store.records.rememberCauses([
      { cause: 'vault-1', at: '2025-12-31T23:00:00Z' },
      { cause: 'vault-1', at: '2026-01-01T00:40:00Z' },
    ]);
    await store.records.rememberCauses([{ cause: 'vault-1', at: '2026-01-01T00:10:00Z' }]);
    await store.records.rememberCauses([{ cause: 'vault-2', at: '2026-01-01T00:50:00Z' }]);
    expect((await recordsOf(store)).rootCauses).toEqual([
      { cause: 'vault-1', at: '2026-01-01T00:10:00Z' },
      { cause: 'vault-2', at: '2026-01-01T00:50:00Z' },
    ]);
  });

  it('forget the root causes of long ago', async () => {
    const store = storage.newStore();
    await store.records.rememberCauses([{ cause: 'vault-1', at: '2026-01-01T00:10:00Z' }]);
    await store.records.forgetCauses('2026-01-01T00:30:00Z');
    expect((await recordsOf(store)).rootCauses).toEqual([]);
  });

  it('forget an override once it has ended by itself, and nothing else', async () => {
    const store = storage.newStore();
    const target = 'https://contoso.vault.azure.net';
    const ends = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', 'some day', undefined];
    for (const end of ends) {
      const override = { by: 'ada', why: 'maintenance', ...(end !== undefined && { until: end }) };
      await store.records.pause(override);
      await store.records.pause({ ...override, scope: target });
      await store.records.forbidHealing({ ...override, target });
    }
    await store.records.forgetEnded('2026-01-01T00:00:01Z');
    const left = [...ends.slice(1)].toSorted();
    const endsOf = (orders: readonly { until?: string }[]) => orders.map(({ until }) => until).toSorted();
    const pauses = await store.records.pauses();
    expect(endsOf(pauses.filter(({ scope }) => scope === undefined))).toEqual(left);
    expect(endsOf(pauses.filter(({ scope }) => scope !== undefined))).toEqual(left);
    expect(endsOf(await store.records.recordsOf(target))).toEqual(left);
  });

  it.each(['keys', 'records'])('are unknown when a row of %s makes no sense', async (name) => {
    const store = await inIncident();
    await store.records.approve(key, approval());
    await store.records.pause({ by: 'ada', why: 'maintenance' });
    const table = TableClient.fromConnectionString(storage.connectionString(), `${storage.prefixOf(store)}${name}`, {
      allowInsecureConnection: true,
    });
    for await (const { partitionKey = '', rowKey = '' } of table.listEntities())
      await table.updateEntity({ partitionKey, rowKey, json0: '{"by":' }, 'Merge');
    expect(await store.records.policyRecordsNow(key, since, now)).toEqual({
      kind: 'unknown',
      reason: expect.stringContaining('cannot be understood'),
    });
  });

  it('are unknown when storage refuses to answer', async () => {
    const connectionString = storage.connectionString().replace(/AccountKey=[^;]+/, 'AccountKey=bm90IHRoZSBrZXk=');
    const { records } = openStore({ storage: { kind: 'connectionString', connectionString }, tablePrefix: 'closed' });
    expect(await records.policyRecordsNow(key, since, now)).toMatchObject({ kind: 'unknown' });
  });
});
