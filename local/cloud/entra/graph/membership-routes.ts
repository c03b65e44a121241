import { notFound } from './graph-error.ts';
import type { GraphRoute } from './graph-route.ts';
import { demand, type Rights } from './permissions.ts';

/** https://learn.microsoft.com/graph/api/serviceprincipal-list-transitivememberof: groups, also through other groups. */
export const membershipRoutes = (rights: Rights): GraphRoute[] => [
  {
    method: 'GET',
    path: '/v1.0/servicePrincipals/{id}/transitiveMemberOf',
    handle: ({ params, caller }) => {
      demand(rights, caller, 'read');
      const { entra } = rights;
      const found = entra.principal((params['id'] ?? '').toLowerCase());
      if (found?.kind !== 'ServicePrincipal') throw notFound(params['id'] ?? '');
      const value = entra.groups.of(found.objectId).map((id) => ({
        '@odata.type': '#microsoft.graph.group',
        id,
        displayName: entra.groups.get(id)?.name,
        securityEnabled: true,
      }));
      return { status: 200, body: { value } };
    },
  },
];
