import { z } from 'zod';
import type { Principal } from '../entra.ts';
import { FIRST_PARTIES } from '../first-party.ts';
import { badRequest, GraphError, notFound } from './graph-error.ts';
import type { GraphCall, GraphRoute } from './graph-route.ts';
import { demand, type Rights } from './permissions.ts';
import { listed, selected } from './query.ts';

/** The writable properties of a service principal: https://learn.microsoft.com/graph/api/resources/serviceprincipal */
const creation = z.strictObject({
  appId: z.guid(),
  appRoleAssignmentRequired: z.boolean().optional(),
  tags: z.array(z.string()).optional(),
});
const change = creation.omit({ appId: true });

const parsed = <Body>(schema: z.ZodType<Body>, body: unknown): Body => {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  throw badRequest(`One or more properties are invalid: ${z.prettifyError(read.error)}`);
};

/** Every service principal of the tenant as Graph shows it: managed identities are among them. */
export const createServicePrincipals = ({ entra }: Rights) => {
  const { registrations } = entra;
  const shown = (one: Principal) => {
    const application = one.appId === undefined ? undefined : registrations.find(one.appId);
    return {
      id: one.objectId,
      appId: one.appId,
      displayName: one.name,
      servicePrincipalType: one.resourceId === undefined ? 'Application' : 'ManagedIdentity',
      accountEnabled: true,
      appRoleAssignmentRequired: registrations.assignmentRequired.get(one.objectId) ?? false,
      appRoles: application?.appRoles ?? [],
      oauth2PermissionScopes: application?.api.oauth2PermissionScopes ?? [],
      servicePrincipalNames: [one.appId, ...(application?.identifierUris ?? [])],
    };
  };
  const all = () =>
    entra.principals().filter(({ kind, tenantId }) => kind === 'ServicePrincipal' && tenantId === entra.tenantId);
  const existing = (id = ''): Principal => {
    const found = all().find(({ objectId }) => objectId === id.toLowerCase());
    if (!found) throw notFound(id);
    return found;
  };
  return { all, shown, existing };
};

const create = (rights: Rights, { body, caller }: GraphCall): Principal => {
  const { entra } = rights;
  const { appId, appRoleAssignmentRequired = false } = parsed(creation, body);
  const application = entra.registrations.find(appId);
  const name = application?.displayName ?? FIRST_PARTIES.find((one) => one.appId === appId)?.name;
  if (name === undefined)
    throw badRequest(`The appId '${appId}' of the service principal does not reference a valid application object.`);
  demand(rights, caller, 'createServicePrincipal', application);
  if (entra.principals().some((one) => one.appId === appId))
    throw new GraphError(
      409,
      'Request_MultipleObjectsWithSameKeyValue',
      `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
    );
  const made = entra.createServicePrincipal({ name, appId });
  entra.registrations.assignmentRequired.set(made.objectId, appRoleAssignmentRequired);
  return made;
};

/** https://learn.microsoft.com/graph/api/resources/serviceprincipal */
export const servicePrincipalRoutes = (rights: Rights): GraphRoute[] => {
  const { all, shown, existing } = createServicePrincipals(rights);
  const { registrations } = rights.entra;
  return [
    {
      method: 'GET',
      path: '/v1.0/servicePrincipals',
      handle: (call) => {
        demand(rights, call.caller, 'read');
        const filterable = ['appId', 'displayName', 'id'];
        return { status: 200, body: listed(all().map(shown), { ...call, filterable }) };
      },
    },
    {
      method: 'POST',
      path: '/v1.0/servicePrincipals',
      handle: (call) => ({ status: 201, body: shown(create(rights, call)) }),
    },
    {
      method: 'GET',
      path: '/v1.0/servicePrincipals/{id}',
      handle: ({ params, query, caller }) => {
        demand(rights, caller, 'read');
        return { status: 200, body: selected(shown(existing(params['id'])), query) };
      },
    },
    {
      method: 'PATCH',
      path: '/v1.0/servicePrincipals/{id}',
      handle: ({ params, body, caller }) => {
        const { objectId, appId = '' } = existing(params['id']);
        demand(rights, caller, 'update', registrations.find(appId));
        const { appRoleAssignmentRequired } = parsed(change, body);
        if (appRoleAssignmentRequired !== undefined)
          registrations.assignmentRequired.set(objectId, appRoleAssignmentRequired);
        return { status: 204 };
      },
    },
  ];
};
