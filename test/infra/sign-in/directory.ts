import https from 'node:https';
import { type GraphAnswer, type GraphRequest, parseBody, type Send } from '../../../infra/sign-in/graph.ts';
import { runSignIn } from '../../../infra/sign-in/run.ts';
import type { Cloud } from '../../../local/cloud/cloud.ts';
import type { Principal } from '../../../local/cloud/entra/entra.ts';
import { aCloud, named, throughProxy } from '../../local/cloud/sdk.ts';

/** Sends through the local cloud's proxy, as the environment makes fetch do in a process of its own. */
export const sendTo = (cloud: Cloud): Send => {
  const { agent } = throughProxy(cloud);
  return ({ method, url, headers, body }: GraphRequest) =>
    new Promise<GraphAnswer>((resolve, reject) => {
      const request = https.request(url, { method, headers, agent }, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, body: text === '' ? undefined : parseBody(text) });
      });
      request.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
};

export const APP = 'https://cmk-guardian.azurewebsites.net';
export const PAGE = `${APP}/api/ui`;

const graph = 'https://graph.microsoft.com';

/** A tenant with its people, and the output of the command for one of them. */
export const aTenant = async (switches: Parameters<typeof aCloud>[0] = {}) => {
  const cloud = await aCloud({ world: 'mysql-single', ...switches });
  const { entra } = cloud.world;
  const administrator = entra.createUser({ name: 'administrator' });
  entra.directoryRoles.give(administrator.objectId, 'Application Administrator');
  const developer = entra.createUser({ name: 'developer' });
  const send = sendTo(cloud);
  const asking = async (principal: Principal, request: Omit<GraphRequest, 'headers' | 'url'> & { path: string }) => {
    const token = await entra.issue({ principal, audience: graph });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const { path, ...rest } = request;
    return send({ ...rest, url: `${graph}/v1.0${path}`, headers });
  };
  const run = async (principal: Principal, ...words: string[]) => {
    const said: string[] = [];
    const code = await runSignIn(['--tenant', entra.tenantId, '--url', APP, ...words], {
      token: () => entra.issue({ principal, audience: graph }),
      send,
      wait: async () => undefined,
      say: (text) => said.push(text),
    });
    return { code, said: said.join('\n') };
  };
  return { cloud, entra, administrator, developer, owner: named(cloud, 'owner'), asking, run };
};
