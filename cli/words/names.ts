import { CONSUMER_KINDS, PROFILES } from '../../src/remediation/model/profiles.ts';

const KINDS = new Map<string, string>(CONSUMER_KINDS.map((kind) => [kind, PROFILES[kind].noun]));

/** The name of a kind of consumer. */
export const kindOf = (kind: string): string => KINDS.get(kind) ?? kind;

/** `keyExpired` is `key expired`: the code of a fault or step in words, by which people search the runbooks. */
export const spoken = (code: string): string => code.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);

/** The name at the end of a resource id or of the identifier of a key. */
export const nameAt = (id: string): string => {
  const key = /^https:\/\/([^./]+)[^/]*\/keys\/([^/]+)/.exec(id);
  return key ? `${key[1]}/${key[2]}` : (id.split('/').filter(Boolean).at(-1) ?? id);
};

/** The shown digits of a plan's id; they are enough to find the plan. */
export const numberOf = (planId: string): string => planId.slice(0, 8);
