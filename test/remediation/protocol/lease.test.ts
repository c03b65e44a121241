import { describe, expect, it } from 'vitest';
import { type LeaseRow, release, take, verifyAndFence } from '../../../src/remediation/protocol/lease.ts';
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
  const fenced: LeaseRow = { ...held, fence: { id: 'm', deadline: at(5) } };

  it('is refused to a second owner until it expires', () => {
    expect(take(held, claim('two', 14))).toEqual({ kind: 'busy', until: at(15) });
    expect(take(held, claim('two', 15)).kind).toBe('taken');
  });

  it('is refused to everybody, its owner included, while a fence stands', () => {
    expect(take(fenced, claim('two', 4))).toEqual({ kind: 'busy', until: at(5) });
    expect(take(fenced, claim('one', 4))).toEqual({ kind: 'busy', until: at(5) });
    expect(verifyAndFence(fenced, claim('one', 4), { id: 'n', deadline: at(9) })).toEqual({
      kind: 'busy',
      until: at(5),
    });
  });

  it('is free of a fence whose deadline has passed', () => {
    expect(take(fenced, claim('one', 5)).kind).toBe('taken');
  });

  it('lasts at least as long as the fence that it carries', () => {
    const fencing = verifyAndFence(held, claim('one', 1), { id: 'n', deadline: at(40) });
    expect(fencing).toEqual({
      kind: 'fenced',
      row: { ...held, expires: at(40), fence: { id: 'n', deadline: at(40) } },
    });
  });

  it('is lost once it expired, though nobody else took it', () => {
    expect(verifyAndFence(held, claim('one', 15), { id: 'n', deadline: at(20) })).toEqual({ kind: 'lost' });
  });

  it('is released by its owner alone, and its fence stays', () => {
    expect(release(held, 'two')).toBeUndefined();
    expect(release(fenced, 'one')).toEqual({ target: 'server', fence: fenced.fence });
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
    const remembers: LeaseRules['verifyAndFence'] = (row, claimed, fence) => ({
      kind: 'fenced',
      row: { ...row, target: claimed.target, owner: claimed.owner, expires: claimed.expires, fence },
    });
    expect(weakened({ verifyAndFence: remembers })).toMatch(destroyed);
  });

  it('an expired lease is taken although its fence stands', () => {
    const ignoresFences: LeaseRules['take'] = (row, claimed) => {
      const { fence: _ignored, ...rest } = row ?? { target: claimed.target };
      return take(rest, claimed);
    };
    expect(weakened({ take: ignoresFences })).toMatch(destroyed);
  });

  it('the same step tries again while its fence stands', () => {
    const ignoresFence: LeaseRules['verifyAndFence'] = (row, claimed, fence) => {
      const { fence: _ignored, ...rest } = row ?? { target: claimed.target };
      return verifyAndFence(rest, claimed, fence);
    };
    expect(weakened({ verifyAndFence: ignoresFence })).toMatch(destroyed);
  });

  it('the name of the fence comes from history, so that a duplicate passes for the attempt', () => {
    expect(weakened({ fences: 'fromHistory' })).toMatch(destroyed);
  });

  it('the target is not asked whether an operation is in progress', () => {
    expect(weakened({ reads: 'ignoresOperation' })).toMatch(destroyed);
  });
});
