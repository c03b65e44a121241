import type { HttpMethods } from '@azure/core-rest-pipeline';
import { createDefaultHttpClient, createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import type { Principal } from '../../../../local/cloud/entra/entra.ts';
import { throughProxy } from '../sdk.ts';

export type Sent = { status: number; header(name: string): string | undefined; body: unknown };

/** Requests to Azure Resource Manager for which no SDK client is at hand; `path` has its query. */
export const sendAs = (cloud: Cloud, principal: Principal) => {
  const { agent } = throughProxy(cloud);
  const client = createDefaultHttpClient();
  const { clock, entra } = cloud.world;
  const issue = () => ({
    at: clock.now(),
    token: entra.issue({ principal, audience: 'https://management.azure.com' }),
  });
  let issued = issue();
  return async (
    method: HttpMethods,
    path: string,
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<Sent> => {
    if (issued.at !== clock.now()) issued = issue();
    const token = await issued.token;
    const url = `https://management.azure.com${path}`;
    const headers = createHttpHeaders({
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...more,
    });
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    const request = createPipelineRequest({ url, method, headers, ...text });
    request.agent = agent;
    const response = await client.sendRequest(request);
    return {
      status: response.status,
      header: (name) => response.headers.get(name),
      body: JSON.parse(response.bodyAsText || 'null'),
    };
  };
};
