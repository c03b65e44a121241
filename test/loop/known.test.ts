import { describe, expect, it } from '@jest/globals';
import { baselineDetail, knownOf, repairsIn, supposedOf } from '../../src/loop/known.ts';
import type { Json } from '../../src/remediation/canonical.ts';
import { emptyChain, type LedgerEntry, link } from '../../src/remediation/protocol/ledger.ts';
import type { EndedStep, KeyState } from '../../src/store/key-state.ts';
import { inDays, NOW } from '../builders/observation.ts';

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

describe('What is known of an incident', () => {
  it('is how its own steps ended, and no step of another one', () => {
    const ended = (incident: string): EndedStep => ({
      incident,
      stepId: 's',
      step: 'recoverVault',
      target: '/v',
      outcome: 'done',
      why: '',
      at: inDays(0),
    });
    const known = knownOf(
      state({ incident: { id: 'now', openedAt: inDays(-1) }, attempts: [ended('now'), ended('before')] }),
      [],
    );
    expect(known).toMatchObject({ incidentOpenedAt: inDays(-1), attempts: [{ incident: 'now' }] });
    expect(known.attempts).toHaveLength(1);
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
