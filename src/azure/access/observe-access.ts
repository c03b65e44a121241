import { type Access, type ConsumerFacts, type Fact, present, type VaultFacts } from '../../remediation/model/facts.ts';
import type { KeyRef } from '../../remediation/model/key-ref.ts';
import { profileOf } from '../../remediation/model/profiles.ts';
import { inParallel } from '../connection/in-parallel.ts';
import { lazily } from '../connection/once.ts';
import { policyAccess } from './policy-access.ts';
import type { Right } from './role.ts';
import {
  type AccessQuestion,
  KEY_RIGHTS,
  mayBeGroup,
  type RoleAssignment,
  type RoleGrant,
  reachesKey,
  roleAccess,
} from './role-access.ts';
import type { AssignmentsAt, RoleReads } from './role-reads.ts';

export type AccessSources = Pick<RoleReads, 'roleOf'> & { readonly assignments: AssignmentsAt };

/** A key in a vault that is there, and who uses it. */
export type UsedKey = {
  readonly key: KeyRef;
  readonly vault: VaultFacts;
  readonly consumers: readonly ConsumerFacts[];
};

type AccessByPrincipal = Readonly<Record<string, Fact<Access>>>;

/** Principals of the consumers, lower-cased, and whether one that reads the vault is among those behind each (S1.20). */
const principalsOf = (consumers: readonly ConsumerFacts[]): ReadonlyMap<string, boolean> => {
  const principals = new Map<string, boolean>();
  for (const { kind, principalId } of consumers) {
    if (principalId.kind !== 'present') continue;
    const id = principalId.value.toLowerCase();
    principals.set(id, (principals.get(id) ?? false) || profileOf(kind).readsVault);
  }
  return principals;
};

const isWhole = (seen: Fact<Access>, { rights }: AccessQuestion): boolean =>
  seen.kind === 'present' &&
  rights.every((right) => (right === 'reader' ? seen.value.reader : seen.value.permissions.includes(right)));

/** The roles of groups are read only where the principal's own leave something open. */
const accessByRoles = async (
  { roleOf }: AccessSources,
  assignments: readonly RoleAssignment[],
  question: AccessQuestion,
): Promise<Fact<Access>> => {
  const grantsOf = (some: readonly RoleAssignment[]): Promise<RoleGrant[]> =>
    inParallel(some, async (one) => ({ ...one, role: await roleOf(one.roleDefinitionId) }));
  const here = assignments.filter((one) => reachesKey(question, one));
  const own = await grantsOf(here.filter(({ principalId }) => principalId === question.principalId));
  const seen = roleAccess(own, question);
  if (isWhole(seen, question)) return seen;
  const groups = here.filter((one) => one.principalId !== question.principalId && mayBeGroup(one));
  return roleAccess([...own, ...(await grantsOf(groups))], question);
};

/**
 * What the identity of every consumer may do with the key, by the permission model of its vault. By access policies: no
 * call. By roles, and for disk encryption sets also whether they may read the vault: one list of assignments, and each role
 * that counts once in ten minutes. Nothing is asked where nobody has an identity.
 */
export const observeAccess = async (
  sources: AccessSources,
  { key, vault, consumers }: UsedKey,
): Promise<AccessByPrincipal> => {
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
  const accessOf = async ([principalId, readsVault]: readonly [string, boolean]) => {
    const reader: readonly Right[] = readsVault ? ['reader'] : [];
    const seen = await asked(principalId, byRoles ? [...KEY_RIGHTS, ...reader] : reader);
    if (byRoles) return [principalId, seen] as const;
    const permissions = policyAccess(vault, principalId);
    return [principalId, present({ ...(seen.kind === 'present' && seen.value), permissions })] as const;
  };
  return Object.fromEntries(await inParallel([...principalsOf(consumers)], accessOf));
};
