import {
  type Access,
  type ConsumerFacts,
  type Fact,
  type KeyObservation,
  present,
  type VaultFacts,
} from '../../remediation/model/facts.ts';
import type { KeyPermission } from '../../remediation/model/key-permission.ts';
import type { KeyRef } from '../../remediation/model/key-ref.ts';
import { profileOf } from '../../remediation/model/profiles.ts';
import { neededBy } from '../../remediation/observation/needed-permissions.ts';
import { inParallel } from '../connection/in-parallel.ts';
import { lazily } from '../connection/once.ts';
import { heldIn } from './held-in.ts';
import { policyAccess, policyAccessAmong } from './policy-access.ts';
import type { Right } from './role.ts';
import {
  type AccessQuestion,
  KEY_RIGHTS,
  type RoleAssignment,
  type RoleGrant,
  reachesKey,
  roleAccess,
} from './role-access.ts';
import type { AssignedTo, AssignmentsAt, RoleReads } from './role-reads.ts';

/**
 * `assignedTo`: asked only for principals whose access depends on membership in a group; left out where that is not
 * worth a call for each.
 */
export type AccessSources = Pick<RoleReads, 'roleOf'> & {
  readonly assignments: AssignmentsAt;
  readonly assignedTo?: AssignedTo;
  readonly ownObjectId: () => Promise<string | undefined>;
};

/** A key in a vault that exists, and the consumers of the key. */
export type KeyAndUsers = {
  readonly key: KeyRef;
  readonly vault: VaultFacts;
  readonly consumers: readonly ConsumerFacts[];
  /** Object ids of principals that are known to be no groups. */
  readonly principals?: readonly string[];
};

/**
 * A principal (lower case), the permissions on the key that its consumers need, and whether one of these consumers
 * reads the vault (S1.20).
 */
type User = { readonly principalId: string; readonly needed: readonly KeyPermission[]; readonly readsVault: boolean };

const usersOf = (consumers: readonly ConsumerFacts[]): readonly User[] => {
  const byPrincipal = Map.groupBy(consumers, ({ principalId }) =>
    principalId.kind === 'present' ? principalId.value.toLowerCase() : '',
  );
  byPrincipal.delete('');
  return [...byPrincipal].map(([principalId, own]) => ({
    principalId,
    needed: [...new Set(own.flatMap(({ kind }) => neededBy(kind) ?? []))],
    readsVault: own.some(({ kind }) => profileOf(kind).readsVault),
  }));
};

const isWhole = (seen: Fact<Access>, { rights }: AccessQuestion): boolean =>
  seen.kind === 'present' &&
  rights.every((right) => (right === 'reader' ? seen.value.reader : seen.value.permissions.includes(right)));

/**
 * Azure's filter `assignedTo` shows the roles that a principal holds through groups: a group in this list certainly has
 * the principal as a member.
 */
const throughGroups = async (
  { assignedTo }: AccessSources,
  grants: readonly RoleGrant[],
  { keyScope, principalId }: AccessQuestion,
): Promise<readonly RoleGrant[]> => {
  const listed = await assignedTo?.(keyScope, principalId);
  if (listed?.kind !== 'present') return grants;
  const isListed = (grant: RoleGrant): boolean =>
    listed.value.some(
      (one) =>
        one.principalId === grant.principalId &&
        one.scope === grant.scope &&
        one.roleDefinitionId === grant.roleDefinitionId,
    );
  return grants.map((grant) => (isListed(grant) ? { ...grant, holder: principalId } : grant));
};

/** The roles of groups are read only where the principal's own roles leave a question open. */
const accessByRoles = async (
  sources: AccessSources,
  assignments: readonly RoleAssignment[],
  question: AccessQuestion,
): Promise<Fact<Access>> => {
  const { roleOf } = sources;
  const grantsOf = (some: readonly RoleAssignment[]): Promise<RoleGrant[]> =>
    inParallel(some, async (one) => ({ ...one, role: await roleOf(one.roleDefinitionId) }));
  const reaching = (some: readonly RoleAssignment[]) => some.filter((one) => reachesKey(question, one));
  const { byPrincipal, mayBeOfGroups } = heldIn(assignments);
  const own = await grantsOf(reaching(byPrincipal.get(question.principalId) ?? []));
  const seen = roleAccess(own, question);
  if (isWhole(seen, question)) return seen;
  const groups = reaching(mayBeOfGroups.filter(({ principalId }) => principalId !== question.principalId));
  const possible = await grantsOf(groups);
  const may = roleAccess([...own, ...possible], question);
  if (possible.length === 0 || isWhole(may, question)) return may;
  return roleAccess([...own, ...(await throughGroups(sources, possible, question))], question);
};

type SeenAccess = {
  readonly principalId: string;
  readonly access: Fact<Access>;
  readonly direct?: readonly KeyPermission[];
};

/**
 * The permissions of every consumer's identity on the key, by the permission model of its vault. Access policies need
 * no call. Roles (and, for a disk encryption set, the right to read the vault) need one list of assignments, and one
 * read of each role in ten minutes. Where access depends on membership in a group, and the caller asks for it, one more
 * list for each principal. No call where no consumer has an identity.
 */
export const observeAccess = async (
  sources: AccessSources,
  { key, vault, consumers, principals = [] }: KeyAndUsers,
): Promise<Required<Pick<KeyObservation, 'access' | 'direct'>>> => {
  const vaultScope = vault.id.toLowerCase();
  const keyScope = `${vaultScope}/keys/${key.name}`;
  const byRoles = vault.permissionModel === 'rbac';
  const assignments = lazily(() => sources.assignments(byRoles ? keyScope : vaultScope));
  const asked = async (principalId: string, rights: readonly Right[]): Promise<Fact<Access>> => {
    if (rights.length === 0) return present({ permissions: [] });
    const listed = await assignments();
    if (listed.kind !== 'present') return listed;
    return accessByRoles(sources, listed.value, { principalId, keyScope, vaultScope, rights });
  };
  const users = usersOf(consumers);
  const known = new Set([
    ...principals,
    ...users.map(({ principalId }) => principalId),
    (await sources.ownObjectId()) ?? '',
  ]);
  const accessOf = async ({ needed, principalId, readsVault }: User): Promise<SeenAccess> => {
    const reader: readonly Right[] = readsVault ? ['reader'] : [];
    const seen = await asked(principalId, byRoles ? [...KEY_RIGHTS, ...reader] : reader);
    if (byRoles) return { principalId, access: seen };
    const permissions = policyAccessAmong(vault, principalId, { needed, known });
    if (permissions.kind !== 'present')
      return { principalId, access: permissions, direct: policyAccess(vault, principalId) };
    return {
      principalId,
      access: present({ ...(seen.kind === 'present' && seen.value), permissions: permissions.value }),
    };
  };
  const all = await inParallel(users, accessOf);
  return {
    access: Object.fromEntries(all.map(({ access, principalId }) => [principalId, access])),
    direct: Object.fromEntries(all.flatMap(({ direct, principalId }) => (direct ? [[principalId, direct]] : []))),
  };
};
