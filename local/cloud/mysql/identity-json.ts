import type { Server } from './server.ts';

/** The `identity` of a resource, left out when it has none. */
export const identityJson = (server: Server) => {
  if (server.generation === 'single')
    return server.identity ? { identity: { type: 'SystemAssigned', ...server.identity } } : {};
  const userAssignedIdentities = server.identities;
  if (Object.keys(userAssignedIdentities).length === 0) return {};
  return { identity: { type: 'UserAssigned', userAssignedIdentities } };
};
