import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Azurite, startAzurite } from './azurite.ts';
import { createClock } from './clock/authority.ts';
import type { Clock } from './clock/clock.ts';
import { type Cloud, startCloud } from './cloud/cloud.ts';
import type { Switches } from './cloud/room.ts';
import { callHost, type HostAnswer, type HostCall } from './call-host.ts';
import { type RunningHost, startHostProcess } from './host-process.ts';

export type BootOptions = {
  /** A named world; `empty` when left out. */
  readonly world?: string;
  readonly worldInput?: Record<string, unknown>;
  readonly seed?: number;
  /** Where the clock begins. */
  readonly now?: Date;
  readonly switches?: Partial<Switches>;
  /** The product's settings. Storage is Azurite's. */
  readonly settings: Readonly<Record<string, string>>;
  /** A storage emulator that is up already; it is left running. */
  readonly storage?: Azurite;
  readonly cloudPort?: number;
  readonly hostPort?: number;
  /** Lines of the host and the app. */
  readonly log?: (line: string) => void;
};

/** The product at work on one machine: clock, cloud, storage, host and app. */
export type Booted = {
  readonly clock: Clock;
  readonly cloud: Cloud;
  host(): RunningHost;
  /** Calls the app; lets time pass until it has answered. */
  call(request: HostCall): Promise<HostAnswer>;
  /** Ends the host as `kill -9` does and starts it again on the same journal, with more environment if given. */
  restartHost(environment?: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
};

const appFolder = path.join(import.meta.dirname, '..');

/** Boots everything. What was started is stopped again when a later part cannot start. */
export const boot = async (options: BootOptions): Promise<Booted> => {
  const { log = () => {}, settings } = options;
  const clock = createClock({ seed: options.seed ?? 1, ...(options.now && { now: options.now }) });
  const stateFolder = await mkdtemp(path.join(os.tmpdir(), 'cmk-guardian-'));
  const stops: (() => Promise<void>)[] = [() => rm(stateFolder, { recursive: true, force: true }), () => clock.close()];
  const close = async (): Promise<void> => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    const storage = options.storage ?? (await startAzurite());
    if (!options.storage) stops.push(() => storage.close());
    const cloud = await startCloud({ clock, log, ...cloudOptions(options) });
    stops.push(() => cloud.close());
    const start = (more: Readonly<Record<string, string>> = {}) =>
      startHostProcess(clock, {
        appFolder,
        stateFolder,
        log,
        port: options.hostPort ?? 0,
        environment: { ...cloud.environment, AzureWebJobsStorage: storage.connectionString, ...settings, ...more },
      });
    let host = await start();
    stops.push(() => host.kill());
    return {
      clock,
      cloud,
      host: () => host,
      call: (request) => callHost(clock, host, request),
      restartHost: async (environment) => {
        await host.kill();
        host = await start(environment);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

const cloudOptions = ({ seed, switches, cloudPort, world, worldInput }: BootOptions) => ({
  ...(seed !== undefined && { seed }),
  ...(switches && { switches }),
  ...(cloudPort !== undefined && { port: cloudPort }),
  ...(world !== undefined && { world }),
  ...(worldInput && { worldInput }),
});
