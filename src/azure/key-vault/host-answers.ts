import type { Connection } from '../connection/connection.ts';
import { AzureUnavailable } from '../failure/azure-unavailable.ts';
import { classify } from '../failure/classify.ts';
import { toFailure } from '../failure/failure.ts';
import { KEYS_API } from './data-plane.ts';

/**
 * Whether a vault answers at a host, whoever's it is: one that is asked without a token answers 401 with its challenge, and the
 * name of one that is deleted or purged does not resolve. One that is throttled or down for the moment answers as well: what is
 * there must not pass for gone. No token is sent, since it may be somebody else's. One call.
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
