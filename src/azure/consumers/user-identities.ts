import { apiVersion } from '../../remediation/model/api-versions.ts';
import { absent, type ConsumerFacts, type Fact, present, unknown } from '../../remediation/model/facts.ts';
import type { Connection } from '../connection/connection.ts';
import { inParallel } from '../connection/in-parallel.ts';
import { isWithin } from '../connection/scope.ts';
import { readFact } from '../failure/read-fact.ts';

const API = apiVersion('Microsoft.ManagedIdentity/userAssignedIdentities');

/** A user-assigned identity, read as a resource. Ids are lower-cased. */
export type UserIdentity = { readonly principalId: string; readonly tenantId: string };

type IdentityJson = { readonly properties?: { readonly principalId?: string; readonly tenantId?: string } };

/** Reads a user-assigned identity by its id: one ARM call. Outside the scopes it is `unknown`. */
export const readUserIdentity = async (
  { arm, scopes }: Pick<Connection, 'arm' | 'scopes'>,
  id: string,
): Promise<Fact<UserIdentity>> => {
  if (!isWithin(id, scopes())) return unknown(`${id} is outside GUARDIAN_SCOPE`);
  const read = await readFact({ what: `identity ${id}`, scope: id }, async () => (await arm()).get(id, API));
  if (read.kind !== 'present') return read;
  const { principalId, tenantId } = (read.value as IdentityJson).properties ?? {};
  return principalId && tenantId
    ? present({ principalId: principalId.toLowerCase(), tenantId: tenantId.toLowerCase() })
    : unknown(`identity ${id} states no principal`);
};

/** A resource still shows the principal of a deleted identity, even where a new identity has the same name. */
const isGone = ({ principalId }: ConsumerFacts, identity: Fact<UserIdentity> | undefined): boolean =>
  identity?.kind === 'absent' ||
  (identity?.kind === 'present' && principalId.kind === 'present' && identity.value.principalId !== principalId.value);

const withoutPrincipal = (one: ConsumerFacts) => ({ ...one, principalId: absent, identityGone: true }) as const;

/** A single 404 proves nothing yet. */
const missedIn = ({ principalId }: ConsumerFacts, identity: Fact<UserIdentity> | undefined) =>
  identity?.kind === 'absent' && principalId.kind === 'present' ? { identityMissed: principalId.value } : {};

/**
 * Returns these consumers; a consumer loses its principal where its user-assigned identity does not exist any more.
 * Only consumers for which `isSuspect` is true are checked, each identity with one read. Where an identity cannot be
 * read, the principal that the consumer shows counts.
 */
export const withoutLostIdentities = async (
  read: (id: string) => Promise<Fact<UserIdentity>>,
  consumers: readonly ConsumerFacts[],
  isSuspect: (consumer: ConsumerFacts) => boolean,
): Promise<readonly ConsumerFacts[]> => {
  const identityOf = (one: ConsumerFacts): string | undefined =>
    one.identity?.kind === 'user' && one.principalId.kind === 'present' && isSuspect(one) ? one.identity.id : undefined;
  const ids = [...new Set(consumers.flatMap((one) => identityOf(one) ?? []))];
  const identities = await inParallel(ids, read);
  const known = new Map(ids.map((id, at) => [id, identities[at]]));
  return consumers.map((one) => {
    const identity = known.get(identityOf(one) ?? '');
    return isGone(one, identity) ? { ...withoutPrincipal(one), ...missedIn(one, identity) } : one;
  });
};
