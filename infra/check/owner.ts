import type { Principal } from '../../local/cloud/entra/entra.ts';
import type { Deployable } from './deployable.ts';

const ARM = 'https://management.azure.com';

/** Writes a resource, whole or in part, with the rights of the owner. */
export type Write = (method: 'PUT' | 'PATCH', id: string, version: string, body: object) => Promise<void>;

export const writingAs = async ({ cloud, send }: Deployable, principal: Principal): Promise<Write> => {
  const authorization = `Bearer ${await cloud.world.entra.issue({ principal, audience: ARM })}`;
  return async (method, id, version, body) => {
    const headers = { authorization, 'content-type': 'application/json' };
    const answer = await send({ method, url: `${ARM}${id}?api-version=${version}`, headers, body });
    if (answer.status >= 300) throw new Error(`${method} ${id}: ${answer.status} ${JSON.stringify(answer.body)}`);
  };
};

/** A person who owns the subscription, for acts that neither the deployer nor the engineer does. */
export const writingAsOwner = async (place: Deployable, name: string): Promise<Write> => {
  const { entra, rbac } = place.cloud.world;
  const principal = entra.createUser({ name });
  const { objectId: principalId } = principal;
  rbac.assign({ scope: `/subscriptions/${place.subscription}`, role: 'Owner', principalId, principalType: 'User' });
  return writingAs(place, principal);
};
