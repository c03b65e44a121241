import type { AppFunction } from './app-functions.ts';
import type { Host } from './host.ts';
import { methodsOf, routeOf } from './http/http-functions.ts';

/** One line for the program that started the host. It holds the keys. */
export function readyLine({ port, workerPids, keys, functions }: Host): string {
  return JSON.stringify({
    ready: true,
    port,
    workerPids: workerPids(),
    masterKey: keys.masterKey,
    systemKeys: keys.systemKeys,
    functionKey: keys.functionKeys['default'],
    functions: [...functions.values()].map((fn) => ({ name: fn.name, trigger: fn.trigger.type })),
  });
}

/** The functions and their URLs for people, listed as in Core Tools. */
export function banner(host: Host, stateFolder: string): string {
  const functions = [...host.functions.values()];
  const http = functions.filter(({ trigger }) => trigger.type === 'httpTrigger');
  const others = functions.filter(({ trigger }) => trigger.type !== 'httpTrigger');
  return [
    '',
    'Functions:',
    '',
    ...http.map(
      (fn) =>
        `  ${fn.name}: [${methodsOf(fn).join(',')}] http://localhost:${host.port}/${routeOf(fn, host.hostJson.routePrefix)}`,
    ),
    ...others.map((fn) => `  ${fn.name}: ${describe(fn)}`),
    '',
    `Keys are in ${stateFolder}/keys.json. Ctrl-C stops the host.`,
    '',
  ].join('\n');
}

const describe = ({ trigger }: AppFunction): string =>
  trigger.type === 'timerTrigger' ? `${trigger.type} ${trigger.schedule}` : trigger.type;
