import type { TokenCredential } from '@azure/core-auth';
import type { Cloud } from './clouds.ts';

/** The product's own identity, from its token. Ids are lower-cased. */
export type OwnIdentity = { readonly objectId: string; readonly tenantId: string };

/**
 * Reads the identity from a token of the managed identity, which the product needs anyway. Throws where the token has
 * no such claims.
 */
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
