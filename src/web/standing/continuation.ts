import * as z from 'zod/mini';

/** The place where a page ended, and when that page was read (ISO 8601). */
export type Continuation<Place extends readonly (string | number)[]> = { readonly after: Place; readonly at: string };

/** Room for a key identifier and a resource id of the greatest length that is read, and the other members. */
const LONGEST = 8_000;

/** An opaque text for a query. */
export const toToken = ({ after, at }: Continuation<readonly (string | number)[]>): string =>
  Buffer.from(JSON.stringify([at, ...after])).toString('base64url');

/**
 * The place in a token; `undefined` for any other text. A token holds no secret, and a forged one gains nothing: it only says
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
