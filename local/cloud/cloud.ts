import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import type { Clock } from '../clock/clock.ts';
import { type Azure, createAzure } from './azure.ts';
import { createCertificates } from './certificates.ts';
import { createControl } from './control/control.ts';
import { createWorld, type FullWorld } from './create-world.ts';
import { createIdentityEndpoint, identityPath } from './entra/identity-endpoint.ts';
import { sharedSigner } from './entra/signer.ts';
import { createFaults, type Fault, type Faults } from './faults.ts';
import { createGateway } from './gateway.ts';
import { startProxy } from './proxy.ts';
import { createRequestLog, type RequestLog } from './request-log.ts';
import type { Switches } from './room.ts';
import { createWorldClock } from './world-clock.ts';
import { fillWorld } from './worlds/named-worlds.ts';
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
  /** Receives the loud lines; stderr when left out. */
  log?: (line: string) => void;
};

/** A running local cloud. `world` is the present one: loading another world replaces it. */
export type Cloud = {
  readonly world: FullWorld;
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

/** Azure in memory, on a loopback port. Several may run in one process. */
export const startCloud = async (options: CloudOptions): Promise<Cloud> => {
  const { clock, log = console.error } = options;
  const [signer, certificates, folder] = await Promise.all([
    sharedSigner(),
    createCertificates(),
    mkdtemp(path.join(os.tmpdir(), 'local-cloud-')),
  ]);
  const caFile = path.join(folder, 'authority.pem');
  await writeFile(caFile, certificates.authority);
  const requests = createRequestLog();
  const faults = createFaults(options.faults);
  const begin = (seed: number, name: string, input?: Record<string, unknown>) => {
    const life = createWorldClock(clock);
    const switches = { ...defaultSwitches, ...options.switches };
    const world = createWorld({ clock: life.clock, seed, switches, signer, log });
    const azure = createAzure(world, signer);
    fillWorld(world, name, input);
    return { world, azure, end: life.end };
  };
  let present = begin(options.seed ?? 1, options.world ?? 'empty', options.worldInput);
  const identity = createIdentityEndpoint(() => present.world.entra);
  const shared = { clock, faults, requests, seed: () => present.world.seed };
  const serveIdentity = createGateway({ ...shared, planeOf: () => identity.plane });
  const load = (name: string, input?: Record<string, unknown>) => {
    const next = begin(present.world.seed, name, input);
    present.end();
    present = next;
    return next.world;
  };
  const control = createControl({
    clock,
    requests,
    faults,
    load,
    world: () => present.world,
    rooms: () => present.azure.rooms,
  });
  const proxy = await startProxy({
    clock,
    certificates,
    log,
    port: options.port ?? 0,
    azure: createGateway({ ...shared, planeOf: (incoming) => present.azure.planeOf(incoming) }),
    loopback: loopback(serveIdentity, control, log),
  });
  const base = `http://127.0.0.1:${proxy.port}`;
  const identityFor = (resourceId: string) => ({
    HTTPS_PROXY: base,
    NO_PROXY: '127.0.0.1,localhost',
    NODE_EXTRA_CA_CERTS: caFile,
    NODE_USE_ENV_PROXY: '1',
    IDENTITY_ENDPOINT: `${base}${identityPath}`,
    IDENTITY_HEADER: identity.header(resourceId),
  });
  return {
    get world() {
      return present.world;
    },
    get azure() {
      return present.azure;
    },
    environment: identityFor(productId),
    identityFor,
    port: proxy.port,
    caFile,
    requests,
    faults,
    control: `${base}/_sim`,
    load,
    close: async () => {
      present.end();
      await proxy.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const loopback =
  (identity: http.RequestListener, control: http.RequestListener, log: (line: string) => void): http.RequestListener =>
  (request, response) => {
    const url = request.url ?? '';
    if (url.startsWith(identityPath)) return identity(request, response);
    if (/^\/_sim(?:[/?]|$)/.test(url)) return control(request, response);
    log(`not simulated: ${request.method} ${url} (set NO_PROXY=127.0.0.1,localhost for what is not Azure)`);
    response.writeHead(502).end('The local cloud answers for Azure over https, and for /_sim.\n');
  };
