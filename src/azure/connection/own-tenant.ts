import type { Connection } from './connection.ts';

/** The tenant of the product's own identity, which is that of its subscriptions: what `az keyvault recover` takes too. */
export const ownTenant = async ({ cloud, credential }: Connection): Promise<string> => {
  const token = await (await credential()).getToken(`${cloud.armEndpoint}/.default`);
  const { decodeJwt } = await import('jose');
  const tenant = token && decodeJwt(token.token)['tid'];
  if (typeof tenant !== 'string') throw new Error('the token of the managed identity names no tenant');
  return tenant;
};
