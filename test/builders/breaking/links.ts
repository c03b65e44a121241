import type { KeyPermission } from '../../../src/remediation/model/key-permission.ts';

/**
 * The links of an access path that can be broken independently of each other, in the order in which all of them can be broken at
 * once. A copy must be made of a healthy source; access must be taken from the principal that is still its consumer's; a deleted
 * key refuses every change of its attributes, and a deleted vault every change of its content.
 */
export const LINKS = [
  'copyFresh',
  'accessRemoved',
  'identityRemoved',
  'keyExpired',
  'keyDisabled',
  'keyDeleted',
  'networkClosed',
  'vaultDeleted',
] as const;

export type Link = (typeof LINKS)[number];

/** `set`: a disk encryption set with a running machine on it. */
export type Kind = 'single' | 'flexible' | 'set';

export const KINDS = ['single', 'flexible', 'set'] as const;

export type Model = 'accessPolicies' | 'roles';

/** Sets have no copies. */
export const linksOf = (kind: Kind): readonly Link[] =>
  kind === 'set' ? LINKS.filter((link) => link !== 'copyFresh') : LINKS;

/** The key permissions that each kind needs, and no more (S1.19, S2.15 to S2.17, flexible server: also list). */
export const NEEDS: Readonly<Record<Kind, readonly KeyPermission[]>> = {
  single: ['get', 'unwrapKey', 'wrapKey'],
  flexible: ['get', 'list', 'unwrapKey', 'wrapKey'],
  set: ['get', 'unwrapKey', 'wrapKey'],
};
