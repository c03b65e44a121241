import { diskEncryptionSet } from './profiles/disk-encryption-set.ts';
import { mysqlFlexibleServer } from './profiles/mysql-flexible-server.ts';
import { mysqlSingleServer } from './profiles/mysql-single-server.ts';
import type { Profile } from './profiles/profile.ts';
import { unknownKind } from './profiles/unknown-kind.ts';

/** Every kind of consumer that the product knows. A kind is in rows and in the ledger: its name is never changed. */
export const PROFILES = {
  mysqlSingleServer,
  mysqlFlexibleServer,
  diskEncryptionSet,
} as const satisfies Readonly<Record<string, Profile>>;

export type ConsumerKind = keyof typeof PROFILES;

export const CONSUMER_KINDS = Object.keys(PROFILES) as readonly ConsumerKind[];

/** The profile of a kind, with careful answers where this version of the product does not know it, as of a row that is kept. */
export const profileOf = (kind: string): Profile =>
  Object.hasOwn(PROFILES, kind) ? PROFILES[kind as ConsumerKind] : unknownKind;

/** The profile of the resources of an ARM type, in whatever casing; `undefined` where those are no consumers. */
export const profileOfType = (resourceType: string): Profile | undefined =>
  Object.values(PROFILES).find((one) => one.resourceType === resourceType.toLowerCase());
