import type { KeyPermission } from '../model/key-permission.ts';
import { type ConsumerKind, profileOf } from '../model/profiles.ts';

/**
 * The permissions that a consumer of this kind needs on its key, sorted: the product grants exactly these. `undefined` where that
 * is not known.
 */
export const neededBy = (kind: ConsumerKind): readonly KeyPermission[] | undefined => {
  const { needs } = profileOf(kind);
  return needs === 'unsaid' ? undefined : needs;
};

/** The permissions that such a consumer needs and that are not among these; `undefined` where its needs are not known. */
export const missingPermissions = (
  kind: ConsumerKind,
  permissions: readonly KeyPermission[],
): readonly KeyPermission[] | undefined => neededBy(kind)?.filter((needed) => !permissions.includes(needed));
