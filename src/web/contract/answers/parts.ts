import * as z from 'zod/mini';

export const text = z.string();
export const texts = z.array(text);
export const count = z.int().check(z.nonnegative());
/** A time in UTC, ISO 8601. */
export const instant = z.iso.datetime();
/** SHA-256 as 64 hexadecimal digits. */
export const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));
/** An object with any members. */
export const details = z.record(text, z.unknown());

/** The time at which something last happened, and how long ago; left out where it never did. */
export const aged = z.optional(z.strictObject({ at: instant, ageSeconds: z.int() }));

/** How often in a row the assess of a key has thrown, and why. */
export const failing = z.strictObject({ since: instant, at: instant, times: count, why: text });

export const listOf = <Schema extends z.ZodMiniType>(schema: Schema) => z.strictObject({ value: z.array(schema) });
