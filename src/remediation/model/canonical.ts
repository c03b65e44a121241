import { hash } from 'node:crypto';

/** The values that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** JSON with the members of every object in the order of code units: equal values give equal text. */
export const canonicalJson = (value: Json): string =>
  JSON.stringify(value, (_name, inner: Json) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

const membersOf = (value: object): readonly (readonly [string, unknown])[] =>
  Object.entries(value).filter(([, inner]) => inner !== undefined);

/**
 * Whether both have the same canonical JSON, without writing it: sweeps compare thousands of records that are the same.
 * As in JSON, a member that is undefined counts as missing.
 */
export const isSameJson = (one: unknown, other: unknown): boolean => {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  if (Array.isArray(one) && one.length !== (other as readonly unknown[]).length) return false;
  const members = membersOf(one);
  return (
    members.length === membersOf(other).length &&
    members.every(([name, inner]) => Object.hasOwn(other, name) && isSameJson(inner, other[name as keyof object]))
  );
};

/** SHA-256 as 64 lower-case hexadecimal digits. */
export const sha256 = (text: string): string => hash('sha256', text);

/** SHA-256 of bytes, as 64 lower-case hexadecimal digits. */
export const contentHash = (bytes: Uint8Array): string => hash('sha256', bytes);
