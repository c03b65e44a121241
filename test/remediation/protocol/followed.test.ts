import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absent, present, unknown } from '../../../src/remediation/model/facts.ts';
import { isReached } from '../../../src/remediation/model/reach.ts';
import {
  type Descendants,
  type Followed,
  follow,
  NOTHING_FOLLOWED,
  notAhead,
  type Release,
  reachOf,
} from '../../../src/remediation/protocol/followed.ts';

const START = Date.parse('2026-03-02T00:00:00Z');
const at = (minutes: number): string => new Date(START + minutes * 60_000).toISOString();
const subscription = (digit: string): string => `${digit.repeat(8)}-0000-0000-0000-000000000000`;
const [A, B, C] = ['a', 'b', 'c'].map(subscription) as [string, string, string];
const SILENT = unknown('Azure does not answer');

/** An answer of Azure that lists these subscriptions. */
const showing = (ids: readonly string[]) => present(ids.map((id) => ({ id })));

const asked = (minutes: number, below: Descendants['below'], known: Followed, releases: readonly Release[] = []) =>
  follow(known, { at: at(minutes), below }, { notFollowed: [], releases });

/** One answer of one management group after the other; the rows at the end. */
const through = (...rounds: readonly (readonly [number, readonly string[] | undefined])[]) =>
  rounds.reduce(
    ({ next }, [minutes, ids]) => asked(minutes, { all: ids === undefined ? SILENT : showing(ids) }, next),
    {
      next: NOTHING_FOLLOWED,
      asked: [],
    } as ReturnType<typeof follow>,
  );

const idsOf = ({ subscriptions }: Followed): readonly string[] => subscriptions.map(({ id }) => id);

const SCOPE = { named: [], managementGroups: ['All'], excluded: [] };

