import { apiVersion } from '../../remediation/model/api-versions.ts';
import type { Connection } from '../connection/connection.ts';
import { classify } from '../failure/classify.ts';
import { toFailure } from '../failure/failure.ts';
import { pagesFrom } from '../http/pages.ts';
import { openServiceSender, type Send } from '../http/sender.ts';

export const KEYS_API = apiVersion('Key Vault keys (data plane)');

/** The codes by which the data plane says that a firewall blocks the product. */
export const FIREWALLS: readonly string[] = ['ForbiddenByFirewall', 'ForbiddenByConnection'];

type Transport = Pick<Connection, 'cloud' | 'credential' | 'httpClient'>;

/** Whether this is the address of a vault in this cloud: only there the token may be sent, whatever address a vault has. */
const isOfVault = (url: string, vaultResource: string): boolean => {
  const { host, protocol } = new URL(url);
  const [name = '', ...domain] = host.split('.');
  return protocol === 'https:' && name !== '' && domain.join('.') === new URL(vaultResource).host;
};

/** Sends to the data planes of all vaults: one audience of tokens serves them. Refuses any other host. Makes no call. */
export const openDataPlane = async ({ cloud, credential, httpClient }: Transport): Promise<Send> => {
  const send = await openServiceSender({
    service: 'Key Vault',
    resource: cloud.vaultResource,
    credential: await credential(),
    httpClient: await httpClient(),
  });
  return async (request) => {
    if (isOfVault(request.url, cloud.vaultResource)) return send(request);
    throw new Error(`'${new URL(request.url).origin}' is no vault of this cloud: no token is sent there`);
  };
};

/**
 * A list of a vault's data plane, page by page: one call for each. `path` is relative to the vault. The SDK is not used, because
 * its pager hides Azure's reason behind a plain 403. Throws Azure's refusals.
 */
export async function* dataPlanePages<Item>(
  sender: () => Promise<Send>,
  vaultUri: string,
  path: string,
): AsyncGenerator<readonly Item[]> {
  const { origin } = new URL(vaultUri);
  const follow = async (url: string): Promise<unknown> => {
    if (new URL(url).origin !== origin) throw new Error(`'${url}' is not on ${vaultUri}: no token is sent there`);
    return (await (await sender())({ url, method: 'GET' })).body;
  };
  const pages = pagesFrom(new URL(`${path}?api-version=${KEYS_API}`, vaultUri).href, follow);
  for await (const page of pages) yield page as readonly Item[];
}

/**
 * Whether the host of a vault answers. After a recovery it does not answer for a while, although the control plane
 * shows the vault again. A refusal counts as an answer: firewall and permissions apply again. One call.
 */
export const answersAt = async (connection: Transport, vaultUri: string): Promise<boolean> => {
  const send = await openDataPlane(connection);
  try {
    await send({ url: new URL(`keys?api-version=${KEYS_API}&maxresults=1`, vaultUri).href, method: 'GET' });
    return true;
  } catch (error) {
    return classify(toFailure(error)) === 'denied';
  }
};
