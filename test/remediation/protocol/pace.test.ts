import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  admit,
  EACH_MINUTE,
  type Entrant,
  isWaiting,
  type Lane,
  openTrials,
  proven,
  TRIALS,
  withoutTrial,
} from '../../../src/remediation/protocol/pace.ts';
import { runs } from '../../run/exhaustive.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const BEGIN = Date.parse('2026-01-01T00:00:00.000Z');

const iso = (ms: number): string => new Date(BEGIN + ms).toISOString();

/** `deadline` in minutes after the beginning. */
type Asker = Entrant & { readonly deadline: number };

const asker = (n: number, deadline = 60 + n): Asker => ({ id: `step-${n}`, key: `key-${n}`, deadline });

type Began = { readonly n: number; readonly at: number };
type Play = {
  readonly entrants: readonly Asker[];
  /** When each asks for the first time, in ms. */
  readonly asksAt: (n: number) => number;
  /** How long after its start a trial is seen well; never where it is left out. */
  readonly provenAfter?: number;
  readonly untilMs: number;
};

/** A play of the store on a clock of its own: each entrant asks at its given time, and the earliest asks first. */
const play = ({ entrants, asksAt, provenAfter, untilMs }: Play): readonly Began[] => {
  let lane: Lane | undefined;
  const asks = new Map(entrants.map((_, n) => [n, asksAt(n)]));
  const places = new Map<string, { readonly deadline: number; readonly until: string }>();
  const proofs: { readonly id: string; readonly at: number }[] = [];
  const began: Began[] = [];
  while (asks.size > 0) {
    const [n, at] = [...asks].reduce((one, other) => (other[1] < one[1] ? other : one));
    if (at > untilMs) break;
    for (const proof of proofs) if (proof.at <= at) lane = proven(lane, [proof.id], BEGIN + proof.at) ?? lane;
    const own = entrants[n] as Asker;
    const ahead = [...places].filter(
      ([id, one]) => one.deadline < own.deadline && id !== own.id && isWaiting(one.until, BEGIN + at),
    );
    const admission = admit(lane, own, ahead.length, BEGIN + at);
    lane = admission.lane;
    places.delete(own.id);
    asks.delete(n);
    if (admission.kind === 'waiting') {
      places.set(own.id, { deadline: own.deadline, until: admission.until });
      asks.set(n, Date.parse(admission.until) - BEGIN);
    } else {
      began.push({ n, at });
      if (provenAfter !== undefined) proofs.push({ id: own.id, at: at + provenAfter });
    }
  }
  return began;
};

const atOnce = (count: number, provenAfter?: number) =>
  play({
    entrants: Array.from({ length: count }, (_, n) => asker(n, 10_000 - n)),
    asksAt: (n) => n * 10,
    ...(provenAfter !== undefined && { provenAfter }),
    untilMs: 24 * 60 * MINUTE,
  });

describe('The pace of repairs while a systemic cause is likely', () => {
  it('lets the five with the nearest deadlines begin, whoever asks first, and the others once those are seen well', () => {
    const began = atOnce(40, 2 * MINUTE);
    const first = began.slice(0, TRIALS);
    expect(first.map(({ n }) => n).toSorted((a, b) => b - a)).toEqual([39, 38, 37, 36, 35]);
    const last = Math.max(...first.map(({ at }) => at));
    expect(began.slice(TRIALS).every(({ at }) => at >= last + 2 * MINUTE)).toBe(true);
    // An entrant that asks a moment later may begin a moment later, although its deadline is nearer.
    expect(began.filter(({ n }, place) => Math.abs(39 - n - place) > EACH_MINUTE)).toEqual([]);
  });

  it('lets them begin ten a minute, never more than that, so that a thousand take two hours', () => {
    const count = runs(1_000);
    const began = atOnce(count, MINUTE);
    expect(began).toHaveLength(count);
    expect(Math.max(...began.map(({ at }) => at))).toBeLessThan((20 + count / 10) * MINUTE);
    const times = began.map(({ at }) => at).toSorted((a, b) => a - b);
    expect(times.filter((at, index) => at - (times[index - EACH_MINUTE] ?? -Infinity) < MINUTE)).toEqual([]);
  });

  it('stops for good for nobody where the first are never seen well: five more are tried every ten minutes', () => {
    const began = atOnce(12);
    expect(began).toHaveLength(12);
    expect(Math.max(...began.map(({ at }) => at))).toBeLessThan(40 * MINUTE);
    expect(began.filter(({ at }) => at < 9 * MINUTE)).toHaveLength(TRIALS);
  });

  it('tries another in the place of a trial that did not end well', () => {
    const first = admit(undefined, asker(0), 0, BEGIN);
    const lane = admit(first.lane, asker(0), 0, BEGIN + MINUTE).lane;
    expect(openTrials(lane, 'key-0')).toEqual(['step-0']);
    expect(openTrials(lane, 'key-1')).toEqual([]);
    expect(withoutTrial(lane, 'step-0')?.trials).toEqual([]);
    expect(withoutTrial(lane, 'step-1')).toBeUndefined();
    const seen = proven(lane, ['step-0'], BEGIN + 2 * MINUTE);
    expect(withoutTrial(seen, 'step-0')).toBeUndefined();
    expect(proven(seen, ['step-0'], BEGIN + 2 * MINUTE)).toBeUndefined();
  });

  it('lets whoever began begin again when its activity is repeated, without a second start', () => {
    const lane = admit(admit(undefined, asker(0), 0, BEGIN).lane, asker(0), 0, BEGIN + MINUTE).lane;
    expect(admit(lane, asker(0), 0, BEGIN + MINUTE + SECOND)).toEqual({ kind: 'admitted', lane });
  });

  it('waits for nobody who died while it waited', () => {
    expect(isWaiting(iso(MINUTE), BEGIN + 2 * MINUTE)).toBe(true);
    expect(isWaiting(iso(MINUTE), BEGIN + 4 * MINUTE)).toBe(false);
  });

  it('begins with trials again after an hour without any', () => {
    const opened = admit(undefined, asker(0), 0, BEGIN).lane;
    const lane = admit(opened, asker(0), 0, BEGIN + MINUTE).lane;
    const seen = proven(lane, ['step-0'], BEGIN + MINUTE);
    const openTrialsAt = (minute: number) => admit(seen, asker(1), 0, BEGIN + minute * MINUTE).lane.trials.length;
    expect(openTrialsAt(60)).toBe(2);
    expect(openTrialsAt(62)).toBe(0);
  });

  it('holds whenever they ask, and whatever their deadlines are', () => {
    const asks = fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 30 * MINUTE }), deadline: fc.integer({ min: 0, max: 1_440 }) }),
      {
        minLength: 1,
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(asks, fc.integer({ min: SECOND, max: 5 * MINUTE }), (all, provenAfter) => {
        const began = play({
          entrants: all.map(({ deadline }, n) => asker(n, deadline)),
          asksAt: (n) => all[n]?.at ?? 0,
          provenAfter,
          untilMs: 24 * 60 * MINUTE,
        });
        const times = began.map(({ at }) => at).toSorted((a, b) => a - b);
        expect(times).toHaveLength(all.length);
        expect(times.filter((at, index) => at - (times[index - EACH_MINUTE] ?? -Infinity) < MINUTE)).toEqual([]);
        const first = times[0] ?? 0;
        expect(times.filter((at) => at < first + provenAfter).length).toBeLessThanOrEqual(TRIALS);
      }),
      { numRuns: runs(200) },
    );
  });
});
