import { describe, expect, it } from 'vitest';
import { millisecondsOf } from '../../../page/model/duration.ts';
import { type Expiring, layOutHorizon, monthsOn, placeOn } from '../../../page/model/horizon-layout.ts';
import { barsOf, type Moment, placeAt, stretchesOf } from '../../../page/model/incident-layout.ts';
import { at, NOW } from '../builders.ts';

const DAY = 86_400;
const axis = { from: NOW, to: NOW + 365 * DAY * 1_000 };

const expiring = (vault: string, days: number, kind: Expiring['outlook']['kind'] = 'extends'): Expiring => ({
  key: `https://${vault}.vault.azure.net/keys/cmk`,
  version: `${days}`,
  vault,
  expiresOn: at(days * DAY),
  daysLeft: days,
  enabled: true,
  consumers: [],
  outlook: { kind, at: at(0), sentence: '' },
});

describe('The horizon', () => {
  it('has a row for each vault, that with the next expiry first, and a sign for what happens', () => {
    const rows = layOutHorizon(
      [expiring('late', 300, 'held'), expiring('soon', 30, 'asks'), expiring('late', 200)],
      axis,
    );
    expect(rows.map(({ vault, dots }) => [vault, dots.map(({ fate }) => fate)])).toEqual([
      ['soon', ['asks']],
      ['late', ['extends', 'stays']],
    ]);
  });

  it('puts dots that would hide each other into lanes of their own', () => {
    const [row] = layOutHorizon(
      [expiring('kv', 100), expiring('kv', 101), expiring('kv', 102), expiring('kv', 200)],
      axis,
    );
    expect(row?.dots.map(({ lane }) => lane)).toEqual([0, 1, 2, 0]);
    expect(row?.lanes).toBe(3);
  });

  it('keeps what is beyond its ends at its ends', () => {
    expect([placeOn(axis, NOW - 1), placeOn(axis, axis.to + 1), placeOn(axis, (axis.from + axis.to) / 2)]).toEqual([
      0, 1, 0.5,
    ]);
  });

  it('marks the first of each month', () => {
    const months = monthsOn(axis);
    expect(months).toHaveLength(12);
    expect(months[0]?.at).toBe(Date.parse('2026-08-01T00:00:00Z'));
  });

  it.each([
    ['P30D', 30 * DAY * 1_000],
    ['P1Y', 365 * DAY * 1_000],
    ['PT6H', 6 * 3_600_000],
    ['P1M', 30 * DAY * 1_000],
    ['soon', undefined],
  ])('reads %s', (duration, expected) => {
    expect(millisecondsOf(duration)).toBe(expected);
  });
});

const moment = (what: string, seconds: number, more: Partial<Moment> = {}): Moment => ({
  what,
  at: at(seconds),
  seconds,
  ...more,
});

describe('The picture of an incident', () => {
  const extend = { step: 'extendKeyExpiry', target: 'key' };
  const revalidate = { step: 'revalidateConsumer', target: 'server' };

  it('has a bar for each step, which goes on where it has not ended', () => {
    const moments = [
      moment('begun', 60, extend),
      moment('ended', 70, { ...extend, outcome: 'done' }),
      moment('begun', 70, revalidate),
    ];
    expect(barsOf(moments, 100)).toEqual([
      { ...extend, from: 60, to: 70, outcome: 'done' },
      { ...revalidate, from: 70, to: 100 },
    ]);
  });

  it('ends a step that was begun twice with its own end', () => {
    const moments = [
      moment('begun', 0, extend),
      moment('ended', 10, { ...extend, outcome: 'failed' }),
      moment('begun', 20, extend),
      moment('ended', 30, { ...extend, outcome: 'done' }),
    ];
    expect(barsOf(moments, 40).map(({ from, to, outcome }) => [from, to, outcome])).toEqual([
      [0, 10, 'failed'],
      [20, 30, 'done'],
    ]);
  });

  it('is to scale while it takes minutes', () => {
    const stretches = stretchesOf([0, 300, 600]);
    expect(stretches.some(({ isCut }) => isCut)).toBe(false);
    expect(placeAt(stretches, 300)).toBeCloseTo(0.5);
    expect(placeAt(stretches, 450)).toBeCloseTo(0.75);
  });

  it('cuts a long wait, and says so', () => {
    const stretches = stretchesOf([0, 60, 120, 86_400]);
    expect(stretches.map(({ isCut }) => isCut)).toEqual([false, false, true]);
    expect(placeAt(stretches, 120)).toBeGreaterThan(0.1);
    expect([placeAt(stretches, 0), placeAt(stretches, 86_400), placeAt(stretches, 90_000)]).toEqual([
      0,
      expect.closeTo(1),
      1,
    ]);
  });

  it('stays in order, whatever happened when', () => {
    const instants = [0, 0, 1, 2, 3_000, 3_001, 90_000];
    const places = instants.map((second) => placeAt(stretchesOf(instants), second));
    expect(places).toEqual(places.toSorted((one, other) => one - other));
  });
});
