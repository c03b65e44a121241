import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Guardian } from '../../src/loop/guardian.ts';
import type { KeyObservation } from '../../src/remediation/model/facts.ts';
import { keyOf } from '../../src/remediation/model/key-ref.ts';
import { emptyChain, type LedgerEntry } from '../../src/remediation/protocol/ledger.ts';
import type { Store } from '../../src/store/store.ts';
import { approvePlan, getPlan } from '../../src/web/approve-plan.ts';
import { openApprovePlans } from '../../src/web/approve-plans.ts';
import type { Caller } from '../../src/web/callers.ts';
import { type Door, type DoorAnswer, internalError } from '../../src/web/door.ts';
import { rejectPlan } from '../../src/web/reject-plan.ts';
import { approver, ask, askedOf, guardianSeeing, INCIDENT, waking } from '../builders/asked-plan.ts';
import { useAzurite } from '../builders/azurite.ts';
import { down, lost } from '../builders/decision.ts';
import {
  anObservation,
  aSingleServer,
  aVersion,
  inaccessible,
  inDays,
  kidOf,
  NOW,
  V1,
} from '../builders/observation.ts';
import { requestWith } from '../builders/request.ts';

const KEY = 'https://contoso.vault.azure.net/keys/mysql-cmk';
const ada = approver('ada');
const bob = approver('bob');

/** The key was disabled; its server goes down when it looks at it. */
const disabled = (changes: Parameters<typeof aSingleServer>[1] = {}): KeyObservation =>
  anObservation([aVersion(V1, { enabled: false })], [aSingleServer('orders', changes)]);

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

const call = async (
  door: Door,
  guardian: Guardian,
  { caller = ada, planId, sent = {} }: { readonly caller?: Caller; readonly planId?: string; readonly sent?: unknown },
): Promise<DoorAnswer & { readonly woken: readonly string[] }> => {
  const { durable, woken } = waking();
  const request = { ...requestWith({}, { caller, body: bodyOf(sent) }), params: { planId: planId ?? '' } };
  return { ...(await door(request, guardian, durable)), woken };
};

const codeOf = ({ body }: DoorAnswer): string | undefined =>
  (body as { readonly error?: { readonly code?: string } } | undefined)?.error?.code;

