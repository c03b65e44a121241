import * as z from 'zod/mini';

/** Where a page ended, and when it was read (ISO 8601). */
export type Continuation<Place extends readonly (string | number)[]> = { readonly after: Place; readonly at: string };

/** A key identifier and a resource id, in the length that is ever read of one, and what is beside them. */
const LONGEST = 8_000;

/** A text for a query, which nobody needs to understand. */
export const toToken = ({ after, at }: Continuation<readonly (string | number)[]>): string =>
  Buffer.from(JSON.stringify([at, ...after])).toString('base64url');

/**
 * The place that a token names; `undefined` of what is none. Nothing is secret in it, and nobody gains by making one: it only says
 * where in the list to go on.
 */
export const fromToken = <Place extends readonly (string | number)[]>(
  token: string,
  place: z.ZodMiniType<Place>,
): Continuation<Place> | undefined => {
  if (token.length > LONGEST || !/^[A-Za-z0-9_-]+$/.test(token)) return undefined;
  try {
    const [at, ...after] = z.parse(
      z.array(z.union([z.string(), z.number()])),
      JSON.parse(Buffer.from(token, 'base64url').toString()),
    );
    const checked = z.safeParse(place, after);
    return checked.success && typeof at === 'string' && !Number.isNaN(Date.parse(at))
      ? { after: checked.data, at }
      : undefined;
  } catch {
    return undefined;
  }
};
