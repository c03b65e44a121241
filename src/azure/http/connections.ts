import { Agent } from 'node:https';
import type { PipelineRequest } from '@azure/core-rest-pipeline';
import { hostKind } from './host-kind.ts';

/**
 * The most idle connections that are kept for each host. A vault has two requests under way at the same moment (`MOST` in
 * `few-at-once.ts`); Resource Manager has those of all vaults together.
 */
const KEPT = { vault: 2, other: 16 } as const;

type Kept = keyof typeof KEPT;

const keptFor = ({ url }: PipelineRequest): Kept => (hostKind(new URL(url).hostname) === 'vault' ? 'vault' : 'other');

type RequestAgent = NonNullable<PipelineRequest['agent']>;

/** Gives a request the agent that keeps its connections. */
export type Agents = (request: PipelineRequest) => RequestAgent | undefined;

/**
 * For clients that ask the same hosts, so that a connection which one of them has opened serves the others as well. An idle
 * connection takes 140 KB, most of it outside of the heap. Where each client kept those of its busiest moment, a worker that watches
 * fifty vaults had four hundred of them.
 *
 * The first request of a kind brings the agent for all of them: that of the proxy where the SDK has found one in the environment
 * (HTTPS_PROXY), else a direct one. A request that is sent again bears the agent that it was given: a direct one is still direct.
 */
export const openAgents = (): Agents => {
  const agents = new Map<string, RequestAgent>();
  const direct = new Set<RequestAgent>();
  return (request) => {
    // The endpoint of the managed identity is on this machine, without TLS.
    if (new URL(request.url).protocol !== 'https:') return request.agent;
    const kept = keptFor(request);
    const isDirect = request.agent === undefined || direct.has(request.agent);
    const way = `${kept} ${isDirect ? 'direct' : 'by a proxy'}`;
    const known = agents.get(way);
    if (known) return known;
    const agent = request.agent ?? new Agent({ keepAlive: true });
    if (isDirect) direct.add(agent);
    agent.maxFreeSockets = KEPT[kept];
    agents.set(way, agent);
    return agent;
  };
};
