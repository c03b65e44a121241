import type { TokenCredential } from '@azure/core-auth';
import type { Cloud } from './clouds.ts';

/** Who the product is, by its own token. Lower-cased. */
export type OwnIdentity = { readonly objectId: string; readonly tenantId: string };

/** Reads it off a token of the managed identity, which is asked for anyway. Throws where the token names no such claims. */
export const readOwnIdentity = async (
  { armEndpoint }: Cloud,
  credential: () => Promise<TokenCredential>,
): Promise<OwnIdentity> => {
  const token = await (await credential()).getToken(`${armEndpoint}/.default`);
  const { decodeJwt } = await import('jose');
  const { oid, tid }: Readonly<Record<string, unknown>> = token ? decodeJwt(token.token) : {};
  if (typeof oid !== 'string') throw new Error('the token of the managed identity names no object id');
  if (typeof tid !== 'string') throw new Error('the token of the managed identity names no tenant');
  return { objectId: oid.toLowerCase(), tenantId: tid.toLowerCase() };
};
