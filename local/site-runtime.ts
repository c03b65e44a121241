import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sendToHost } from './call-host.ts';
import type { Clock } from './clock/clock.ts';
import type { IndexedFunction, PackageFiles, SiteHost, SiteRuntime } from './cloud/web/runtime.ts';
import { type RunningHost, startHostProcess } from './host-process.ts';

export type SiteProcesses = SiteRuntime & {
  /** Removes the files that hosts have kept; all hosts must have ended. */
  close(): Promise<void>;
};

/** Variables of this machine that every process needs: the places of programs and of compiled code. */
const MACHINE = ['PATH', 'TMPDIR', 'SystemRoot', 'NODE_COMPILE_CACHE'];

const machineVariables = (): Record<string, string> =>
  Object.fromEntries(MACHINE.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));

const unpack = async (files: PackageFiles, folder: string): Promise<void> => {
  for (const [name, bytes] of files) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
};

type Described = { name: string; config: IndexedFunction['config']; invoke_url_template: string | null };

const functionsOf = async (clock: Clock, host: RunningHost): Promise<IndexedFunction[]> => {
  const { body } = await sendToHost(clock, host, { method: 'GET', path: '/admin/functions' });
  return (body as Described[]).map(({ name, config, invoke_url_template: template }) => ({
    name,
    config,
    invokeUrlTemplate: template ?? undefined,
  }));
};

const siteHost = async (clock: Clock, host: RunningHost): Promise<SiteHost> => ({
  port: host.port,
  keys: { masterKey: host.masterKey, functionKeys: { default: host.functionKey }, systemKeys: { ...host.systemKeys } },
  functions: await functionsOf(clock, host),
  gone: host.gone,
  kill: host.kill,
});

/** Starts packages in the embedded host, a process for each start. */
export const createSiteProcesses = async (clock: Clock): Promise<SiteProcesses> => {
  const root = await mkdtemp(path.join(os.tmpdir(), 'cmk-guardian-sites-'));
  let starts = 0;
  return {
    start: async ({ name, files, environment, log }) => {
      const appFolder = path.join(root, `package-${starts++}`);
      await unpack(files, appFolder);
      const host = await startHostProcess(clock, {
        appFolder,
        // Keys and history are in the storage of an app in Azure: they outlast the process.
        stateFolder: path.join(root, `state-${name.toLowerCase()}`),
        port: 0,
        environment: { ...machineVariables(), ...environment },
        log,
        words: ['--invocations'],
      });
      return siteHost(clock, host);
    },
    close: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  };
};
