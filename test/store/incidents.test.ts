import { describe, expect, it } from 'vitest';
import type { AssessRecord } from '../../src/store/incidents.ts';
import type { Store } from '../../src/store/store.ts';
import { assessed } from '../builders/assessed.ts';
import { useAzurite } from '../builders/azurite.ts';
import { anObservation, aSingleServer, aVersion, inaccessible, inDays, V1 } from '../builders/observation.ts';
import { policyIn } from '../builders/policy.ts';

const key = 'https://vault.vault.azure.net/keys/one';
const first = { id: 'first', openedAt: '2026-01-01T00:00:00Z' };
const closedFirst = { ...first, closedAt: '2026-01-01T00:10:00Z' };
const second = { id: 'second', openedAt: '2026-02-01T00:00:00Z' };

const verdict: AssessRecord['verdict'] = {
  at: first.openedAt,
  decision: {
    kind: 'run',
    findings: [],
    plan: { planId: 'plan', steps: [], instructions: [] },
    verdicts: [],
    notes: [],
  },
  fingerprint: 'f',
};

const idsOf = async ({ incidents }: Store): Promise<string[]> => {
  const ids: string[] = [];
  for await (const { id, closedAt } of incidents.list(key)) ids.push(`${id} ${closedAt ?? 'open'}`);
  return ids;
};

describe('an incident', () => {
  const { newStore } = useAzurite();

  it('is open until it is closed', async () => {
    const store = newStore();
    await store.incidents.record(key, { verdict, opened: first });
    expect((await store.keyRows.read(key)).incident).toEqual(first);
    await store.incidents.record(key, { verdict, closed: closedFirst });
    expect((await store.keyRows.read(key)).incident).toBeUndefined();
    expect(await store.incidents.read(key, 'first')).toEqual({ ...closedFirst, keyId: key });
  });

  it('of a key with a hundred and twenty servers that are down is recorded and entered as any other', async () => {
    const store = newStore();
    const servers = Array.from({ length: 120 }, (_, n) => aSingleServer(`orders${n}`, { state: inaccessible }));
    const expired = anObservation([aVersion(V1, { expiresOn: inDays(-1) })], servers);
    const { kind, findings, plan, verdicts, notes } = assessed(expired, { policy: policyIn('approve') });
    const decision = { kind, findings, plan, verdicts, notes };
    const { planId, steps } = plan;
    const asked = { planId, incident: first.id, at: first.openedAt, stepIds: steps.map(({ stepId }) => stepId), steps };
    await store.incidents.record(key, { verdict: { ...verdict, decision }, opened: first, asked });
    const state = await store.keyRows.read(key);
    expect(state.verdict?.decision).toEqual(decision);
    expect(state.asked).toHaveLength(1);
    expect(state.unreadable).toEqual([]);
    const detail = JSON.parse(JSON.stringify({ kind, plan, verdicts, notes }));
    await store.ledger.append(key, await store.ledger.head(key), [
      { id: '1.0.asked', at: first.openedAt, kind: 'asked', incident: first.id, detail, correlationIds: [] },
    ]);
    expect((await store.ledger.audit(key)).verification.kind).toBe('intact');
  });

  it('stays closed when the activity that opened it runs again', async () => {
    const store = newStore();
    await store.incidents.record(key, { verdict, opened: first });
    await store.incidents.record(key, { verdict, closed: closedFirst });
    await store.incidents.record(key, { verdict, opened: first });
    expect((await store.keyRows.read(key)).incident).toBeUndefined();
    expect(await idsOf(store)).toEqual(['first 2026-01-01T00:10:00Z']);
  });

  it('is not closed by an activity of the one before it that runs again', async () => {
    const store = newStore();
    await store.incidents.record(key, { verdict, opened: first });
    await store.incidents.record(key, { verdict, closed: closedFirst });
    await store.incidents.record(key, { verdict, opened: second });
    await store.incidents.record(key, { verdict, closed: closedFirst });
    expect((await store.keyRows.read(key)).incident).toEqual(second);
  });

  it('takes what was asked, requested, approved and tried in it along when it closes', async () => {
    const store = newStore();
    const asked = { planId: 'plan', incident: 'first', at: first.openedAt, stepIds: ['s'], steps: [] };
    const approval = { incident: 'first', planId: 'plan', stepIds: ['s'], by: 'ada', at: '', expires: '2027' };
    await store.incidents.record(key, { verdict, opened: first, asked });
    await store.records.approve(key, approval);
    await store.records.request(key, { step: 'extendKeyExpiry', target: key, by: 'bob', at: first.openedAt });
    for (let minute = 10; minute < 60; minute++) {
      for (const outcome of ['failed', 'unknown', 'done'] as const) {
        const at = `2026-01-01T00:${minute}:00Z`;
        const ended = { stepId: outcome, step: 'extendKeyExpiry', target: key, outcome, why: '', at } as const;
        await store.records.stepEnded(key, { ...ended, incident: 'first' });
      }
    }
    await store.incidents.record(key, { verdict, closed: closedFirst });
    const state = await store.keyRows.read(key);
    const nothing = { asked: [], approvals: [], requests: [], attempts: [] };
    expect({ ...state, row: undefined }).toMatchObject({ ...nothing, verdict });
  });

  it('keeps the verdict of an assess even when the incident itself is a repetition', async () => {
    const store = newStore();
    await store.incidents.record(key, { verdict, opened: first });
    await store.incidents.record(key, { verdict: { ...verdict, fingerprint: 'g' }, opened: first });
    expect((await store.keyRows.read(key)).verdict?.fingerprint).toBe('g');
  });

  it('can have a verdict that is bigger than a column', async () => {
    const store = newStore();
    const notes = ['n'.repeat(100_000)];
    const big = { ...verdict, decision: { ...verdict.decision, notes } };
    await store.incidents.record(key, { verdict: big });
    expect((await store.keyRows.read(key)).verdict?.decision.notes).toEqual(notes);
  });
});
