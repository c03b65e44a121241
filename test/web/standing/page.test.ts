import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { fromToken, toToken } from '../../../src/web/standing/continuation.ts';
import { comparePlaces, type LinePlace } from '../../../src/web/standing/order.ts';
import { pageOf } from '../../../src/web/standing/page.ts';
import { runs } from '../../run/exhaustive.ts';

const text = fc.string({ maxLength: 4 });
const place: fc.Arbitrary<LinePlace> = fc.tuple(fc.nat(7), fc.constantFrom('', '1', '2'), text, text);

type One = { readonly place: LinePlace; readonly changedAt: string; readonly version: number };

const MINUTE = 60_000;
const iso = (minute: number): string => new Date(minute * MINUTE).toISOString();

/** Changes of a list between two pages: the changed line, and its new position; `undefined` where it is gone. */
const change = fc.record({
  which: fc.nat(30),
  to: fc.option(fc.tuple(fc.nat(7), fc.constantFrom('', '1', '2')), { nil: undefined }),
});

const named = (count: number): readonly One[] =>
  Array.from({ length: count }, (_, at) => ({
    place: [at % 5, '', `key-${at}`, ''] as const,
    changedAt: iso(0),
    version: 0,
  }));

const changed = (
  all: readonly One[],
  changes: readonly { readonly which: number; readonly to: readonly [number, string] | undefined }[],
  minute: number,
): readonly One[] => {
  const now = new Map(all.map((one) => [one.place[2], one]));
  for (const { to, which } of changes) {
    const name = `key-${which}`;
    const version = (now.get(name)?.version ?? 0) + 1;
    if (to === undefined) now.delete(name);
    else now.set(name, { place: [to[0], to[1], name, ''], changedAt: iso(minute), version: version + minute });
  }
  return [...now.values()];
};

describe('The order of what is wrong', () => {
  it('is total: of two that are not the same one comes first, whichever is asked about', () => {
    fc.assert(
      fc.property(place, place, place, (a, b, c) => {
        expect(Math.sign(comparePlaces(a, b))).toBe(-Math.sign(comparePlaces(b, a)) + 0);
        expect(comparePlaces(a, b) === 0).toBe(JSON.stringify(a) === JSON.stringify(b));
        if (comparePlaces(a, b) < 0 && comparePlaces(b, c) < 0) expect(comparePlaces(a, c)).toBeLessThan(0);
      }),
      { numRuns: runs(300) },
    );
  });
});

describe('The pages of a list', () => {
  it('hold every line once, in order, where nothing changes', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.integer({ min: 1, max: 9 }), (count, limit) => {
        const all = named(count);
        const shown: One[] = [];
        let page = pageOf(all, comparePlaces, limit);
        shown.push(...page.shown);
        for (let minute = 10; page.next; minute += 1) {
          page = pageOf(all, comparePlaces, limit, { after: page.next, at: iso(minute) });
          shown.push(...page.shown);
        }
        expect(shown).toEqual(all.toSorted((a, b) => comparePlaces(a.place, b.place)));
      }),
      { numRuns: runs(100) },
    );
  });

  it('lose nothing where lines come, go and move while they are read: what is there at the end was shown as it is', () => {
    fc.assert(
      fc.property(
        fc.nat(30),
        fc.integer({ min: 1, max: 7 }),
        fc.array(fc.array(change, { maxLength: 6 }), { maxLength: 20 }),
        (count, limit, story) => {
          let all = named(count);
          const shown = new Set<string>();
          const show = (some: readonly One[]): void => {
            for (const one of some) shown.add(JSON.stringify(one));
          };
          let minute = 10;
          let page = pageOf(all, comparePlaces, limit);
          show(page.shown);
          for (const changes of story) {
            if (!page.next) break;
            const at = iso(minute);
            all = changed(all, changes, minute + 1);
            minute += 2;
            page = pageOf(all, comparePlaces, limit, { after: page.next, at });
            show(page.shown);
          }
          while (page.next) {
            const at = iso(minute);
            minute += 2;
            page = pageOf(all, comparePlaces, limit, { after: page.next, at });
            show(page.shown);
          }
          expect(all.filter((one) => !shown.has(JSON.stringify(one)))).toEqual([]);
        },
      ),
      { numRuns: runs(300) },
    );
  });
});

describe('The place where a list goes on', () => {
  const schema: z.ZodMiniType<LinePlace> = z.tuple([z.number(), z.string(), z.string(), z.string()]);

  it('is read as it was written', () => {
    fc.assert(
      fc.property(place, (after) => {
        const token = toToken({ after, at: iso(1) });
        expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(fromToken(token, schema)).toEqual({ after, at: iso(1) });
      }),
      { numRuns: runs(100) },
    );
  });

  it('is nothing but what a list has given', () => {
    const made = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const token of [
      '',
      'x',
      '%',
      made(1),
      made([iso(1)]),
      made(['soon', 1, '', '', '']),
      made([iso(1), '1', '', '', '']),
      'A'.repeat(9_000),
    ])
      expect(fromToken(token, schema)).toBeUndefined();
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (token) => {
        fromToken(token, schema);
      }),
      { numRuns: runs(100) },
    );
  });
});
