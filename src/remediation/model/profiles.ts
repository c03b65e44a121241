import { diskEncryptionSet } from './profiles/disk-encryption-set.ts';
import { mysqlFlexibleServer } from './profiles/mysql-flexible-server.ts';
import { mysqlSingleServer } from './profiles/mysql-single-server.ts';
import type { Profile } from './profiles/profile.ts';
import { unknownKind } from './profiles/unknown-kind.ts';

/** Every kind of consumer that the product knows. Rows and the ledger store the name of a kind: it must never be changed. */
export const PROFILES = {
  mysqlSingleServer,
  mysqlFlexibleServer,
  diskEncryptionSet,
} as const satisfies Readonly<Record<string, Profile>>;

export type ConsumerKind = keyof typeof PROFILES;

export const CONSUMER_KINDS = Object.keys(PROFILES) as readonly ConsumerKind[];

/**
 * The profile of a kind. A stored row may name a kind that this release does not know: then the profile with the careful answers.
 */
export const profileOf = (kind: string): Profile =>
  Object.hasOwn(PROFILES, kind) ? PROFILES[kind as ConsumerKind] : unknownKind;

/** The profile of an ARM type, in any casing; `undefined` where resources of that type are no consumers. */
export const profileOfType = (resourceType: string): Profile | undefined =>
  Object.values(PROFILES).find((one) => one.resourceType === resourceType.toLowerCase());
