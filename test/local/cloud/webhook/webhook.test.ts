import { createDefaultHttpClient, createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../../../local/cloud/cloud.ts';
import { WEBHOOK_HOST } from '../../../../local/cloud/webhook/webhook.ts';
import { aCloud, throughProxy } from '../sdk.ts';

const say = async (cloud: Cloud, path: string, body: object = {}): Promise<number> =>
  (await fetch(`${cloud.control}${path}`, { method: 'POST', body: JSON.stringify(body) })).status;

/** The status of a posted message, or the code of how the connection ended. */
const postTo = async (cloud: Cloud, message: object, abortSignal?: AbortSignal): Promise<number | string> => {
  const { agent } = throughProxy(cloud);
  const request = createPipelineRequest({
    url: `https://${WEBHOOK_HOST}/T0/B0/secret`,
    method: 'POST',
    headers: createHttpHeaders({ 'content-type': 'application/json' }),
    body: JSON.stringify(message),
    ...(abortSignal && { abortSignal }),
  });
  request.agent = agent;
  return createDefaultHttpClient()
    .sendRequest(request)
    .then(
      ({ status }) => status,
      ({ code, name }: { code?: string; name: string }) => code ?? name,
    );
};

const received = (cloud: Cloud) => cloud.world.webhook.received().map(({ body }) => body);

describe('the host of a webhook', () => {
  it('takes messages, fails, drops them, loses its answer, and takes them again, as the control surface says', async () => {
    const cloud = await aCloud();
    expect(await postTo(cloud, { n: 1 })).toBe(200);
    expect(await say(cloud, '/break/webhook', { behaviour: 'fails' })).toBe(200);
    expect(await postTo(cloud, { n: 2 })).toBe(503);
    await say(cloud, '/break/webhook', { behaviour: 'fails', status: 429 });
    expect(await postTo(cloud, { n: 3 })).toBe(429);
    await say(cloud, '/break/webhook', { behaviour: 'drops' });
    expect(await postTo(cloud, { n: 4 })).toBe('ECONNRESET');
    await say(cloud, '/break/webhook', { behaviour: 'loses' });
    expect(await postTo(cloud, { n: 5 })).toBe('ECONNRESET');
    await say(cloud, '/repair/webhook');
    expect(await postTo(cloud, { n: 6 })).toBe(200);
    expect(received(cloud)).toEqual([{ n: 1 }, { n: 5 }, { n: 6 }]);
    expect(cloud.world.webhook.tries()).toBe(6);
    expect(await say(cloud, '/break/webhook', { behaviour: 'sings' })).toBe(400);
  });

  it('hangs for ever, until whoever posts gives up', async () => {
    const cloud = await aCloud();
    await say(cloud, '/break/webhook', { behaviour: 'hangs' });
    const giveUp = new AbortController();
    const posted = postTo(cloud, { n: 1 }, giveUp.signal);
    setTimeout(() => giveUp.abort(), 200);
    expect(await posted).toBe('AbortError');
    expect(received(cloud)).toEqual([]);
  });

  it('shows in the state what it took, and never by which path', async () => {
    const cloud = await aCloud();
    await postTo(cloud, { n: 1 });
    const state = await (await fetch(`${cloud.control}/state`)).text();
    expect(JSON.parse(state)).toMatchObject({
      webhook: { behaviour: 'answers', tries: 1, received: [{ body: { n: 1 } }] },
    });
    expect(state).not.toContain('T0/B0/secret');
  });
});
