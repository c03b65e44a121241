import { describe, expect, it } from 'vitest';
import { expiry } from '../../../local/demo/acts/expiry.ts';
import { stageDurations, timeLockedOut } from '../../../local/demo/durations.ts';
import { rowAt } from './rows.ts';

const incident = [
  rowAt(0, 'expired'),
  rowAt(30, 'lost'),
  rowAt(90, 'locked out'),
  rowAt(180, 'detected'),
  rowAt(180, 'decided'),
  rowAt(185, 'extended'),
  rowAt(240, 'revalidated'),
  rowAt(250, 'Ready'),
];

describe('how long it took', () => {
  it('is told from stage to stage, in seconds', () => {
    expect(stageDurations(incident, expiry.stages)).toBe(
      'lost ─ 150 s → detected ─ 0 s → decided ─ 5 s → extended ─ 55 s → revalidated ─ 10 s → Ready',
    );
  });

  it('is told as far as it went', () => {
    expect(stageDurations(incident.slice(0, 4), expiry.stages)).toBe('lost ─ 150 s → detected');
  });

  it('is, for the users, from the lock-out to the revalidation', () => {
    expect(timeLockedOut(incident)).toBe(150_000);
    expect(timeLockedOut(incident.slice(0, 4))).toBeUndefined();
    expect(timeLockedOut(incident.filter(({ stage }) => stage !== 'locked out'))).toBeUndefined();
  });
});
