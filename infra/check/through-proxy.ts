import { readFileSync } from 'node:fs';
import https from 'node:https';
import type { Cloud } from '../../local/cloud/cloud.ts';
import { type GraphAnswer, parseBody, type Send } from '../sign-in/graph.ts';

/** Sends through the local cloud's proxy, as fetch does in a process whose environment names the proxy. */
export const sendThrough = ({ port, caFile }: Pick<Cloud, 'port' | 'caFile'>): Send => {
  const agent = new https.Agent({ proxyEnv: { HTTPS_PROXY: `http://127.0.0.1:${port}` }, ca: readFileSync(caFile) });
  return ({ method, url, headers, body }) =>
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
