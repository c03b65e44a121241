import { z } from 'zod';
import { type Assignment, type Fact, type Group, present, unknown } from '../facts.ts';
import type { Arm } from './arm.ts';

const assignment = z.object({
  properties: z.object({ scope: z.string(), roleDefinitionId: z.string(), condition: z.string().nullish() }),
});

const definition = z.object({
  properties: z.object({
    roleName: z.string(),
    permissions: z.array(
      z.object({ actions: z.array(z.string()).default([]), dataActions: z.array(z.string()).default([]) }),
    ),
  }),
});

const ASSIGNMENTS = 'Microsoft.Authorization/roleAssignments';
const DEFINITIONS = 'Microsoft.Authorization/roleDefinitions';

/**
 * A role that cannot be read counts as a role without permissions: the doctor then reports the missing part, with the command
 * that assigns it. The role is read in the subscription of the list: the id of a role that is assigned at a management group is
 * in the tenant, where the caller may have no rights.
 */
const roleOf = async (
  arm: Arm,
  scope: string,
  id: string,
): Promise<Pick<Assignment, 'roleName' | 'actions' | 'dataActions'>> => {
  const read = await arm.get(`${scope}/providers/${DEFINITIONS}/${id.split('/').at(-1)}`, DEFINITIONS);
  const parsed = read.kind === 'present' ? definition.safeParse(read.value) : undefined;
  if (!parsed?.success) return { roleName: id.split('/').at(-1) ?? id, actions: [], dataActions: [] };
  const { roleName, permissions } = parsed.data.properties;
  return {
    roleName,
    actions: permissions.flatMap(({ actions }) => actions),
    dataActions: permissions.flatMap(({ dataActions }) => dataActions),
  };
};

const readHeldBy = async (arm: Arm, scope: string, principalId: string): Promise<Fact<readonly Assignment[]>> => {
  const filter = { $filter: `principalId eq '${principalId}'` };
  const listed = await arm.list(`${scope}/providers/${ASSIGNMENTS}`, ASSIGNMENTS, filter);
  if (listed.kind !== 'present') return listed;
  const read = z.array(assignment).safeParse(listed.value);
  if (!read.success) return unknown(`they are not understood: ${z.prettifyError(read.error)}`);
  const ids = [...new Set(read.data.map(({ properties }) => properties.roleDefinitionId))];
  const roles = new Map(await Promise.all(ids.map(async (id) => [id, await roleOf(arm, scope, id)] as const)));
  return present(
    read.data.flatMap(({ properties: { scope, roleDefinitionId, condition } }) => {
      const role = roles.get(roleDefinitionId);
      return role ? [{ scope, roleId: roleDefinitionId, ...role, ...(condition && { condition }) }] : [];
    }),
  );
};

/** The assignments of a principal and its groups at a subscription or management group, by its id, above it and below. */
export const readAssignments = async (
  arm: Arm,
  scope: string,
  { principalId, groups }: { readonly principalId: string; readonly groups: readonly Group[] },
): Promise<Fact<readonly Assignment[]>> => {
  const own = await readHeldBy(arm, scope, principalId);
  const all: Assignment[] = [];
  if (own.kind !== 'present') return own;
  for (const group of groups) {
    const held = await readHeldBy(arm, scope, group.id);
    if (held.kind === 'unknown') return held;
    if (held.kind === 'present') all.push(...held.value.map((one) => ({ ...one, through: group })));
  }
  return present([...own.value, ...all]);
};
