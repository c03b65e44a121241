import type { PinnedKey } from '../../remediation/model/facts.ts';
import { parseKeyId } from '../../remediation/model/key-ref.ts';
import type { NamesVersion } from '../../remediation/model/profiles/profile.ts';

/**
 * The key of this id, as a resource that names it so uses it. `stated`: the version that the resource states beside it, if
 * any. `undefined` where it is no key identifier, or lacks the version that its kind must name.
 */
export const pinnedKey = (trait: NamesVersion, kid: string, stated?: string): PinnedKey | undefined => {
  const parsed = parseKeyId(kid);
  if (!parsed) return undefined;
  const { key, version = stated?.toLowerCase() } = parsed;
  if (version !== undefined) return { key, version, kid };
  if (trait.names === 'always') return undefined;
  const reason = `${kid} names no version, and nothing beside it states which is in use`;
  return { key, version: { kind: 'unknown', reason, ...(trait.lag !== undefined && { lag: trait.lag }) }, kid };
};
