import { hash } from 'node:crypto';

/** What JSON can carry. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** JSON with the members of every object in the order of code units: equal values give equal text. */
export const canonicalJson = (value: Json): string =>
  JSON.stringify(value, (_name, inner: Json) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** SHA-256 as 64 lower-case hexadecimal digits. */
export const sha256 = (text: string): string => hash('sha256', text);

/** SHA-256 of bytes, as 64 lower-case hexadecimal digits. */
export const contentHash = (bytes: Uint8Array): string => hash('sha256', bytes);
