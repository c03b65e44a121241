import type { Fact } from '../model/facts.ts';

/** Something that a person can put a tag on. */
export type Tagged = { readonly name: string; readonly tags: Readonly<Record<string, string>> };

export const tagged = (name: string, tags: Tagged['tags'] = {}): Fact<Tagged> => ({
  kind: 'present',
  value: { name, tags },
});
