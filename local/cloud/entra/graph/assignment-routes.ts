import { z } from 'zod';
import type { Principal } from '../entra.ts';
import { badRequest, notFound } from './graph-error.ts';
import type { GraphCall, GraphRoute } from './graph-route.ts';
import { demand, type Rights } from './permissions.ts';
import { listed } from './query.ts';
import { createServicePrincipals } from './service-principal-routes.ts';

const assignment = z.strictObject({ principalId: z.guid(), resourceId: z.guid(), appRoleId: z.guid() });

/** Access without any role. */
const DEFAULT_ROLE = '00000000-0000-0000-0000-000000000000';

type Holder = { name: string; type: 'User' | 'ServicePrincipal' | 'Group' };

const holderOf = ({ entra }: Rights, id: string): Holder => {
  const principal = entra.principal(id);
  if (principal) return { name: principal.name, type: principal.kind };
  const group = entra.groups.get(id);
  if (!group) throw notFound(id);
  return { name: group.name, type: 'Group' };
};

/** Checks that a role exists, is enabled, and allows members of the kind of this principal. */
const refuseRole = (
  roles: readonly { id: string; isEnabled: boolean; allowedMemberTypes: string[] }[],
  id: string,
  { type }: Holder,
) => {
  if (id === DEFAULT_ROLE && roles.length === 0) return;
  const role = roles.find((one) => one.id === id.toLowerCase());
  if (!role?.isEnabled) throw badRequest('Permission being assigned was not found on application.');
  const member = type === 'ServicePrincipal' ? 'Application' : 'User';
  if (!role.allowedMemberTypes.includes(member))
    throw badRequest(`Permission being assigned is not allowed for a ${type}.`);
};

const assign = (rights: Rights, { params, body, caller }: GraphCall) => {
  const { existing, shown } = createServicePrincipals(rights);
  const { registrations } = rights.entra;
  const resource: Principal = existing(params['id']);
  demand(rights, caller, 'assignRole', registrations.find(resource.appId ?? ''));
  const read = assignment.safeParse(body);
  if (!read.success) throw badRequest(`One or more properties are invalid: ${z.prettifyError(read.error)}`);
  const { principalId, resourceId, appRoleId } = read.data;
  if (resourceId !== resource.objectId) throw badRequest('The resourceId is another one than that of the path.');
  const holder = holderOf(rights, principalId);
  refuseRole(shown(resource).appRoles, appRoleId, holder);
  const isThere = registrations
    .assignments()
    .some((one) => one.principalId === principalId && one.appRoleId === appRoleId && one.resourceId === resourceId);
  if (isThere) throw badRequest('Permission being assigned already exists on the object');
  const names = { principalDisplayName: holder.name, principalType: holder.type, resourceDisplayName: resource.name };
  return { status: 201, body: registrations.assign({ ...read.data, ...names }) };
};

/** https://learn.microsoft.com/graph/api/serviceprincipal-post-approleassignedto */
export const assignmentRoutes = (rights: Rights): GraphRoute[] => {
  const { existing } = createServicePrincipals(rights);
  const { registrations } = rights.entra;
  const path = '/v1.0/servicePrincipals/{id}/appRoleAssignedTo';
  return [
    {
      method: 'GET',
      path,
      handle: (call) => {
        demand(rights, call.caller, 'read');
        const { objectId } = existing(call.params['id']);
        const own = registrations.assignments().filter(({ resourceId }) => resourceId === objectId);
        return { status: 200, body: listed(own, { ...call, filterable: [] }) };
      },
    },
    { method: 'POST', path, handle: (call) => assign(rights, call) },
    {
      method: 'DELETE',
      path: `${path}/{assignment}`,
      handle: ({ params, caller }) => {
        const resource = existing(params['id']);
        demand(rights, caller, 'assignRole', registrations.find(resource.appId ?? ''));
        const found = registrations.assignments().find(({ id }) => id === params['assignment']);
        if (!found) throw notFound(params['assignment'] ?? '');
        registrations.unassign(found.id);
        return { status: 204 };
      },
    },
  ];
};
