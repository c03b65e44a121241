import * as z from 'zod/mini';
import { isDuration } from '../../remediation/model/duration.ts';

/** What a route takes that has no parameters. */
export const nothing = z.strictObject({});

/** A key, a resource or the like, in the length that is ever read of one. */
export const named = z.string().check(z.minLength(1), z.maxLength(2_000));

/** One of a few names in a path, of a repair or of a problem: where there is no such, the door tells which there are. */
export const word = z.string().check(z.minLength(1), z.maxLength(100));

/** What the product itself has named: an incident, or an alert that it keeps. */
export const ownId = z.string().check(z.regex(/^[\w.-]{1,200}$/));

/** A SHA-256, as the ledger writes it. */
export const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** `?name=true` or `?name=false`. */
export const flag = z.pipe(
  z.pipe(
    z.enum(['true', 'false'], { error: 'write true or false' }),
    z.transform((sent) => sent === 'true'),
  ),
  z.boolean(),
);

/** One of these words, in capital or small letters. */
export const oneOf = <const Word extends string>(words: readonly [Word, ...Word[]]) =>
  z.pipe(
    z.transform((sent: string) => words.find((word) => word.toLowerCase() === sent.toLowerCase()) ?? sent),
    z.enum(words, { error: `there is no such; there are ${words.join(', ')}` }),
  );

/** How far ahead: an ISO 8601 duration. */
export const duration = z
  .string()
  .check(
    z.maxLength(20),
    z.refine(isDuration, { error: 'write an ISO 8601 duration of whole numbers, such as P90D or P1Y' }),
  );

/** Where a page of a list begins: what `nextLink` of the page before says. */
export const after = z.string().check(z.minLength(1), z.maxLength(8_000));

/** How many lines a page has. */
export const limit = z.pipe(
  z.string().check(z.regex(/^(?:[1-9]\d{0,2}|1000)$/, { error: 'write a number from 1 to 1000' })),
  z.transform(Number),
);

/** Where a page of a report begins: follow `nextLink`. */
export const part = z.string().check(z.regex(/^\d{1,6}$/, { error: 'write a number; the first part is 0' }));

/** An instant in UTC, or a day, which begins at midnight in UTC. */
export const instant = z.union([z.iso.datetime(), z.iso.date()], {
  error: 'write an instant in UTC, such as 2026-07-01T12:00:00Z, or a day, such as 2026-07-01',
});

export const format = oneOf(['json', 'csv']);
