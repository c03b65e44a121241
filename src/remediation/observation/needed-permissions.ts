import type { KeyPermission } from '../model/key-permission.ts';
import { type ConsumerKind, profileOf } from '../model/profiles.ts';

/** What a consumer of this kind needs of its key, sorted: exactly this is ever granted. `undefined` where that is not known. */
export const neededBy = (kind: ConsumerKind): readonly KeyPermission[] | undefined => {
  const { needs } = profileOf(kind);
  return needs === 'unsaid' ? undefined : needs;
};

/** What such a consumer needs and these permissions lack; `undefined` where nobody knows what it needs. */
export const missingPermissions = (
  kind: ConsumerKind,
  permissions: readonly KeyPermission[],
): readonly KeyPermission[] | undefined => neededBy(kind)?.filter((needed) => !permissions.includes(needed));
