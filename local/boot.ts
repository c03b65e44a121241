import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { appShell } from './app-shell.ts';
import { type Azurite, startAzurite } from './azurite.ts';
import { callHost, type HostAnswer, type HostCall } from './call-host.ts';
import { createClock } from './clock/authority.ts';
import type { Clock } from './clock/clock.ts';
import { type Cloud, startCloud } from './cloud/cloud.ts';
import type { Switches } from './cloud/service.ts';
import { productName } from './cloud/worlds/product.ts';
import { type RunningHost, startHostProcess } from './host-process.ts';
import { hostVerbs } from './host-verbs.ts';

export type BootOptions = {
  /** A named world; `empty` when left out. */
  readonly world?: string;
  readonly worldInput?: Record<string, unknown>;
  readonly seed?: number;
  /** Where the clock begins. */
  readonly now?: Date;
  readonly switches?: Partial<Switches>;
  /**
   * Where the built app is, host.json and package.json beside it; `BUILT_APP` of the environment or this repository when left
   * out.
   */
  readonly appFolder?: string;
  /** The product's settings. Storage is Azurite's. */
  readonly settings: Readonly<Record<string, string>>;
  /** A storage emulator that is up already; it is left running. */
  readonly storage?: Azurite;
  readonly cloudPort?: number;
  readonly hostPort?: number;
  /** Workers on the task hub; one when left out. */
  readonly workers?: number;
  /** Lines of the host and the app. */
  readonly log?: (line: string) => void;
  /** Further arguments of the host's command line. */
  readonly hostWords?: readonly string[];
  /** Called with each part once it has started. */
  readonly started?: (part: Part) => void;
  /** Aborts the start: the running parts are stopped, and `boot` rejects. */
  readonly signal?: AbortSignal;
};

export type Part = 'storage' | 'cloud' | 'app';

/** The running product on one machine: clock, cloud, storage, host and app. */
export type Booted = {
  readonly clock: Clock;
  readonly cloud: Cloud;
  readonly storage: Azurite;
  /** Keys and journal of the host; gone when everything is closed. */
  readonly stateFolder: string;
  host(): RunningHost;
  /** Calls the app; lets time pass until it has answered. */
  call(request: HostCall): Promise<HostAnswer>;
  /** Ends the host as `kill -9` does and starts it again on the same journal and port, with more environment if given. */
  restartHost(environment?: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
};

const builtApp = (): string => process.env['BUILT_APP'] ?? path.join(import.meta.dirname, '..');

type Stop = () => Promise<void>;

const hostOptions = ({ appFolder = builtApp(), log = () => {}, workers, hostWords = [] }: BootOptions) => ({
  appFolder,
  log,
  ...(workers !== undefined && { workers }),
  words: hostWords,
});

const environmentOf = ({ settings }: BootOptions, cloud: Cloud, storage: Azurite) => ({
  ...appShell(process.env),
  ...cloud.environment,
  AzureWebJobsStorage: storage.connectionString,
  ...settings,
});

/** Starts storage, cloud and host, in this order. The function that ends a part is put on `stops`. */
const startParts = async (
  options: BootOptions,
  { clock, stateFolder }: Pick<Booted, 'clock' | 'stateFolder'>,
  stops: Stop[],
): Promise<Omit<Booted, 'close'>> => {
  const { log = () => {}, started = () => {}, signal } = options;
  const begun = (part: Part, stop: Stop): void => {
    stops.push(stop);
    signal?.throwIfAborted();
    started(part);
  };
  const storage = options.storage ?? (await startAzurite());
  begun('storage', options.storage ? async () => {} : () => storage.close());
  let running: RunningHost | undefined;
  const others = hostVerbs(clock, () => running);
  const hostBeside = (site: string) => (site === productName ? running?.port : undefined);
  const cloud = await startCloud({ clock, log, others, hostBeside, ...cloudOptions(options, storage) });
  begun('cloud', () => cloud.close());
  const start = (port: number, more: Readonly<Record<string, string>> = {}) => {
    const environment = { ...environmentOf(options, cloud, storage), ...more };
    return startHostProcess(clock, { ...hostOptions(options), stateFolder, port, environment });
  };
  const host = await start(options.hostPort ?? 0);
  running = host;
  begun('app', async () => running?.kill());
  return {
    clock,
    cloud,
    storage,
    stateFolder,
    host: () => running ?? host,
    call: (request) => callHost(clock, running ?? host, request),
    restartHost: async (environment) => {
      await running?.kill();
      running = await start(host.port, environment);
    },
  };
};

/** Boots everything. When a later part cannot start, the parts before it are stopped. */
export const boot = async (options: BootOptions): Promise<Booted> => {
  const clock = createClock({ seed: options.seed ?? 1, ...(options.now && { now: options.now }) });
  const stateFolder = await mkdtemp(path.join(os.tmpdir(), 'cmk-guardian-'));
  const stops: Stop[] = [() => rm(stateFolder, { recursive: true, force: true }), () => clock.close()];
  const close = async (): Promise<void> => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  // A closed clock ends every process that is being forked, so that no caller waits for it.
  options.signal?.addEventListener('abort', () => void clock.close(), { once: true });
  try {
    return { ...(await startParts(options, { clock, stateFolder }, stops)), close };
  } catch (error) {
    await close();
    throw error;
  }
};

const cloudOptions = ({ seed, switches, cloudPort, world, worldInput }: BootOptions, { emulator }: Azurite) => ({
  ...(emulator && { emulator }),
  ...(seed !== undefined && { seed }),
  ...(switches && { switches }),
  ...(cloudPort !== undefined && { port: cloudPort }),
  ...(world !== undefined && { world }),
  ...(worldInput && { worldInput }),
});
