import type { Clock } from '../clock/clock.ts';
import { createActivity } from './activity-log/activity.ts';
import { createOperations } from './arm/create-operations.ts';
import { createRbac } from './arm/create-rbac.ts';
import { createSubscriptions } from './arm/create-subscriptions.ts';
import { createDenyAssignments } from './arm/deny-assignments.ts';
import { createLocks } from './arm/locks.ts';
import { createPolicies } from './arm/policies.ts';
import { type Compute, createCompute } from './compute/compute.ts';
import { guid } from './draw.ts';
import { createDirectory } from './entra/directory.ts';
import type { Signer } from './entra/signer.ts';
import { createEventGrid, type EventGrid } from './event-grid/event-grid.ts';
import { parseKeyIdentifier } from './key-vault/key-identifier.ts';
import { createKeyVault, type KeyVault } from './key-vault/key-vault.ts';
import { createManagedIdentities, type ManagedIdentities } from './managed-identity/managed-identities.ts';
import { type Alerting, createAlerting } from './monitor/alerting.ts';
import { type Alerts, createAlerts } from './monitor/alerts.ts';
import { type AuditLog, createAuditLog } from './monitor/audit-log.ts';
import { createDiagnosticSettings, type DiagnosticSettings } from './monitor/diagnostic-settings.ts';
import { createTraces, type Traces } from './monitor/traces.ts';
import { createMySql, type MySql } from './mysql/mysql.ts';
import { createNetwork } from './network/network.ts';
import type { Change, Switches, World } from './service.ts';
import { createStorage, type Storage } from './storage/storage.ts';
import { createResourceStore, type ResourceStore } from './stored-resources/resource-store.ts';
import { noRuntime, type SiteRuntime } from './web/runtime.ts';
import { createWeb, type Web } from './web/web.ts';
import { createWebhook, type Webhook } from './webhook/webhook.ts';

/** A world with the state of every service, for builders of worlds and for code that inspects it. */
export type FullWorld = World & {
  keyVault: KeyVault;
  mysql: MySql;
  compute: Compute;
  eventGrid: EventGrid;
  managedIdentities: ManagedIdentities;
  diagnosticSettings: DiagnosticSettings;
  auditLog: AuditLog;
  traces: Traces;
  alerts: Alerts;
  alerting: Alerting;
  webhook: Webhook;
  storage: Storage;
  /** Resources that are kept as they were written. */
  stored: ResourceStore;
  web: Web;
};

export type WorldOptions = {
  clock: Clock;
  seed: number;
  switches: Switches;
  signer: Signer;
  /** Runs the code of sites; when left out, no site runs. */
  runtime?: SiteRuntime;
  log(line: string): void;
};

/** The tenant of the subscriptions. */
export const homeTenant = guid('tenant', 'home');

/** The parts of a world that every service uses, before any service is there. */
const createGround = ({ clock, seed, switches, signer, log }: WorldOptions) => {
  const listeners: ((change: Change) => void)[] = [];
  const changed = (change: Change): void => {
    for (const listener of listeners) listener(change);
  };
  const entra = createDirectory(clock, signer, homeTenant);
  const subscriptions = createSubscriptions();
  const stored = createResourceStore((kind, resourceId) => changed({ kind, resourceId, at: clock.now() }));
  const ground = {
    clock,
    seed,
    switches,
    log,
    entra,
    rbac: createRbac(clock, switches, { groupsOf: entra.groups.of, above: subscriptions.above }),
    locks: createLocks(),
    policies: createPolicies(),
    denials: createDenyAssignments(),
    activity: createActivity(clock),
    operations: createOperations(clock, log),
    subscriptions,
    changed,
    network: createNetwork(stored),
    onChange: (listener: (change: Change) => void) => void listeners.push(listener),
  };
  return { ground, stored };
};

/** Finds the current version of a key by the identifier of any of its versions. */
const currentVersionIn =
  (keyVault: KeyVault) =>
  (kid: string): string | undefined => {
    const id = parseKeyIdentifier(kid);
    if (!id || !keyVault.vault(id.vault)) return undefined;
    return keyVault.key(id.vault, id.name)?.versions.at(-1)?.kid;
  };

/** An empty world: a tenant and nothing in it. */
export const createWorld = (options: WorldOptions): FullWorld => {
  const { ground, stored } = createGround(options);
  const world: World = {
    ...ground,
    keyVault: { use: () => Promise.reject(new Error('Key Vault is used while the world is being made.')) },
    sites: { locate: (url) => web.addresses.locate(url), eventGridUrl: (id) => web.addresses.eventGridUrl(id) },
  };
  const traces = createTraces(world, stored);
  const web = createWeb(world, options.runtime ?? noRuntime, traces);
  const keyVault = createKeyVault(world);
  const diagnosticSettings = createDiagnosticSettings(world);
  const alerts = createAlerts(stored);
  const auditLog = createAuditLog(world, diagnosticSettings);
  return Object.assign(world, {
    keyVault,
    compute: createCompute(world, currentVersionIn(keyVault)),
    mysql: createMySql(world),
    eventGrid: createEventGrid(world),
    managedIdentities: createManagedIdentities(world),
    diagnosticSettings,
    auditLog,
    traces,
    alerts,
    alerting: createAlerting(world, alerts, { audit: auditLog, traces }),
    webhook: createWebhook(world.clock),
    storage: createStorage(world),
    stored,
    web,
  });
};
