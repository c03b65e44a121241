import { apiVersion } from '../../remediation/model/api-versions.ts';
import type { Connection } from '../connection/connection.ts';
import { classify } from '../failure/classify.ts';
import { toFailure } from '../failure/failure.ts';
import { openServiceSender } from '../http/sender.ts';

export const KEYS_API = apiVersion('Key Vault keys (data plane)');

/** The codes by which the data plane says that a firewall blocks the product. */
export const FIREWALLS: readonly string[] = ['ForbiddenByFirewall', 'ForbiddenByConnection'];

/**
 * Whether the host of a vault answers. After a recovery it does not answer for a while, although the control plane
 * shows the vault again. A refusal counts as an answer: firewall and permissions apply again. One call.
 */
export const answersAt = async ({ cloud, credential, httpClient }: Connection, vaultUri: string): Promise<boolean> => {
  const send = await openServiceSender({
    service: 'Key Vault',
    resource: cloud.vaultResource,
    credential: await credential(),
    httpClient: await httpClient(),
  });
  try {
    await send({ url: new URL(`keys?api-version=${KEYS_API}&maxresults=1`, vaultUri).href, method: 'GET' });
    return true;
  } catch (error) {
    return classify(toFailure(error)) === 'denied';
  }
};
