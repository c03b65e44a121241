import { describe, expect, it } from 'vitest';
import { baselineDetail, knownOf, repairsIn, supposedOf } from '../../../src/loop/memory/known.ts';
import type { Json } from '../../../src/remediation/model/canonical.ts';
import { type Anchor, anchorsOf } from '../../../src/remediation/protocol/anchors.ts';
import { believe, provenIn } from '../../../src/remediation/protocol/believe.ts';
import { emptyChain, type LedgerEntry, link } from '../../../src/remediation/protocol/ledger.ts';
import type { EndedStep, KeyState } from '../../../src/store/key-state.ts';
import { inDays, NOW } from '../../builders/observation.ts';

const SNAPSHOT = { key: { host: 'h', name: 'k' }, vault: { id: '/v' }, consumers: [{ id: '/s', principalId: 'p' }] };
const FORGED = { ...SNAPSHOT, consumers: [{ id: '/s', principalId: 'mallory' }] };

const state = (changes: Partial<KeyState>): KeyState =>
  ({ keyId: 'https://h/keys/k', attempts: [], baseline: undefined, incident: undefined, ...changes }) as KeyState;

const entry = (id: string, changes: Partial<LedgerEntry>): LedgerEntry => ({
  id,
  at: NOW.toISOString(),
  kind: 'baseline',
  detail: {},
  correlationIds: [],
  ...changes,
});
const chain = (...entries: readonly LedgerEntry[]) => link('https://h/keys/k', emptyChain, entries);
const entered = (snapshot: Json) => entry('1', { detail: baselineDetail(snapshot) });

describe('A baseline', () => {
  it('counts when its hash is in the ledger', () => {
    expect(knownOf(state({ baseline: SNAPSHOT }), chain(entered(SNAPSHOT))).baseline).toEqual(SNAPSHOT);
  });
  it('does not count when the row says something else than the ledger: nobody is let in by writing to a table', () => {
    expect(knownOf(state({ baseline: FORGED }), chain(entered(SNAPSHOT))).baseline).toBeUndefined();
  });
  it('does not count when the ledger holds none, or a newer one', () => {
    expect(knownOf(state({ baseline: SNAPSHOT }), []).baseline).toBeUndefined();
    const newer = chain(entered(SNAPSHOT), { ...entered(FORGED), id: '2' });
    expect(knownOf(state({ baseline: SNAPSHOT }), newer).baseline).toBeUndefined();
  });
  it('is believed as it is by one who only asks whether to look', () => {
    expect(supposedOf(state({ baseline: FORGED })).baseline).toEqual(FORGED);
  });
});

describe('What the chain tells and no anchor does', () => {
  const target = '/v';
  const done = { incident: 'now', stepId: 's', step: 'recoverVault', target, outcome: 'done', why: '', at: inDays(0) };
  const { step, stepId, incident } = done;
  const forged = chain(
    entered(FORGED),
    entry('i', { kind: 'intent', incident, step, stepId, target }),
    entry('o', { kind: 'outcome', incident, step, stepId, target, outcome: 'done' }),
  );
  const attempts = [done, { ...done, outcome: 'unknown' }] as readonly EndedStep[];
  const written = state({ baseline: FORGED, incident: { id: 'now', openedAt: inDays(-1) }, attempts });
  const knownBy = (anchors: readonly Anchor[]) => {
    const { baseline, attempts: steps = [] } = knownOf(
      written,
      provenIn(believe('https://h/keys/k', forged, anchors, true)),
    );
    return [baseline !== undefined, steps.length];
  };

  it('is neither a healthy state nor a step that was done, or may have been', () => {
    expect(knownBy([])).toEqual([false, 0]);
    expect(knownBy(anchorsOf(forged))).toEqual([true, 2]);
  });
});

describe('What is known of an incident', () => {
  const ended = (incident: string, changes: Partial<EndedStep> = {}): EndedStep => ({
    incident,
    stepId: 's',
    step: 'recoverVault',
    target: '/v',
    outcome: 'done',
    why: '',
    at: inDays(0),
    ...changes,
  });
  const told = (kind: 'intent' | 'outcome', incident = 'now') => {
    const { outcome, step, stepId, target } = ended(incident);
    const what = { kind, incident, step, stepId, target } as const;
    return entry(`${incident}.${kind}`, kind === 'outcome' ? { ...what, outcome } : what);
  };
  const open = (...attempts: readonly EndedStep[]) =>
    state({ incident: { id: 'now', openedAt: inDays(-1) }, attempts });

  it('is how its own steps ended, and no step of another one', () => {
    const known = knownOf(open(ended('now'), ended('before')), chain(told('outcome'), told('outcome', 'before')));
    expect(known).toMatchObject({ incidentOpenedAt: inDays(-1), attempts: [{ incident: 'now' }] });
    expect(known.attempts).toHaveLength(1);
  });
  it('is also which of them died: the ledger holds their intent', () => {
    const died = open(ended('now', { outcome: 'unknown' }));
    expect(knownOf(died, chain(told('intent'))).attempts).toHaveLength(1);
  });
  it('is nothing that a row says and the ledger does not', () => {
    const others = chain(told('intent'), told('outcome', 'before'));
    expect(knownOf(open(ended('now')), others).attempts).toEqual([]);
    const said = chain(told('outcome'));
    expect(knownOf(open(ended('now', { step: 'assignIdentity' })), said).attempts).toEqual([]);
    expect(knownOf(open(ended('now', { target: '/other' })), said).attempts).toEqual([]);
  });
});

describe('The repairs of a day', () => {
  it('are the outcomes done of the last 24 hours, in whatever incident', () => {
    const outcome = (id: string, at: string, result: NonNullable<LedgerEntry['outcome']>) =>
      entry(id, { kind: 'outcome', at, stepId: id, outcome: result, incident: id });
    const rows = chain(
      outcome('old', inDays(-1.01), 'done'),
      outcome('one', inDays(-0.9), 'done'),
      outcome('failed', inDays(-0.5), 'failed'),
      outcome('two', inDays(-0.1), 'done'),
    );
    expect(repairsIn(rows, NOW).map(({ stepId }) => stepId)).toEqual(['one', 'two']);
  });
});

describe('Who was assigned as the identity of a consumer', () => {
  const did = { incident: 'now', stepId: 's', step: 'assignIdentity', target: '/copy', outcome: 'done' } as const;
  const { outcome: _outcome, ...intended } = did;
  const ended: EndedStep = { ...did, why: '', at: inDays(0) };
  const assignedIn = (row: EndedStep, detail: Json) => {
    const outcome = entry('o', { kind: 'outcome', ...did, intent: 'i', detail });
    const kept = state({ attempts: [row], incident: { id: 'now', openedAt: inDays(-1) } });
    return knownOf(kept, chain(entry('i', { kind: 'intent', ...intended }), outcome)).attempts?.[0];
  };

  it('is whom the ledger names, whatever the row says: nobody is let in by writing to a table', () => {
    expect(assignedIn(ended, { why: '', assigned: 'p6' })?.assigned).toBe('p6');
    expect(assignedIn({ ...ended, assigned: 'mallory' }, { why: '', assigned: 'p6' })?.assigned).toBe('p6');
    expect(assignedIn({ ...ended, assigned: 'mallory' }, { why: '' })?.assigned).toBeUndefined();
  });
});
