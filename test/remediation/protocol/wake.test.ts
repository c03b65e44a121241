import { describe, expect, it } from 'vitest';
import { raise, settle } from '../../../src/remediation/protocol/wake.ts';
import { explore } from './explore.ts';
import { wakeModel } from './wake-model.ts';
import { type WakeRules, wakeRules } from './wake-state.ts';

const bounds = { senders: 2, redeliveries: 1, rounds: 2, duplicates: 1, failures: 0, crashes: 0 };

/** Without the sweep, which would find what the weaker rule lost, hours later. */
const explored = (changes: Partial<WakeRules>, more: Partial<typeof bounds> = {}) =>
  explore(wakeModel({ ...bounds, ...more }, { ...wakeRules, isForgotten: () => false, ...changes })).violation?.what;

describe('a wake-up', () => {
  it('of a key that nobody knew gets the number one', () => {
    expect(raise(undefined, 'key')).toEqual({ keyId: 'key', wanted: 1, assessed: 0 });
  });

  it('keeps the numbers of the runs before it', () => {
    expect(raise({ keyId: 'key', wanted: 7, assessed: 6 }, 'key')).toEqual({ keyId: 'key', wanted: 8, assessed: 6 });
  });

  it('that came after a run looked is not settled by that run', () => {
    expect(settle({ keyId: 'key', wanted: 8, assessed: 6 }, 7)).toBeUndefined();
  });

  it('is never lost: two senders, a failing run, a dying sender, duplicates', () => {
    // With redeliveries, and more of everything: protocol.exhaustive.test.ts.
    const { states, violation } = explore(wakeModel({ ...bounds, redeliveries: 0, failures: 1, crashes: 1 }));
    expect(violation).toBeUndefined();
    expect(states).toBeGreaterThan(1_000);
  });

  it('is never lost, even without the sweep, as long as no run fails', () => {
    expect(explored({}, { senders: 3, redeliveries: 0 })).toBeUndefined();
  });
});

describe('a wake-up is lost when', () => {
  const lost = 'a wake-up is lost';

  it('a sender believes in any living run', () => {
    expect(explored({ relies: () => true })).toBe(lost);
  });

  it('a sender believes that a busy row has a run that will look again', () => {
    const busy: WakeRules['relies'] = (_running, replaced) => replaced.wanted > replaced.assessed;
    expect(explored({ relies: busy }, { senders: 3, duplicates: 0 })).toBe(lost);
  });

  it('a run reads the number after it observed', () => {
    expect(explored({ readsWanted: 'afterObserving' })).toBe(lost);
  });

  it('a run settles for wake-ups that came since', () => {
    expect(explored({ settle: (row) => ({ ...row, assessed: row.wanted }) })).toBe(lost);
  });

  it('a run that is out of rounds ends', () => {
    expect(explored({ outOfRounds: 'ends' }, { rounds: 1 })).toBe(lost);
  });

  it('a run fails and no sweep looks after it', () => {
    expect(explored({}, { failures: 1 })).toBe(lost);
  });
});
