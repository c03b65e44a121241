import { describe, expect, it } from 'vitest';
import { knownOf, repairsIn } from '../../src/loop/memory/known.ts';
import { findDeadSteps } from '../../src/loop/reconcile/dead-steps.ts';
import { keyFaults } from '../../src/remediation/diagnosis/key-faults.ts';
import type { Finding } from '../../src/remediation/model/findings.ts';
import { keyId } from '../../src/remediation/model/key-ref.ts';
import type { Decision } from '../../src/remediation/policy/policy-types.ts';
import { enteredIn, provenIn } from '../../src/remediation/protocol/believe.ts';
import { emptyChain, type LedgerEntry, type LedgerKind } from '../../src/remediation/protocol/ledger.ts';
import type { StepKind } from '../../src/remediation/steps/steps.ts';
import type { Store } from '../../src/store/store.ts';
import { withRunbooks } from '../../src/web/with-runbooks.ts';
import { outlineOf } from '../builders/assessed.ts';
import { useAzurite } from '../builders/azurite.ts';
import { lost } from '../builders/decision.ts';
import { aFlexibleServer, inDays, KEY } from '../builders/observation.ts';

/** A kind of an earlier or a later version of this product. Rows and chains must stay readable for ever. */
const STEP = 'reshapeKey' as StepKind;
const FAULT = 'keyMelted' as Finding['kind'];
const ENTRY = 'annotated' as LedgerKind;

const ID = keyId(KEY);
const INCIDENT = { id: 'incident-1', openedAt: inDays(-1) };
const TARGET = aFlexibleServer().id.toLowerCase();

const finding: Finding = { kind: FAULT, target: ID, evidence: {}, harm: [], rows: [], sentence: 'It melted.' };
const step = { kind: STEP, target: TARGET, parameters: {}, stepId: 's1' };
const decision = {
  kind: 'ask',
  findings: [finding],
  plan: { planId: 'p1', steps: [step], instructions: [] },
  verdicts: [{ verdict: 'ask', step, why: 'It is asked.' }],
  notes: [],
} as unknown as Decision;

const ended = {
  stepId: 's1',
  step: STEP,
  target: TARGET,
  outcome: 'done',
  why: 'Azure said so',
  at: inDays(-0.5),
} as const;
const request = { step: STEP, target: ID, by: 'ada', at: inDays(-0.6) };

const entry = (id: string, kind: LedgerKind, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  id,
  at: inDays(-0.5),
  kind,
  incident: INCIDENT.id,
  detail: { findings: [{ kind: FAULT }] },
  correlationIds: [],
  ...more,
});

const CHAIN: readonly LedgerEntry[] = [
  entry('1', 'opened'),
  entry('2', ENTRY),
  entry('a.intent', 'intent', { step: STEP, stepId: 's1', target: TARGET }),
  entry('a.outcome', 'outcome', { step: STEP, stepId: 's1', target: TARGET, outcome: 'done', intent: 'a.intent' }),
  entry('b.intent', 'intent', { step: STEP, stepId: 's2', target: TARGET }),
];

const fill = async ({ consumerIndex, incidents, ledger, records }: Store): Promise<void> => {
  const verdict = { at: inDays(-1), decision, fingerprint: 'f', incident: INCIDENT.id };
  const asked = { planId: 'p1', incident: INCIDENT.id, at: inDays(-1), stepIds: ['s1'], steps: [step] };
  await incidents.record(ID, { verdict, opened: INCIDENT, asked });
  await records.stepEnded(ID, { ...ended, incident: INCIDENT.id });
  await records.request(ID, request);
  await consumerIndex.change(ID, () => [
    { ...aFlexibleServer(), kind: 'cassandraCluster' as 'mysqlFlexibleServer', use: 'escrow' as 'active' },
  ]);
  await ledger.append(ID, emptyChain, CHAIN);
};

describe('A kind that this version of the product does not know', () => {
  const { newStore } = useAzurite();

  it('is read in every row, of consumers, faults and steps, and shown as it was written', async () => {
    const store = newStore();
    await fill(store);
    const state = await store.keyRows.read(ID);
    expect(state.unreadable).toEqual([]);
    expect(state.verdict?.decision).toEqual(decision);
    expect(state.asked).toMatchObject([{ planId: 'p1', steps: [step] }]);
    expect([state.attempts, state.requests]).toMatchObject([[ended], [request]]);
    expect(state.consumers?.consumers).toMatchObject([{ kind: 'cassandraCluster', use: 'escrow' }]);
    expect(withRunbooks(state.verdict?.decision.findings ?? [])).toMatchObject([finding]);
    const policy = await store.records.policyRecords(state, inDays(-2), inDays(0));
    expect(policy).toMatchObject({ kind: 'present', value: { attempts: [ended], requests: [request] } });
  });

  it('is read in a chain, which verifies, and what it says of baselines and repairs counts', async () => {
    const store = newStore();
    await fill(store);
    const believed = await store.ledger.believe(ID);
    expect(believed).toMatchObject({ kind: 'whole', head: { seq: CHAIN.length } });
    const rows = enteredIn(believed);
    expect(rows).toMatchObject(CHAIN);
    expect(knownOf(await store.keyRows.read(ID), provenIn(believed)).attempts).toMatchObject([ended]);
    expect(repairsIn(rows, new Date(inDays(0)))).toMatchObject([{ step: STEP, stepId: 's1' }]);
    const dead = await findDeadSteps(() => Promise.resolve(false), believed);
    expect(dead).toMatchObject([{ step: STEP, stepId: 's2', outcome: 'unknown' }]);
  });

  it('is acted on by nothing: what is planned is what would be without it', () => {
    const known = { attempts: [ended], incidentOpenedAt: INCIDENT.openedAt };
    const plain = outlineOf(lost, { known: { incidentOpenedAt: INCIDENT.openedAt } });
    expect(outlineOf(lost, { known, records: { requests: [request] } })).toEqual(plain);
    expect(keyFaults([finding])).toBe('');
  });
});
