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

/** What the keys of one observation have in common. */
export type UseSources = AccessSources & Pick<SharedReads, 'readIdentity'> & { readonly firstKeys: FirstKeys };

type AccessByPrincipal = Readonly<Record<string, Fact<Access>>>;
type Direct = NonNullable<KeyObservation['direct']>;

const accessOf = (access: AccessByPrincipal, { principalId }: ConsumerFacts): Fact<Access> | undefined =>
  principalId.kind === 'present' ? access[principalId.value.toLowerCase()] : undefined;

/** Whether the identity of a consumer lacks something that it needs, but for what a group may give it. */
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
 * Who may use the key, beside what `observeAccess` costs: where access is missing, one call for each user-assigned identity
 * that lacks it, since an identity that is gone has none; and under access policies one list of the vault's keys, which a
 * new policy would open too.
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
