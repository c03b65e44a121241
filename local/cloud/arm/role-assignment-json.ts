import type { RoleAssignment } from './rbac.ts';
import { roleDefinitionId } from './role-definition-json.ts';

export const ASSIGNMENTS = 'Microsoft.Authorization/roleAssignments';

/** The resource id of an assignment. */
export const assignmentId = ({ scope, name }: RoleAssignment): string =>
  `${scope === '/' ? '' : scope}/providers/${ASSIGNMENTS}/${name}`;

/** A role assignment as 2022-04-01 writes it. */
export const assignmentJson = (assignment: RoleAssignment) => {
  const { scope, name, role, principalId, principalType, madeAt, madeBy, writtenAt, writtenBy, condition } = assignment;
  return {
    id: assignmentId(assignment),
    type: ASSIGNMENTS,
    name,
    properties: {
      scope,
      roleDefinitionId: roleDefinitionId(scope, role),
      principalId,
      principalType,
      condition: condition ?? null,
      conditionVersion: condition === undefined ? null : '2.0',
      createdOn: new Date(madeAt).toISOString(),
      updatedOn: new Date(writtenAt).toISOString(),
      createdBy: madeBy,
      updatedBy: writtenBy,
      delegatedManagedIdentityResourceId: null,
      description: null,
    },
  };
};
