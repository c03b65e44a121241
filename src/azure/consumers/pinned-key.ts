import type { PinnedKey } from '../../remediation/model/facts.ts';
import { parseKeyId } from '../../remediation/model/key-ref.ts';
import type { NamesVersion } from '../../remediation/model/profiles/profile.ts';

/** Why a resource with this key id uses no key version: half a sentence, after the resource's name. */
export const whyNotPinned = (kid: string): string =>
  parseKeyId(kid) === undefined
    ? `names no key version: '${kid}' is no key identifier of a vault or a Managed HSM; set one with its version`
    : `names a key without its version: which one of '${kid}' it uses nobody can tell; set the key with its version`;

/**
 * The pinned key of this key id. `stated`: the version that the resource states in another member, if any. `undefined`
 * where the id is no key identifier.
 */
export const pinnedKey = (trait: NamesVersion, kid: string, stated?: string): PinnedKey | undefined => {
  const parsed = parseKeyId(kid);
  if (!parsed) return undefined;
  const { key, version = stated?.toLowerCase() } = parsed;
  if (version !== undefined) return { key, version, kid };
  if (trait.names === 'always')
    return { key, version: { kind: 'unknown', reason: whyNotPinned(kid), isOwed: true }, kid };
  const reason = `${kid} names no version, and nothing beside it states which is in use`;
  return { key, version: { kind: 'unknown', reason, ...(trait.lag !== undefined && { lag: trait.lag }) }, kid };
};
