import type { Connection } from '../connection/connection.ts';
import { AzureUnavailable } from '../failure/azure-unavailable.ts';
import { classify } from '../failure/classify.ts';
import { toFailure } from '../failure/failure.ts';
import { KEYS_API } from './data-plane.ts';

/** The answer of the host of a vault. `tenantId`: the tenant for which it takes tokens, lower-cased, if it says so. */
export type HostAnswer = { readonly tenantId?: string };

/** https://learn.microsoft.com/azure/key-vault/general/authentication-requests-and-responses */
const CHALLENGE = /authorization="https:\/\/[\w.-]+\/([0-9a-f-]{36})"/i;

const answerWith = (challenge: string | undefined): HostAnswer => {
  const [, tenantId] = CHALLENGE.exec(challenge ?? '') ?? [];
  return tenantId === undefined ? {} : { tenantId: tenantId.toLowerCase() };
};

/**
 * The answer of the host of a vault of any owner; `undefined` where no host answers. A request without a token gets 401 with a
 * challenge. The name of a deleted or purged vault does not resolve. A vault that is throttled or down for the moment counts as
 * answering, so that an existing vault does not count as gone. No token is sent, since the vault may belong to another owner. One
 * call.
 */
export const hostAnswers = async (
  { httpClient }: Pick<Connection, 'httpClient'>,
  host: string,
): Promise<HostAnswer | undefined> => {
  const { createPipelineFromOptions, createPipelineRequest } = await import('@azure/core-rest-pipeline');
  const url = `https://${host}/keys?api-version=${KEYS_API}&maxresults=1`;
  const pipeline = createPipelineFromOptions({ retryOptions: { maxRetries: 0 } });
  try {
    const { status, headers } = await pipeline.sendRequest(
      await httpClient(),
      createPipelineRequest({ url, method: 'GET' }),
    );
    return status === 404 ? undefined : answerWith(headers.get('www-authenticate'));
  } catch (error) {
    const failure = toFailure(error);
    if (classify(failure) === 'transient') throw new AzureUnavailable(`${host}: ${failure.code}`, { cause: error });
    return undefined;
  }
};