describe('a subscription below a management group', () => {
  it('is in scope as soon as Azure has answered with it', () => {
    const { next } = through([0, [A]], [5, [B.toUpperCase(), A]]);
    expect(idsOf(next)).toEqual([A, B]);
    expect(next.subscriptions[1]).toMatchObject({ foundAt: at(5), seenAt: at(5), managementGroups: ['all'] });
  });

  it('has the name that Azure last told, by which a person knows it, also once it is let go', () => {
    const named = (name: string, ...more: readonly string[]) =>
      present([...more.map((id) => ({ id })), { id: B, name }]);
    const first = asked(0, { all: named('shop', A) }, NOTHING_FOLLOWED).next;
    expect(first.subscriptions).toMatchObject([{ id: A }, { id: B, name: 'shop' }]);
    const renamed = asked(5, { all: named('shop of old', A) }, first).next;
    const gone = asked(40, { all: showing([A]) }, asked(10, { all: showing([A]) }, renamed).next).next.gone;
    expect(gone).toEqual([{ id: B, name: 'shop of old', at: at(40), byItself: true }]);
  });

  it('is let go when Azure has answered without it twice, half an hour apart', () => {
    expect(idsOf(through([0, [A, B]], [5, [A]], [34, [A]]).next)).toEqual([A, B]);
    const { next } = through([0, [A, B]], [5, [A]], [35, [A]]);
    expect(idsOf(next)).toEqual([A]);
    expect(next.gone).toEqual([{ id: B, at: at(35), byItself: true }]);
  });

  it('is in scope on while Azure does not answer, and what it said before that counts', () => {
    expect(idsOf(through([0, [A]], [5, undefined], [600, undefined]).next)).toEqual([A]);
    expect(idsOf(through([0, [A, B]], [5, [B]], [20, undefined], [35, [B]]).next)).toEqual([B]);
  });

  it('is missing anew where Azure has answered with it in between', () => {
    expect(idsOf(through([0, [A, B]], [5, [A]], [20, [A, B]], [40, [A]]).next)).toEqual([A, B]);
  });

  it('is not missing where another management group shows it, or does not answer', () => {
    const first = asked(0, { one: showing([A]), other: showing([]) }, NOTHING_FOLLOWED).next;
    const moved = asked(5, { one: showing([]), other: showing([A]) }, first).next;
    expect(moved.subscriptions).toMatchObject([{ id: A, managementGroups: ['other'], seenAt: at(5) }]);
    const silent = asked(
      60,
      { one: showing([]), other: SILENT },
      asked(5, { one: showing([]), other: SILENT }, first).next,
    );
    expect(idsOf(silent.next)).toEqual([A]);
  });

  it('asks a person where another is missing as well, and goes once that is said of this very time', () => {
    const { next, asked: missing } = through([0, [A, B, C]], [5, [C]], [35, [C]]);
    expect(idsOf(next)).toEqual([A, B, C]);
    expect(missing.map(({ id }) => id)).toEqual([A, B]);
    const said = (since: string) => asked(40, { all: showing([C]) }, next, [{ id: A, since }]).next;
    expect(idsOf(said(at(5)))).toEqual([B, C]);
    expect(idsOf(said(at(0)))).toEqual([A, B, C]);
  });

  it('that may go by the word of a person stays where Azure lists it again, or where a management group does not answer', () => {
    const { next } = through([0, [A, B, C]], [5, [C]], [35, [C]]);
    const releases = [A, B].map((id) => ({ id, since: at(5), by: 'somebody' }));
    expect(idsOf(asked(40, { all: showing([A, C]) }, next, releases).next)).toEqual([A, C]);
    expect(idsOf(asked(40, { all: SILENT }, next, releases).next)).toEqual([A, B, C]);
    const back = asked(40, { all: showing([A, B, C]) }, next).next;
    const again = [45, 75].reduce(
      (known, minutes) => asked(minutes, { all: showing([C]) }, known, releases).next,
      back,
    );
    expect(idsOf(again)).toEqual([A, B, C]);
    const gone = asked(40, { all: showing([C]) }, next, releases).next.gone;
    expect(gone).toEqual([A, B].map((id) => ({ id, at: at(40), byItself: false, by: 'somebody' })));
  });

  it('of which nobody was asked yet goes by nobody’s word', () => {
    const { next } = through([0, [A, B, C]], [5, [C]]);
    const releases = [{ id: A, since: at(5) }];
    expect(idsOf(asked(34, { all: showing([C]) }, next, releases).next)).toEqual([A, B, C]);
    expect(idsOf(asked(35, { all: showing([C]) }, next, releases).next)).toEqual([A, B, C]);
    expect(idsOf(asked(40, { all: showing([C]) }, asked(35, { all: showing([C]) }, next).next, releases).next)).toEqual(
      [B, C],
    );
  });

  it('asks a person where another was let go within the hour', () => {
    const rounds = [
      [0, [A, B, C]],
      [5, [B, C]],
      [35, [B, C]],
      [40, [C]],
    ] as const;
    expect(through(...rounds, [70, [C]]).asked.map(({ id }) => id)).toEqual([B]);
    expect(idsOf(through(...rounds, [95, [C]]).next)).toEqual([C]);
  });

  it('of which a person was asked stays until that one has said so, whatever becomes of the others', () => {
    const both = [
      [0, [A, B, C]],
      [5, [C]],
      [35, [C]],
    ] as const;
    const { next } = through(...both);
    const excluding = { notFollowed: [`/subscriptions/${A}`], releases: [] };
    const without = follow(next, { at: at(40), below: { all: showing([C]) } }, excluding);
    expect(idsOf(without.next)).toEqual([B, C]);
    expect(without.asked.map(({ id }) => id)).toEqual([B]);
    expect(idsOf(through(...both, [40, [A, C]], [200, [A, C]]).next)).toEqual([A, B, C]);
    expect(idsOf(through([0, [A, B, C]], [5, [B, C]], [35, [B, C]], [40, [C]], [70, [C]], [600, [C]]).next)).toEqual([
      B,
      C,
    ]);
  });

  it('is followed on where what is kept has a time that nobody can have seen yet', () => {
    const ahead = { ...through([0, [A, B]], [5, [A]]).next, at: at(600_000) };
    const now = new Date(START + 10 * 60_000);
    const { next } = asked(10, { all: showing([A, C]) }, notAhead(ahead, now));
    expect(idsOf(next)).toEqual([A, B, C]);
    expect(next.at).toBe(at(10));
    expect(notAhead(next, now)).toBe(next);
    const missing = { since: at(600_000), last: at(600_000) };
    const late = {
      ...next,
      subscriptions: next.subscriptions.map((one) => (one.id === B ? { ...one, missing } : one)),
    };
    const after = asked(50, { all: showing([A, C]) }, asked(15, { all: showing([A, C]) }, late).next);
    expect(idsOf(after.next)).toEqual([A, C]);
  });

  it('that is excluded is not followed, and neither is one of a management group that is named no more', () => {
    const { next } = through([0, [A, B]]);
    const excluding = { notFollowed: [`/subscriptions/${A.toUpperCase()}`], releases: [] };
    expect(idsOf(follow(next, { at: at(5), below: { all: showing([A, B]) } }, excluding).next)).toEqual([B]);
    expect(idsOf(asked(5, { another: showing([]) }, next).next)).toEqual([]);
    expect(reachOf({ ...SCOPE, managementGroups: ['another'] }, next).scopes).toEqual([]);
    expect(reachOf({ ...SCOPE, excluded: [`/subscriptions/${A}`] }, next).scopes).toEqual([`/subscriptions/${B}`]);
  });
});

