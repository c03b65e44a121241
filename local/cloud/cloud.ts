import type { Clock } from '../clock/clock.ts';
import { writeAuthority } from './authority-file.ts';
import type { Azure } from './azure.ts';
import { createCertificates } from './certificates.ts';
import type { ControlVerb } from './control/controlled.ts';
import type { FullWorld } from './create-world.ts';
import { createIdentityEndpoint, identityPath } from './entra/identity-endpoint.ts';
import { sharedSigner } from './entra/signer.ts';
import { createFaults, type Fault, type Faults } from './faults.ts';
import { createListeners } from './listeners.ts';
import { createPresentWorld } from './present-world.ts';
import { startProxy } from './proxy.ts';
import { createRequestLog, type RequestLog } from './request-log.ts';
import type { Switches } from './service.ts';
import type { StorageEmulator } from './storage/emulator.ts';
import { noRuntime, type SiteRuntime } from './web/runtime.ts';
import type { HostBeside } from './web/site-plane.ts';
import { productId } from './worlds/product.ts';

export type CloudOptions = {
  clock: Clock;
  /** Decides faults, duplicates and reordering; 1 when left out. */
  seed?: number;
  switches?: Partial<Switches>;
  faults?: Fault[];
  /** Loopback port; a free one when left out. */
  port?: number;
  /** A named world to begin with; `empty` when left out. */
  world?: string;
  /** Input of the named world. */
  worldInput?: Record<string, unknown>;
  /** Where the data of storage accounts is; without it accounts have none. */
  emulator?: StorageEmulator;
  /** Runs the code of sites; without a runtime no site runs. */
  runtime?: SiteRuntime;
  /** A host beside the cloud that answers at the name of a site without a deployment; none when left out. */
  hostBeside?: HostBeside;
  /** Further verbs of the control surface, for the host that runs beside the cloud. */
  others?: readonly ControlVerb[];
  /** Receives the loud lines; stderr when left out. */
  log?: (line: string) => void;
};

/** A running local cloud. */
export type Cloud = {
  /** The present world; loading another one replaces it. */
  readonly world: FullWorld;
  /** Its services. */
  readonly azure: Azure;
  /** Environment of the product's process: proxy, authority, managed identity. */
  environment: Record<string, string>;
  /** The same for the process of another resource. */
  identityFor(resourceId: string): Record<string, string>;
  port: number;
  /** PEM file with the certificate authority. */
  caFile: string;
  requests: RequestLog;
  faults: Faults;
  /** Base URL of the control surface: http://127.0.0.1:{port}/_sim */
  control: string;
  /** Replaces the world by a named one. */
  load(world: string, input?: Record<string, unknown>): FullWorld;
  close(): Promise<void>;
};

const defaultSwitches: Switches = { propagationSeconds: 0, flexibleNoChangePatch: 'works' };

/** Azure in memory, on a loopback port. Several may run in one process. Rejects with EADDRINUSE if the port is taken. */
export const startCloud = async (options: CloudOptions): Promise<Cloud> => {
  const { clock, log = console.error } = options;
  const [signer, certificates] = await Promise.all([sharedSigner(), createCertificates()]);
  const switches = { ...defaultSwitches, ...options.switches };
  const faults = createFaults(options.faults);
  const { seed = 1, others = [] } = options;
  let identityFor = (_resourceId: string): Record<string, string> => ({});
  const environmentOf = (resourceId: string) => identityFor(resourceId);
  const { runtime = noRuntime, emulator, hostBeside = () => undefined } = options;
  const loaded = faults.recount;
  const present = createPresentWorld({
    ...{ clock, seed, switches, signer, log, loaded },
    ...{ runtime, emulator, environmentOf, hostBeside },
  });
  if (options.world !== undefined) present.load(options.world, options.worldInput);
  const requests = createRequestLog();
  const identity = createIdentityEndpoint(() => present.world().entra);
  const listeners = createListeners({ clock, log, requests, faults, present, identity, others });
  const proxy = await startProxy({ clock, certificates, log, port: options.port ?? 0, ...listeners });
  const { caFile, remove } = await writeAuthority(certificates.authority);
  const base = `http://127.0.0.1:${proxy.port}`;
  identityFor = (resourceId) => environmentAt(base, caFile, identity.header(resourceId));
  return {
    get world() {
      return present.world();
    },
    get azure() {
      return present.azure();
    },
    environment: identityFor(productId),
    identityFor,
    port: proxy.port,
    caFile,
    requests,
    faults,
    control: `${base}/_sim`,
    load: present.load,
    close: async () => {
      present.end();
      await proxy.close();
      await remove();
    },
  };
};

const environmentAt = (base: string, caFile: string, header: string): Record<string, string> => ({
  HTTPS_PROXY: base,
  NO_PROXY: '127.0.0.1,localhost',
  NODE_EXTRA_CA_CERTS: caFile,
  NODE_USE_ENV_PROXY: '1',
  IDENTITY_ENDPOINT: `${base}${identityPath}`,
  IDENTITY_HEADER: header,
});
