import { describe, expect, it } from 'vitest';
import { type LeaseRow, release, take, verifyAndMark } from '../../../src/remediation/protocol/lease.ts';
import { explore } from './explore.ts';
import { type LeaseBounds, type LeaseRules, leaseModel, leaseRules } from './lease-model.ts';

const at = (minute: number) => `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`;
const claim = (owner: string, minute: number) => ({
  target: 'server',
  owner,
  now: at(minute),
  expires: at(minute + 15),
});

describe('a lease', () => {
  const held: LeaseRow = { target: 'server', owner: 'one', expires: at(15) };
  const marked: LeaseRow = { ...held, mark: { id: 'm', deadline: at(5) } };

  it('is refused to a second owner until it expires', () => {
    expect(take(held, claim('two', 14))).toEqual({ kind: 'busy', until: at(15) });
    expect(take(held, claim('two', 15)).kind).toBe('taken');
  });

  it('is refused to everybody, its owner included, while a mark stands', () => {
    expect(take(marked, claim('two', 4))).toEqual({ kind: 'busy', until: at(5) });
    expect(take(marked, claim('one', 4))).toEqual({ kind: 'busy', until: at(5) });
    expect(verifyAndMark(marked, claim('one', 4), { id: 'n', deadline: at(9) })).toEqual({
      kind: 'busy',
      until: at(5),
    });
  });

  it('is free of a mark whose deadline has passed', () => {
    expect(take(marked, claim('one', 5)).kind).toBe('taken');
  });

  it('lasts at least as long as the mark that it carries', () => {
    const marking = verifyAndMark(held, claim('one', 1), { id: 'n', deadline: at(40) });
    expect(marking).toEqual({ kind: 'marked', row: { ...held, expires: at(40), mark: { id: 'n', deadline: at(40) } } });
  });

  it('is lost once it expired, though nobody else took it', () => {
    expect(verifyAndMark(held, claim('one', 15), { id: 'n', deadline: at(20) })).toEqual({ kind: 'lost' });
  });

  it('is released by its owner alone, and its mark stays', () => {
    expect(release(held, 'two')).toBeUndefined();
    expect(release(marked, 'one')).toEqual({ target: 'server', mark: marked.mark });
  });
});

const bounds: LeaseBounds = { expiries: 1, duplicates: 1, crashes: 1, busyTarget: 'accepts' };

describe('two steps on one target', () => {
  it.each(['accepts', 'refuses'] as const)('repair it, whatever dies, when a busy target %s a write', (busyTarget) => {
    const { states, violation } = explore(leaseModel({ ...bounds, busyTarget }));
    expect(violation).toBeUndefined();
    expect(states).toBeGreaterThan(1_000);
  });
});

describe('two steps on one target destroy each other’s work when', () => {
  const weakened = (changes: Partial<LeaseRules>) =>
    explore(leaseModel(bounds, { ...leaseRules, ...changes })).violation?.what;
  const destroyed = /written back to its old value|two operations at once/;

  it('a holder trusts its memory of the lease', () => {
    const remembers: LeaseRules['verifyAndMark'] = (row, claimed, mark) => ({
      kind: 'marked',
      row: { ...row, target: claimed.target, owner: claimed.owner, expires: claimed.expires, mark },
    });
    expect(weakened({ verifyAndMark: remembers })).toMatch(destroyed);
  });

  it('an expired lease is taken although its mark stands', () => {
    const ignoresMarks: LeaseRules['take'] = (row, claimed) => {
      const { mark: _ignored, ...rest } = row ?? { target: claimed.target };
      return take(rest, claimed);
    };
    expect(weakened({ take: ignoresMarks })).toMatch(destroyed);
  });

  it('the same step tries again while its mark stands', () => {
    const ignoresMark: LeaseRules['verifyAndMark'] = (row, claimed, mark) => {
      const { mark: _ignored, ...rest } = row ?? { target: claimed.target };
      return verifyAndMark(rest, claimed, mark);
    };
    expect(weakened({ verifyAndMark: ignoresMark })).toMatch(destroyed);
  });

  it('the name of the mark comes from history, so that a duplicate passes for the attempt', () => {
    expect(weakened({ marks: 'fromHistory' })).toMatch(destroyed);
  });

  it('the target is not asked whether an operation is in progress', () => {
    expect(weakened({ reads: 'ignoresOperation' })).toMatch(destroyed);
  });
});