describe('a management group', () => {
  it.each([
    ['was never asked', NOTHING_FOLLOWED, /never said .+ the next sweep asks it$/],
    ['has never answered', asked(0, { all: SILENT }, NOTHING_FOLLOWED).next, /never said .+: Azure does not answer$/],
    ['does not exist', asked(0, { all: absent }, NOTHING_FOLLOWED).next, /never said .+ none of that name$/],
    [
      'does not answer any more',
      through([0, [A]], [5, undefined]).next,
      /last said on 2026-03-02T00:00:00.000Z .+ as before/,
    ],
  ])('that %s is a part of the scope that nobody has read', (_what, known, why) => {
    expect(reachOf(SCOPE, known).unread).toEqual([
      { id: '/providers/Microsoft.Management/managementGroups/All', reason: expect.stringMatching(why) },
    ]);
  });

  it('that has answered is read', () => {
    expect(reachOf(SCOPE, through([0, []]).next).unread).toEqual([]);
  });
});

describe('whatever management groups answer, and in whatever order it is told', () => {
  const ids = fc.subarray([A, B, C]);
  const answer = fc.oneof({ weight: 5, arbitrary: ids }, { weight: 1, arbitrary: fc.constant(undefined) });
  const rounds = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 25 }), answer), { minLength: 1, maxLength: 25 })
    .map((all) => {
      let minutes = 0;
      return all.map(([step, listed]) => {
        minutes += step;
        return [minutes, listed] as const;
      });
    });

  /** The subscriptions that each round has let go by itself, with its time. */
  const lettingGo = (all: readonly (readonly [number, readonly string[] | undefined])[]) => {
    let known = NOTHING_FOLLOWED;
    return all.flatMap(([minutes, listed]) => {
      const { next } = asked(minutes, { all: listed === undefined ? SILENT : showing(listed) }, known);
      const left = idsOf(known).filter((id) => !idsOf(next).includes(id));
      known = next;
      return left.map((id) => ({ id, minutes }));
    });
  };

  it('nothing is let go before two answers without it, half an hour apart and none with it between them', () => {
    fc.assert(
      fc.property(rounds, (all) => {
        for (const { id, minutes } of lettingGo(all)) {
          const answered = all.filter(([when, listed]) => when <= minutes && listed !== undefined);
          const lastWith = answered.findLastIndex(([, listed]) => listed?.includes(id));
          const without = answered.slice(lastWith + 1).map(([when]) => when);
          expect(minutes - (without[0] ?? minutes)).toBeGreaterThanOrEqual(30);
        }
      }),
    );
  });

  it('never more than one goes by itself within an hour', () => {
    fc.assert(
      fc.property(rounds, (all) => {
        const times = lettingGo(all).map(({ minutes }) => minutes);
        for (const [n, minutes] of times.entries())
          if (n > 0) expect(minutes - (times[n - 1] ?? 0)).toBeGreaterThanOrEqual(60);
      }),
    );
  });

  it('what was answered before the last answer that is known changes nothing, and neither does the order of a list', () => {
    fc.assert(
      fc.property(rounds, fc.nat(), answer, (all, back, late) => {
        const { next } = through(...all);
        const last = all.at(-1)?.[0] ?? 0;
        const stale = asked(last - (back % (last + 1)), { all: late === undefined ? SILENT : showing(late) }, next);
        expect(stale.next).toBe(next);
        const reversed = through(...all.map(([when, listed]) => [when, listed?.toReversed()] as const));
        expect(reversed.next).toEqual(next);
      }),
    );
  });

  it('only what Azure has answered with comes into scope, and never what is excluded', () => {
    fc.assert(
      fc.property(rounds, ids, (all, out) => {
        const excluded = out.map((id) => `/subscriptions/${id}`);
        const { scopes } = reachOf({ ...SCOPE, excluded }, through(...all).next);
        const answered = new Set(all.flatMap(([, listed]) => listed ?? []));
        for (const scope of scopes) expect(answered).toContain(scope.split('/')[2]);
        for (const scope of excluded) expect(isReached(scope, { scopes, excluded })).toBe(false);
      }),
    );
  });
});
