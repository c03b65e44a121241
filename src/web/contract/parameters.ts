import * as z from 'zod/mini';
import { isDuration } from '../../remediation/model/duration.ts';

/** The query of a route without parameters. */
export const nothing = z.strictObject({});

/** The name or id of a key, a resource or the like, no longer than any that is read. */
export const named = z.string().check(z.minLength(1), z.maxLength(2_000));

/** The name of a repair or of a problem in a path. For an unknown name the route answers with the names that exist. */
export const word = z.string().check(z.minLength(1), z.maxLength(100));

/** An id that the product itself has made: of an incident, or of an alert that it keeps. */
export const ownId = z.string().check(z.regex(/^[\w.-]{1,200}$/));

/** A SHA-256 as the ledger writes it. */
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

/** A time from now, as an ISO 8601 duration. */
export const duration = z
  .string()
  .check(
    z.maxLength(20),
    z.refine(isDuration, { error: 'write an ISO 8601 duration of whole numbers, such as P90D or P1Y' }),
  );

/** The place where a page of a list begins, from `nextLink` of the page before. */
export const after = z.string().check(z.minLength(1), z.maxLength(8_000));

/** The number of lines of a page. */
export const limit = z.pipe(
  z.string().check(z.regex(/^(?:[1-9]\d{0,2}|1000)$/, { error: 'write a number from 1 to 1000' })),
  z.transform(Number),
);

/** The part with which a page of a report begins, from `nextLink` of the page before. */
export const part = z.string().check(z.regex(/^\d{1,6}$/, { error: 'write a number; the first part is 0' }));

/** A time in UTC, or a day, which begins at midnight in UTC. */
export const instant = z.union([z.iso.datetime(), z.iso.date()], {
  error: 'write an instant in UTC, such as 2026-07-01T12:00:00Z, or a day, such as 2026-07-01',
});

export const format = oneOf(['json', 'csv']);