describe('Whoever answers a plan', () => {
  const { newStore } = useAzurite();
  const approvalsIn = async (store: Store) => (await store.keyRows.read(KEY)).approvals;

  it('may say beside a yes why, and under which ticket; the plan shows it with their name', async () => {
    const store = newStore();
    const planId = await ask(store, KEY);
    const guardian = guardianSeeing(store, () => lost);
    const sent = { comment: 'as agreed', ticket: 'CHG0012345' };
    const answer = await call(approvePlan, guardian, { planId, sent });
    expect(answer).toMatchObject({ status: 202, body: { planId, by: 'ada-id', name: 'ada@contoso.com', ...sent } });
    expect(answer.woken).toEqual([KEY]);
    expect(await call(getPlan, guardian, { planId })).toMatchObject({
      status: 200,
      body: { number: planId.slice(0, 8), approvals: [{ ...sent, name: 'ada@contoso.com' }], rejections: [] },
    });
  });

  it('is told, before and with the yes, of what is under do-not-heal that it is, and how that is lifted', async () => {
    const store = newStore();
    const planId = await ask(store, KEY);
    const guardian = guardianSeeing(store, () => lost);
    expect((await call(getPlan, guardian, { planId })).body).not.toHaveProperty('held');
    await store.records.forbidHealing({ target: down.id, by: 'carol', why: 'legal hold' });
    const held = [
      expect.stringMatching(/^carol forbids repairs of .*: legal hold\. .*DELETE \/api\/do-not-heal\?target=\/sub/),
    ];
    expect(await call(getPlan, guardian, { planId })).toMatchObject({ status: 200, body: { held } });
    expect(await call(approvePlan, guardian, { planId })).toMatchObject({ status: 202, body: { held } });
    await store.records.allowHealing(down.id);
    expect((await call(approvePlan, guardian, { planId })).body).not.toHaveProperty('held');
  });

  it.each([
    [{ comment: 'two\nlines' }],
    [{ comment: '@file' }],
    [{ comment: 'x'.repeat(501) }],
    [{ ticket: 'x'.repeat(101) }],
    [{ ticket: '' }],
  ])('is refused what no reader should meet: %j', async (sent) => {
    const store = newStore();
    const planId = await ask(store, KEY);
    const answer = await call(
      approvePlan,
      guardianSeeing(store, () => lost),
      { planId, sent },
    );
    expect([answer.status, codeOf(answer)]).toEqual([400, 'BadRequest']);
    expect(await approvalsIn(store)).toEqual([]);
  });

  it('finds it by its first digits, and says yes to its whole id alone: another plan may begin so', async () => {
    const store = newStore();
    const planId = await ask(store, KEY);
    const guardian = guardianSeeing(store, () => lost);
    for (const named of [planId.slice(0, 6), planId.slice(0, 8).toUpperCase()]) {
      expect(await call(getPlan, guardian, { planId: named })).toMatchObject({ status: 200, body: { planId } });
      expect(await call(approvePlan, guardian, { planId: named })).toMatchObject({
        status: 400,
        body: { detail: expect.stringContaining('GET /api/plans/{number}') },
      });
    }
    expect(await approvalsIn(store)).toEqual([]);
    for (const named of [planId.slice(0, 5), 'zzzzzz'])
      expect(await call(getPlan, guardian, { planId: named })).toMatchObject({ status: 404 });
    expect(await call(approvePlan, guardian, { planId: planId.toUpperCase() })).toMatchObject({ status: 202 });
  });

  it('is told the candidates where several plans begin so', async () => {
    const store = newStore();
    const planId = await ask(store, KEY);
    const { verdict, asked } = await store.keyRows.read(KEY);
    const [one] = asked;
    if (!verdict || !one) throw new Error('a plan is asked');
    const twin = `${planId.slice(0, 8)}${'0'.repeat(56)}`;
    await store.incidents.record(KEY, { verdict, asked: { ...one, planId: twin } });
    const answer = await call(
      getPlan,
      guardianSeeing(store, () => lost),
      { planId: planId.slice(0, 8) },
    );
    expect([answer.status, codeOf(answer)]).toEqual([409, 'Ambiguous']);
    expect(answer.body).toMatchObject({
      candidates: expect.arrayContaining([
        { planId, key: KEY },
        { planId: twin, key: KEY },
      ]),
    });
  });

  it('is told the new plan where the world has changed since it was asked', async () => {
    const store = newStore();
    const planId = await ask(store, KEY, disabled());
    for (const [door, sent] of [
      [approvePlan, {}],
      [rejectPlan, { why: 'no' }],
    ] as const) {
      const answer = await call(
        door,
        guardianSeeing(store, () => lost),
        { planId, sent },
      );
      expect([answer.status, codeOf(answer)]).toEqual([409, 'PlanChanged']);
      expect(answer.body).toMatchObject({ number: expect.stringMatching(/^[0-9a-f]{8}$/) });
    }
    const { approvals, rejections } = await store.keyRows.read(KEY);
    expect([approvals, rejections]).toEqual([[], []]);
  });
});

