import type { Connection } from '../connection/connection.ts';
import { AzureUnavailable } from '../failure/azure-unavailable.ts';
import { classify } from '../failure/classify.ts';
import { toFailure } from '../failure/failure.ts';
import { KEYS_API } from './data-plane.ts';

/**
 * Whether any vault answers at a host, whoever owns it. A request without a token gets 401 with a challenge. The name
 * of a deleted or purged vault does not resolve. A vault that is throttled or down for the moment counts as answering,
 * so that an existing vault does not count as gone. No token is sent, since the vault may belong to somebody else. One
 * call.
 */
export const hostAnswers = async ({ httpClient }: Pick<Connection, 'httpClient'>, host: string): Promise<boolean> => {
  const { createPipelineFromOptions, createPipelineRequest } = await import('@azure/core-rest-pipeline');
  const url = `https://${host}/keys?api-version=${KEYS_API}&maxresults=1`;
  const pipeline = createPipelineFromOptions({ retryOptions: { maxRetries: 0 } });
  try {
    const { status } = await pipeline.sendRequest(await httpClient(), createPipelineRequest({ url, method: 'GET' }));
    return status !== 404;
  } catch (error) {
    const failure = toFailure(error);
    if (classify(failure) === 'transient') throw new AzureUnavailable(`${host}: ${failure.code}`, { cause: error });
    return false;
  }
};
