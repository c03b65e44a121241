import type { HttpClient } from '@azure/core-rest-pipeline';

/**
 * A client for an SDK whose requests bear tokens for this endpoint. The SDK itself follows the next page of a list to whatever host
 * an answer names; here a request to another host is refused.
 */
export const onlyTo = (endpoint: string, { sendRequest }: HttpClient): HttpClient => {
  const { origin } = new URL(endpoint);
  return {
    sendRequest: async (request) => {
      const asked = new URL(request.url).origin;
      if (asked !== origin) throw new Error(`'${asked}' is not ${origin}: no token is sent there`);
      return sendRequest(request);
    },
  };
};
