import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HostSpec, SiteHost, SiteRuntime } from '../../../../local/cloud/web/runtime.ts';
import { cleanUpAfterEach } from '../../../run/clean-up.ts';

export type Started = { spec: HostSpec; host: SiteHost; die(): void };

const servers: http.Server[] = [];
cleanUpAfterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const listening = (server: http.Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));

/** Hosts that answer with their own number, in place of processes. `fails`: what the next starts say. */
export const aRecordedRuntime = () => {
  const starts: Started[] = [];
  const fails: string[] = [];
  const runtime: SiteRuntime = {
    start: async (spec) => {
      const [said] = fails.splice(0, 1);
      if (said !== undefined) throw new Error(said);
      const number = starts.length + 1;
      const server = http.createServer((request, response) => {
        response.setHeader('x-path', request.url ?? '');
        response.setHeader('x-host', request.headers.host ?? '');
        response.writeHead(202).end(`host ${number}`);
      });
      servers.push(server);
      let die = (): void => undefined;
      const gone = new Promise<void>((resolve) => {
        die = resolve;
      });
      const host: SiteHost = {
        port: await listening(server),
        keys: { masterKey: 'm', functionKeys: { default: 'f' }, systemKeys: { eventgrid_extension: 'e' } },
        functions: [
          { name: 'health', config: { bindings: [{ type: 'httpTrigger' }] }, invokeUrlTemplate: 'http://x/api/health' },
          { name: 'on-event', config: { bindings: [{ type: 'eventGridTrigger' }] }, invokeUrlTemplate: undefined },
        ],
        gone,
        kill: async () => die(),
      };
      starts.push({ spec, host, die });
      return host;
    },
  };
  return { runtime, starts, fails };
};
