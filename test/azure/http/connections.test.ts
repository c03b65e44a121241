import { Agent } from 'node:https';
import { createPipelineRequest, type PipelineRequest } from '@azure/core-rest-pipeline';
import { describe, expect, it } from 'vitest';
import { openAgents } from '../../../src/azure/http/connections.ts';

const [ORDERS, WEB] = ['https://kv-orders.vault.azure.net/keys', 'https://kv-web.vault.azure.net/keys'];
const [ARM, IDENTITY] = ['https://management.azure.com/subscriptions', 'http://127.0.0.1:40342/token'];

const to = (url: string, agent?: PipelineRequest['agent']): PipelineRequest =>
  Object.assign(createPipelineRequest({ url }), agent && { agent });

describe('The connections that are kept', () => {
  it('are those of one agent for all vaults, so that one client uses what another has opened', () => {
    const agents = openAgents();
    const agent = agents(to(ORDERS));
    expect(agents(to(WEB))).toBe(agent);
    expect(agents(to(ARM))).not.toBe(agent);
  });

  it('are as many of a vault as have a request under way at once, and few of any other host', () => {
    const agents = openAgents();
    expect(agents(to(ORDERS))?.maxFreeSockets).toBe(2);
    expect(agents(to(ARM))?.maxFreeSockets).toBe(16);
  });

  it('are those through the proxy where the environment names one, also for the next client, which has an agent of its own', () => {
    const agents = openAgents();
    const [first, second] = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true })];
    expect(agents(to(ORDERS, first))).toBe(first);
    expect(agents(to(WEB, second))).toBe(first);
    expect(first.maxFreeSockets).toBe(2);
  });

  it('go round the proxy for a host that the environment excepts', () => {
    const agents = openAgents();
    const proxy = new Agent({ keepAlive: true });
    agents(to(ORDERS, proxy));
    expect(agents(to(WEB))).not.toBe(proxy);
  });

  it('go round the proxy also when such a request is sent again, and take no other request with them', () => {
    const agents = openAgents();
    const [excepted, proxy] = [to(ORDERS), new Agent({ keepAlive: true })];
    const sentAgain = (): ReturnType<typeof agents> => {
      const agent = agents(excepted);
      return agents(Object.assign(excepted, agent && { agent }));
    };
    const direct = sentAgain();
    expect(agents(to(WEB, proxy))).toBe(proxy);
    expect(sentAgain()).toBe(direct);
    expect(direct).not.toBe(proxy);
  });

  it('are not the business of requests without TLS, as to the endpoint of the managed identity', () => {
    expect(openAgents()(to(IDENTITY))).toBeUndefined();
  });
});