describe('Whoever rejects a plan', () => {
  const { newStore } = useAzurite();

  const rejected = async (told: KeyObservation, seen: KeyObservation) => {
    const store = newStore();
    const planId = await ask(store, KEY, told);
    const answer = await call(
      rejectPlan,
      guardianSeeing(store, () => seen),
      {
        planId,
        caller: bob,
        sent: { why: 'the customer leaves tomorrow' },
      },
    );
    return { store, planId, answer };
  };

  it('says why, and is named; the key is looked at, and the plan shows it', async () => {
    const { store, planId, answer } = await rejected(disabled(), disabled());
    expect(answer).toMatchObject({
      status: 202,
      woken: [KEY],
      body: { key: KEY, planId, by: 'bob-id', name: 'bob@contoso.com', why: 'the customer leaves tomorrow', down: [] },
    });
    expect(
      await call(
        getPlan,
        guardianSeeing(store, () => disabled()),
        { planId },
      ),
    ).toMatchObject({
      body: { rejections: [{ name: 'bob@contoso.com' }] },
    });
  });

  it('must say why', async () => {
    const store = newStore();
    const planId = await ask(store, KEY);
    const answer = await call(
      rejectPlan,
      guardianSeeing(store, () => lost),
      { planId },
    );
    expect([answer.status, codeOf(answer)]).toEqual([400, 'BadRequest']);
    expect((await store.keyRows.read(KEY)).rejections).toEqual([]);
  });

  it('has judged of a server that was down when people were told, and not of one that went down since', async () => {
    const down = disabled({ state: inaccessible });
    const id = aSingleServer().id.toLowerCase();
    expect((await rejected(down, down)).answer).toMatchObject({ body: { down: [id] } });
    const store = newStore();
    const planId = await ask(store, KEY, down);
    const verdict = { at: inDays(-0.05), decision: askedOf(disabled()), fingerprint: '' };
    await store.incidents.record(KEY, { verdict });
    const again = await call(
      rejectPlan,
      guardianSeeing(store, () => down),
      { planId, sent: { why: 'no' } },
    );
    expect(again).toMatchObject({ status: 202, body: { down: [] } });
  });

  it('has judged of no server whose deadline has passed since people were told', async () => {
    const expiring = anObservation(
      [aVersion(V1, { expiresOn: new Date(NOW.getTime() + 3_600_000).toISOString() })],
      [aSingleServer('orders')],
    );
    const store = newStore();
    const planId = await ask(store, KEY, expiring);
    vi.setSystemTime(NOW.getTime() + 2 * 3_600_000);
    const answer = await call(
      rejectPlan,
      guardianSeeing(store, () => expiring),
      { planId, sent: { why: 'no' } },
    );
    expect(answer).toMatchObject({ status: 202, body: { down: [] } });
  });

  /** A store in which a step of the plan has entered its intent, as `reconcileKey` has it. */
  const begun = async (isAlive: boolean) => {
    const store = newStore();
    const planId = await ask(store, KEY, disabled());
    const [step] = askedOf(disabled()).plan.steps;
    if (step === undefined) throw new Error('the plan has a step');
    const { kind, sentence, stepId, target } = step;
    const at = inDays(-0.001);
    const id = 'step-1.intent';
    const intent = {
      id,
      at,
      kind: 'intent',
      incident: INCIDENT,
      step: kind,
      stepId,
      target,
      detail: {},
      correlationIds: [],
    };
    await store.ledger.append(KEY, emptyChain, [intent as LedgerEntry]);
    const guardian = guardianSeeing(store, () => disabled());
    const { durable } = waking();
    const request = { ...requestWith({}, { caller: bob, body: bodyOf({ why: 'no' }) }), params: { planId } };
    const answer = await rejectPlan(request, guardian, { ...durable, isAlive: async () => isAlive });
    return { answer, at, target, sentence, rejections: (await store.keyRows.read(KEY)).rejections };
  };

  it('is told since when it is being applied, where the step is at work: nothing would be stopped', async () => {
    const { answer, at, target, sentence, rejections } = await begun(true);
    expect([answer.status, codeOf(answer)]).toEqual([409, 'AlreadyApplied']);
    expect(answer.body).toMatchObject({
      detail: expect.stringContaining(`"${sentence.replace(/\.$/, '')}" is already being applied since ${at}`),
      atWork: [{ step: 'enableKey', target, since: at }],
    });
    expect(rejections).toEqual([]);
  });

  it('is heard where that step has died: it is not tried again', async () => {
    const { answer, rejections } = await begun(false);
    expect(answer.status).toBe(202);
    expect(rejections).toMatchObject([{ by: 'bob-id' }]);
  });

  it('hinders no approver after that', async () => {
    const { store, planId } = await rejected(lost, lost);
    vi.setSystemTime(NOW.getTime() + 60_000);
    const answer = await call(
      approvePlan,
      guardianSeeing(store, () => lost),
      { planId },
    );
    expect(answer.status).toBe(202);
    const now = new Date().toISOString();
    const fact = await store.records.policyRecordsNow(KEY, inDays(-1), now);
    expect(fact).toMatchObject({ value: { approvals: [{ by: 'ada-id' }], rejections: [{ by: 'bob-id' }] } });
  });
});

