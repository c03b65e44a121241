import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import type { StorageEmulator } from './cloud/storage/emulator.ts';

export type Azurite = {
  /** For `AzureWebJobsStorage`: blobs, queues and tables on free ports of this machine. */
  readonly connectionString: string;
  /** The accounts of this Azurite that storage accounts of local clouds use. */
  readonly emulator?: StorageEmulator;
  /** Resolves when its process has ended, by itself or by `close`. */
  readonly gone: Promise<void>;
  close(): Promise<void>;
};

/** The emulator's own account, the same everywhere; Microsoft Learn: "Connect to Azurite". */
const ACCOUNT = 'devstoreaccount1';
const ACCOUNT_KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

const ARGUMENTS = ['--inMemoryPersistence', '--silent', '--disableTelemetry', '--skipApiVersionCheck'];
const FREE_PORTS = ['--blobPort', '0', '--queuePort', '0', '--tablePort', '0'];

/** Accounts for the storage accounts of local clouds. Requests reach them only through such a cloud, so they share one key. */
const SPARE_ACCOUNTS = Array.from({ length: 200 }, (_, i) => ({ name: `spare${i + 1}`, key: ACCOUNT_KEY }));

const ACCOUNTS = [{ name: ACCOUNT, key: ACCOUNT_KEY }, ...SPARE_ACCOUNTS]
  .map(({ name, key }) => `${name}:${key}`)
  .join(';');

const PRELOAD = new URL('azurite-preload.ts', import.meta.url).href;

const launch = (): ChildProcess =>
  spawn(
    process.execPath,
    [
      '--import',
      PRELOAD,
      createRequire(import.meta.url).resolve('azurite/dist/src/azurite.js'),
      ...ARGUMENTS,
      ...FREE_PORTS,
    ],
    { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: { ...process.env, NODE_OPTIONS: '', AZURITE_ACCOUNTS: ACCOUNTS } },
  );

/** Resolves with the address of each service when all services listen; rejects with Azurite's output when Azurite ends before. */
const listening = (child: ChildProcess): Promise<ReadonlyMap<string, string>> =>
  new Promise((resolve, reject) => {
    const addresses = new Map<string, string>();
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        said += `${line}\n`;
        const [, service = '', address = ''] =
          /Azurite (\w+) service is successfully listening at (\S+)/.exec(line) ?? [];
        if (service) addresses.set(service, address);
        if (addresses.size === 3) resolve(addresses);
      });
    }
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Azurite ended with ${code} before it listened:\n${said}`)));
  });

const connectionStringTo = (addresses: ReadonlyMap<string, string>): string =>
  [
    'DefaultEndpointsProtocol=http',
    `AccountName=${ACCOUNT}`,
    `AccountKey=${ACCOUNT_KEY}`,
    ...[...addresses].map(([service, address]) => `${service}Endpoint=${address}/${ACCOUNT}`),
  ].join(';');

/** The parts of the Azurite at this connection string that a local cloud needs. */
export const emulatorOf = (connectionString: string): StorageEmulator => {
  const at = (service: string) => new RegExp(`${service}Endpoint=([^;]+)/${ACCOUNT}`).exec(connectionString)?.[1] ?? '';
  return { addresses: { blob: at('Blob'), queue: at('Queue'), table: at('Table') }, accounts: SPARE_ACCOUNTS };
};

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

/** Azure's storage emulator as a child process: everything in memory, gone when it is closed or this process ends. */
export const startAzurite = async (): Promise<Azurite> => {
  const child = launch();
  const addresses = await listening(child);
  const connectionString = connectionStringTo(addresses);
  const gone = ended(child);
  return {
    connectionString,
    emulator: emulatorOf(connectionString),
    gone,
    close: () => {
      child.kill('SIGKILL');
      return gone;
    },
  };
};
