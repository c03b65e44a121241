import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AHEAD_MS, openLastReads } from '../../../src/azure/observe/last-reads.ts';
import { keyId } from '../../../src/remediation/model/key-ref.ts';
import { rowKeyOf } from '../../../src/store/row-key.ts';
import { aVersion, KEY, NOW } from '../../builders/observation.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('The last read of a version', () => {
  it('stands for no other one where the clock went back behind it: nobody knows how old it is', () => {
    const facts = aVersion();
    const reads = openLastReads();
    reads.keep(KEY, { facts, at: NOW.getTime(), isCurrent: true });
    expect([reads.isReusable(KEY, facts.version), reads.reusableIn(KEY.host)]).toEqual([true, 1]);
    vi.setSystemTime(NOW.getTime() - 1);
    expect([reads.isReusable(KEY, facts.version), reads.reusableIn(KEY.host)]).toEqual([false, 0]);
  });

  it('is forgotten when nobody has read the key for two hours, also where nobody uses its vault any more', () => {
    const facts = aVersion();
    const reads = openLastReads();
    const read = (host: string) => reads.keep({ ...KEY, host }, { facts, at: Date.now() });
    read('left.vault.azure.net');
    vi.setSystemTime(NOW.getTime() + 60 * 60_000);
    read('used.vault.azure.net');
    vi.setSystemTime(NOW.getTime() + 125 * 60_000);
    read('new.vault.azure.net');
    const remembered = ['left', 'used', 'new'].filter((name) => reads.of({ ...KEY, host: `${name}.vault.azure.net` }));
    expect(remembered).toEqual(['used', 'new']);
  });

  it('is made anew by the sweep 55 minutes later, never more than an hour later, and of many versions not by the same sweep', () => {
    const facts = aVersion();
    const reads = openLastReads();
    const keys = Array.from({ length: 220 }, (_, n) => ({ ...KEY, name: `cmk-${n}` }));
    const readAt = new Map(keys.map((key) => [key, NOW.getTime()]));
    for (const key of keys) reads.keep(key, { facts, at: NOW.getTime(), isCurrent: true });
    const counts: number[] = [];
    let longest = 0;
    for (let sweep = 1; sweep <= 120; sweep += 1) {
      const lateMs = (sweep % 3) * 15_000;
      vi.setSystemTime(NOW.getTime() + sweep * 5 * 60_000 + lateMs);
      const due = keys.filter((key) => !reads.isReusable(key, facts.version, AHEAD_MS));
      for (const key of due) {
        longest = Math.max(longest, Date.now() - (readAt.get(key) ?? 0));
        readAt.set(key, Date.now());
        reads.keep(key, { facts, at: Date.now(), isCurrent: true });
      }
      counts.push(due.length);
    }
    const late = counts.slice(60).reduce((sum, count) => sum + count, 0) / 60;
    expect(longest).toBeLessThanOrEqual(60 * 60_000);
    expect(late).toBeCloseTo(220 / 11, 0);
    expect(Math.max(...counts)).toBeLessThan(2 * late);
  });

  it('is made anew by each of the eleven sweeps of 55 minutes for as many versions as by the others', () => {
    const facts = aVersion();
    const reads = openLastReads();
    const keys = Array.from({ length: 2_200 }, (_, n) => ({ ...KEY, name: `cmk-${n}` }));
    const readAll = (those: typeof keys) => {
      for (const key of those) reads.keep(key, { facts, at: Date.now(), isCurrent: true });
    };
    readAll(keys);
    const counts = Array.from({ length: 22 }, (_, sweep) => {
      vi.setSystemTime(NOW.getTime() + (sweep + 1) * 5 * 60_000);
      const due = keys.filter((key) => !reads.isReusable(key, facts.version, AHEAD_MS));
      readAll(due);
      return due.length;
    });
    expect(Math.min(...counts)).toBeGreaterThan(150);
    expect(Math.max(...counts)).toBeLessThan(250);
  });

  it('is made anew at different times also for keys whose rows are neighbours, so that no part of a sweep has all reads', () => {
    const facts = aVersion();
    const reads = openLastReads();
    const all = Array.from({ length: 1_600 }, (_, n) => ({ ...KEY, name: `cmk-${n}` }));
    const neighbours = all.filter((key) => rowKeyOf(keyId(key)).startsWith('0'));
    for (const key of neighbours) reads.keep(key, { facts, at: NOW.getTime(), isCurrent: true });
    vi.setSystemTime(NOW.getTime() + 30 * 60_000);
    const due = neighbours.filter((key) => !reads.isReusable(key, facts.version)).length;
    expect(neighbours.length).toBeGreaterThan(60);
    expect([due > neighbours.length / 4, due < (3 * neighbours.length) / 4]).toEqual([true, true]);
  });

  it('has a time of its own again after a worker has stood still for longer than that', () => {
    const facts = aVersion();
    const reads = openLastReads();
    const keys = Array.from({ length: 100 }, (_, n) => ({ ...KEY, name: `cmk-${n}` }));
    const readAll = () => {
      for (const key of keys) reads.keep(key, { facts, at: Date.now(), isCurrent: true });
    };
    readAll();
    vi.setSystemTime(NOW.getTime() + 180 * 60_000);
    readAll();
    vi.setSystemTime(NOW.getTime() + 210 * 60_000);
    const due = keys.filter((key) => !reads.isReusable(key, facts.version));
    expect([due.length > 25, due.length < 75]).toEqual([true, true]);
  });
});
