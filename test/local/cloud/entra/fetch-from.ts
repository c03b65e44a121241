import https from 'node:https';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import { throughProxy } from '../sdk.ts';

/** A fetch (GET only) that reaches the cloud: the global one takes its proxy from the environment at start. */
export const fetchFrom =
  (cloud: Cloud) =>
  (url: string | URL): Promise<Response> =>
    new Promise((resolve, reject) => {
      https
        .get(url, { agent: throughProxy(cloud).agent }, async (message) => {
          const chunks: Buffer[] = [];
          for await (const chunk of message) chunks.push(chunk as Buffer);
          resolve(new Response(Buffer.concat(chunks), { status: message.statusCode ?? 0 }));
        })
        .on('error', reject);
    });
