import {
  type Access,
  type ConsumerFacts,
  type Fact,
  type KeyObservation,
  present,
} from '../../remediation/model/facts.ts';
import { missingPermissions } from '../../remediation/observation/needed-permissions.ts';
import { type AccessSources, type KeyAndUsers, observeAccess } from '../access/observe-access.ts';
import { withoutLostIdentities } from '../consumers/user-identities.ts';
import type { FirstKeys } from '../key-vault/first-keys.ts';
import type { SharedReads } from './observe-consumers.ts';

/** The sources that the keys of one observation share. */
export type UseSources = AccessSources & Pick<SharedReads, 'readIdentity'> & { readonly firstKeys: FirstKeys };

type AccessByPrincipal = Readonly<Record<string, Fact<Access>>>;
type Direct = NonNullable<KeyObservation['direct']>;

const accessOf = (access: AccessByPrincipal, { principalId }: ConsumerFacts): Fact<Access> | undefined =>
  principalId.kind === 'present' ? access[principalId.value.toLowerCase()] : undefined;

/** Whether the identity of a consumer lacks a permission that no group can give. */
const lacksAccess =
  (access: AccessByPrincipal, direct: Direct) =>
  (consumer: ConsumerFacts): boolean => {
    const fact = accessOf(access, consumer);
    if (consumer.principalId.kind === 'present' && consumer.principalId.value.toLowerCase() in direct) return true;
    return fact?.kind === 'present' && (missingPermissions(consumer.kind, fact.value.permissions) ?? []).length > 0;
  };

const ofPrincipals = <Of>(
  access: Readonly<Record<string, Of>>,
  consumers: readonly ConsumerFacts[],
): Readonly<Record<string, Of>> =>
  Object.fromEntries(
    Object.entries(access).filter(([principal]) =>
      consumers.some(
        ({ principalId }) => principalId.kind === 'present' && principalId.value.toLowerCase() === principal,
      ),
    ),
  );

/**
 * Which identities may use the key. Additional calls beside `observeAccess`, where access is missing: one for each
 * user-assigned identity without access, since a deleted identity has none; and with access policies one list of the
 * vault's keys, because a new policy would give access to all of them.
 */
export const observeUse = async (
  sources: UseSources,
  used: KeyAndUsers,
): Promise<Pick<KeyObservation, 'access' | 'consumers' | 'direct' | 'otherKeys'>> => {
  const { key, vault } = used;
  const { access, direct } = await observeAccess(sources, used);
  const lacking = lacksAccess(access, direct);
  const consumers = await withoutLostIdentities(sources.readIdentity, used.consumers, lacking);
  const seen = {
    access: ofPrincipals(access, consumers),
    consumers: present(consumers),
    ...(Object.keys(direct).length > 0 && { direct: ofPrincipals(direct, consumers) }),
  };
  if (vault.permissionModel !== 'accessPolicies' || !consumers.some(lacking)) return seen;
  const keys = await sources.firstKeys(vault.id);
  const otherKeys = keys.kind === 'present' ? present(keys.value.some((name) => name !== key.name)) : keys;
  return { ...seen, otherKeys };
};