describe('Whoever approves what another rejects in the same instant', () => {
  const { newStore } = useAzurite();
  const rejectedAt = async (store: Store, planId: string, at: string) => {
    const [asked] = (await store.keyRows.read(KEY)).asked;
    if (!asked) throw new Error('a plan is asked');
    const { incident, stepIds } = asked;
    const said = { by: bob.objectId, name: 'bob@contoso.com', why: 'the customer leaves tomorrow', down: [] };
    await store.records.reject(KEY, { incident, planId, stepIds, at, ...said });
  };
  const seeing = (store: Store) => guardianSeeing(store, () => lost);

  it.each([
    ['in the same instant', 0],
    ['a moment later, while it was looked at', 1],
  ])('is told that the rejection stands, %s: the yes does not count', async (_when, laterMs) => {
    const store = newStore();
    const planId = await ask(store, KEY);
    await rejectedAt(store, planId, new Date(NOW.getTime() + laterMs).toISOString());
    const answer = await call(approvePlan, seeing(store), { planId });
    expect([answer.status, codeOf(answer)]).toEqual([409, 'RejectedMeanwhile']);
    expect(answer.body).toMatchObject({
      detail: expect.stringContaining('bob@contoso.com rejected it on'),
      rejections: [{ by: 'bob-id', why: 'the customer leaves tomorrow' }],
    });
    expect(answer.woken).toEqual([KEY]);
    vi.setSystemTime(NOW.getTime() + 60_000);
    expect(await call(approvePlan, seeing(store), { planId })).toMatchObject({ status: 202 });
  });

  it('is told the same of each of several plans', async () => {
    const store = newStore();
    const planId = await ask(store, KEY);
    await rejectedAt(store, planId, NOW.toISOString());
    const answer = await call(openApprovePlans(internalError), seeing(store), { sent: [{ planId }] });
    expect(answer).toMatchObject({ status: 207, body: { value: [{ planId, status: 409 }] } });
  });

  it('is heard where the rejection is of the moment before', async () => {
    const store = newStore();
    const planId = await ask(store, KEY);
    await rejectedAt(store, planId, new Date(NOW.getTime() - 1).toISOString());
    expect(await call(approvePlan, seeing(store), { planId })).toMatchObject({ status: 202 });
  });
});

describe('Several plans', () => {
  const approvePlans = openApprovePlans(internalError);
  const { newStore } = useAzurite();
  const keys = Array.from({ length: 7 }, (_, n) => `https://contoso.vault.azure.net/keys/key-${n}`);

  /** Each server has an expired version of its own, so that each has a plan of its own. */
  const observationOf = (id: string): KeyObservation => {
    const key = keyOf(id);
    const version = aVersion(V1, { kid: kidOf(V1).replace('mysql-cmk', key.name), expiresOn: inDays(-1) });
    const server = aSingleServer(`on-${key.name}`, { state: inaccessible });
    return { ...anObservation([version], [{ ...server, pinned: { ...server.pinned, key, kid: version.kid } }]), key };
  };
  const askAll = async (store: Store): Promise<readonly string[]> => {
    const planIds: string[] = [];
    for (const id of keys) planIds.push(await ask(store, id, observationOf(id)));
    return planIds;
  };

  it('are approved in one call, and one that fails takes none of the others with it', async () => {
    const store = newStore();
    const planIds = await askAll(store);
    const [unseen, requested] = keys;
    await store.records.request(requested ?? '', {
      step: 'extendKeyExpiry',
      target: requested ?? '',
      by: ada.objectId,
      at: inDays(-0.05),
    });
    let listings = 0;
    const { listRequests } = store.keyRows;
    const counting = {
      ...store,
      keyRows: {
        ...store.keyRows,
        listRequests: () => {
          listings += 1;
          return listRequests();
        },
      },
    };
    const guardian = guardianSeeing(counting, (id) => (id === unseen ? undefined : observationOf(id)));
    const sent = [...planIds.map((planId) => ({ planId, ticket: 'CHG1' })), { planId: 'f'.repeat(64) }];
    const answer = await call(approvePlans, guardian, { sent });
    expect(answer.status).toBe(207);
    const { value } = answer.body as { value: readonly { readonly planId: string; readonly status: number }[] };
    expect(value.map(({ status }) => status)).toEqual([500, 403, 202, 202, 202, 202, 202, 404]);
    expect(value.map(({ planId }) => planId)).toEqual(sent.map(({ planId }) => planId));
    expect(answer.woken.toSorted()).toEqual(keys.slice(2));
    expect(listings).toBe(1);
    for (const id of keys.slice(2))
      expect((await store.keyRows.read(id)).approvals).toMatchObject([{ ticket: 'CHG1', by: 'ada-id' }]);
  });

  it.each([
    ['none', []],
    ['one twice', [{ planId: 'abcdef12'.repeat(8) }, { planId: 'ABCDEF12'.repeat(8) }]],
    ['more than a hundred', Array.from({ length: 101 }, (_, n) => ({ planId: `${100_000 + n}`.padEnd(64, '0') }))],
    ['one that is no plan', [{ planId: 'orders' }]],
    ['one by its first digits', [{ planId: 'abcdef12' }]],
    ['one with an unknown word', [{ planId: 'abcdef12'.repeat(8), force: true }]],
  ])('are refused as a whole where there are %s', async (_what, sent) => {
    const answer = await call(
      approvePlans,
      guardianSeeing(newStore(), () => lost),
      { sent },
    );
    expect([answer.status, codeOf(answer)]).toEqual([400, 'BadRequest']);
  });
});
