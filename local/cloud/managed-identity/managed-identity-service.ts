import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import { page } from '../arm/page.ts';
import { resourceId, sameId } from '../arm/resource-id.ts';
import type { Principal } from '../entra/entra.ts';
import type { Call, ResourceSummary, Route, Service, World } from '../service.ts';
import { type ManagedIdentities, IDENTITY_TYPE as type, type UserIdentity } from './managed-identities.ts';

const apiVersions = ['2018-11-30', '2023-01-31', '2024-11-30', '2025-05-31-preview'];

/** Microsoft.ManagedIdentity/userAssignedIdentities, 2023-01-31. */
export const managedIdentityService = (world: World, identities: ManagedIdentities): Service => {
  const one = `/subscriptions/{subscription}/resourceGroups/{group}/providers/${type}/{name}`;
  const route = (method: string, path: string, verb: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method,
    path,
    apiVersions,
    action: `${type}/${verb}`,
    handle,
  });
  const body = (identity: UserIdentity) => identityJson(identity, world.entra.managedIdentity(identity.id));
  const below = (call: Call) =>
    identities
      .all()
      .filter(({ id }) => `${id}/`.toLowerCase().startsWith(call.path.replace(/providers\/.*$/i, '').toLowerCase()));
  return {
    name: 'managed-identity',
    breaks: [],
    snapshot: () => identities.all().map(body),
    graph: {
      resources: (id) =>
        (id === undefined ? identities.all() : [identities.get(id)].flatMap((each) => each ?? [])).map(body),
    },
    remove: (id) => {
      if (identities.get(id)) identities.remove(id);
    },
    resources: () => identities.all().map((each): ResourceSummary => ({ ...each, type })),
    routes: [
      route('GET', one, 'read', (call) => ({ status: 200, body: body(known(identities, call)) })),
      route('PUT', one, 'write', (call) => put(world, identities, call, body)),
      route('DELETE', one, 'delete', (call) => {
        const found = identities.get(idOf(call));
        if (found) identities.remove(found.id);
        return { status: found ? 200 : 204 };
      }),
      route('GET', `/subscriptions/{subscription}/resourceGroups/{group}/providers/${type}`, 'read', (call) =>
        page(call, below(call).map(body)),
      ),
      route('GET', `/subscriptions/{subscription}/providers/${type}`, 'read', (call) =>
        page(call, below(call).map(body)),
      ),
    ],
  };
};

const idOf = ({ params }: Call): string => {
  const { subscription = '', group = '', name = '' } = params;
  return resourceId({ subscription, group, type, name });
};

const known = (identities: ManagedIdentities, call: Call): UserIdentity => {
  const found = identities.all().find(({ id }) => sameId(id, idOf(call)));
  if (found) return found;
  const { name, group } = call.params;
  const message = `The Resource '${type}/${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
  throw new AzureError(404, 'ResourceNotFound', message);
};

const identityBody = z.object({ location: z.string(), tags: z.record(z.string(), z.string()).optional() });

const put = (world: World, identities: ManagedIdentities, call: Call, json: (identity: UserIdentity) => unknown) => {
  const parsed = identityBody.safeParse(call.body);
  if (!parsed.success)
    throw new AzureError(400, 'LocationRequired', 'The location property is required for this definition.');
  const { subscription = '', group = '', name = '' } = call.params;
  const existed = identities.get(idOf(call)) !== undefined;
  const { location, tags } = parsed.data;
  const made = identities.create({ subscription, group, name, location, ...(tags ? { tags } : {}) });
  world.changed({ kind: 'resourceWritten', resourceId: made.id, at: world.clock.now() });
  return { status: existed ? 200 : 201, body: json(made) };
};

const identityJson = ({ id, name, location, tags }: UserIdentity, principal: Principal | undefined) => ({
  id,
  name,
  type,
  location,
  tags,
  properties: { tenantId: principal?.tenantId, principalId: principal?.objectId, clientId: principal?.appId },
});
