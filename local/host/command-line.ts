import path from 'node:path';
import { parseArgs } from 'node:util';

export const HELP = `Runs a built Azure Functions app (Node.js, Durable Functions) on this machine.

  node local/host/main.ts --app <folder> --state <folder> [options]

  --app <folder>       the function app: package.json, host.json and what "main" names
  --state <folder>     keys, journal and timer statuses; made if missing, one host per folder
  --port <n>           default 7071; 0 takes any free port
  --workers <n>        workers on the task hub, 1 to 8; default 1
  --no-auth            ask for no keys, as Core Tools does
  --settings <file>    default <app>/local.settings.json; the environment wins over its values
  --json               when ready, print one line of JSON with port and keys instead of the list of functions
  --quiet              log warnings and errors only
  --invocations        log every invocation too, where host.json lets Azure's host do so
  --help
`;

export type CommandLine = {
  help: boolean;
  appFolder: string;
  stateFolder: string;
  port: number;
  authDisabled: boolean;
  settingsFile: string;
  json: boolean;
  quiet: boolean;
  invocations: boolean;
  workers: number;
};

/** @throws Error naming every fault of the arguments */
export function parseCommandLine(args: string[]): CommandLine {
  const { values } = parseArgs({
    args,
    options: {
      app: { type: 'string' },
      state: { type: 'string' },
      port: { type: 'string', default: '7071' },
      'no-auth': { type: 'boolean', default: false },
      settings: { type: 'string' },
      json: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      invocations: { type: 'boolean', default: false },
      workers: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  const faults = [
    ...(values.app ? [] : ['--app is missing: the folder of the function app']),
    ...(values.state ? [] : ['--state is missing: a folder for keys and journal']),
    ...(/^\d+$/.test(values.port) && port <= 65_535 ? [] : [`--port is '${values.port}', and must be 0 to 65535`]),
    ...(/^[1-8]$/.test(values.workers) ? [] : [`--workers is '${values.workers}', and must be 1 to 8`]),
  ];
  if (faults.length > 0 && !values.help) throw new Error(faults.join('\n'));
  const appFolder = path.resolve(values.app ?? '.');
  return {
    help: values.help,
    appFolder,
    stateFolder: path.resolve(values.state ?? '.'),
    port,
    authDisabled: values['no-auth'],
    settingsFile: path.resolve(values.settings ?? path.join(appFolder, 'local.settings.json')),
    json: values.json,
    quiet: values.quiet,
    invocations: values.invocations,
    workers: Number(values.workers),
  };
}
