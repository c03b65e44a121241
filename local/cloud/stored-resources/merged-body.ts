import type { StoredResource } from './stored-resource.ts';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Merges as RFC 7396 says: a given value replaces, `null` deletes, lists are replaced as a whole. */
const merged = (into: Fields, given: Fields): Fields => {
  const kept = Object.entries(into).filter(([name]) => given[name] !== null);
  const changes = Object.entries(given).filter(([, value]) => value !== null);
  const change = ([name, value]: [string, unknown]): [string, unknown] => {
    const before = into[name];
    return [name, isFields(value) && isFields(before) ? merged(before, value) : value];
  };
  return { ...Object.fromEntries(kept), ...Object.fromEntries(changes.map(change)) };
};

/** The whole body that results from a PATCH. */
export const mergedBody = (
  { id: _id, name: _name, type: _type, ...resource }: StoredResource,
  body: unknown,
): unknown => (isFields(body) ? merged(resource, body) : resource);
