import type http from 'node:http';
import type { Clock } from '../clock/clock.ts';
import { createControl } from './control/control.ts';
import type { ControlVerb } from './control/controlled.ts';
import { type IdentityEndpoint, identityPath } from './entra/identity-endpoint.ts';
import type { Faults } from './faults.ts';
import { createGateway } from './gateway.ts';
import type { PresentWorld } from './present-world.ts';
import type { RequestLog } from './request-log.ts';
import type { Switches } from './service.ts';

export type Served = {
  clock: Clock;
  log(line: string): void;
  requests: RequestLog;
  faults: Faults;
  present: PresentWorld;
  identity: IdentityEndpoint;
  others: readonly ControlVerb[];
};

/** `azure` answers requests through the proxy, `loopback` requests to the port itself. */
export type Listeners = { azure: http.RequestListener; loopback: http.RequestListener };

const ofHost = (milliseconds: Switches['answerMilliseconds'] = {}, host: string): number =>
  Object.entries(milliseconds).find(([end]) => host.endsWith(end))?.[1] ?? 0;

export const createListeners = (served: Served): Listeners => {
  const { present, identity, log } = served;
  const seed = () => present.world().seed;
  const switches = () => present.world().switches;
  const answerMilliseconds = (host: string): number => ofHost(switches().answerMilliseconds, host);
  const wallMilliseconds = (host: string): number => ofHost(switches().answerWallMilliseconds, host);
  const gateway = { ...served, seed, answerMilliseconds, wallMilliseconds };
  const azure = createGateway({ ...gateway, planeOf: (incoming) => present.azure().planeOf(incoming) });
  const managedIdentity = createGateway({ ...gateway, planeOf: () => identity.plane });
  const { world, load } = present;
  const control = createControl({ ...served, world, load, services: () => present.azure().services });
  const loopback: http.RequestListener = (request, response) => {
    const url = request.url ?? '';
    if (url.startsWith(identityPath)) return managedIdentity(request, response);
    if (/^\/_sim(?:[/?]|$)/.test(url)) return control(request, response);
    log(`not simulated: ${request.method} ${url} (set NO_PROXY=127.0.0.1,localhost for what is not Azure)`);
    response.writeHead(502).end('The local cloud answers for Azure over https, and for /_sim.\n');
  };
  return { azure, loopback };
};
