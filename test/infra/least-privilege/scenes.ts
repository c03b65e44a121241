import { BlobServiceClient } from '@azure/storage-blob';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { productId, subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { webhookUrl } from '../../../local/host-process.ts';
import type { Scenario } from '../../acceptance/scenario.ts';
import { SCENARIOS } from '../../acceptance/scenarios.ts';
import { type App, HOUR, MINUTE } from '../../builders/app.ts';
import { KEY_NAME, worldOf } from '../../builders/breaking/subjects.ts';
import { runStorage } from '../../run/ground.ts';
import type { SceneName } from './actions.ts';

/** A world, a change of it, and the sign that the product has done its work. */
export type Scene = {
  readonly scenarios: readonly Scenario[];
  readonly more?: WorldPlan;
  readonly settings?: Readonly<Record<string, string>>;
  /** Before the product's first look. */
  readonly furnish?: (app: App) => Promise<void> | void;
  readonly alsoBroken?: (app: App) => Promise<void> | void;
  /** Further conditions that must hold again at the end, by name. */
  readonly again?: Readonly<Record<string, (app: App) => boolean>>;
};

const named = (name: string): Scenario => {
  const found = SCENARIOS.find((one) => one.name === name);
  if (!found) throw new Error(`there is no scenario '${name}'`);
  return found;
};
const withRoles = (name: string): Scenario => {
  const found = named(name);
  return { ...found, subject: { ...found.subject, model: 'roles' } };
};

const subscription = `/subscriptions/${subscriptionId}`;
const data = `${subscription}/resourceGroups/data/providers`;
const vaultId = ({ cloud }: App, name: string): string => cloud.world.keyVault.vault(name)?.id ?? '';

const FUNCTION = `${productId}/functions/on-key-vault-event`;
const WORKSPACE = `${data}/Microsoft.OperationalInsights/workspaces/audit`;

/** Makes the extensions of a vault that are deleted with it; the owner lets the product write to its own function. */
const furnishVault = async (app: App): Promise<void> => {
  const { diagnosticSettings, entra, eventGrid, rbac } = app.cloud.world;
  const scope = vaultId(app, 'kv-vaultless');
  const principalId = entra.managedIdentity(productId)?.objectId ?? '';
  rbac.define({
    roleName: 'Own function',
    permissions: [
      { actions: ['Microsoft.Web/sites/functions/write'], notActions: [], dataActions: [], notDataActions: [] },
    ],
    scopes: [subscription],
  });
  rbac.assign({ scope: productId, role: 'Own function', principalId });
  eventGrid.functions.runsAt(FUNCTION, webhookUrl(app.host(), 'on-key-vault-event'));
  await eventGrid.subscribe({
    name: 'guardian',
    scope,
    resource: { endpointType: 'AzureFunction', resourceId: FUNCTION },
  });
  diagnosticSettings.put({
    scope,
    name: 'audit',
    workspaceId: WORKSPACE,
    logs: [{ category: 'AuditEvent', enabled: true }],
    metrics: [],
  });
};

/** A subnet with the service endpoint, named in the rules of the vault whose bypass is taken. */
const furnishSubnet = (app: App): void => {
  const { stored, keyVault } = app.cloud.world;
  const id = `${data}/Microsoft.Network/virtualNetworks/vnet/subnets/apps`;
  stored.put({
    id,
    name: 'apps',
    type: 'Microsoft.Network/virtualNetworks/subnets',
    properties: {
      addressPrefix: '10.0.0.0/26',
      delegations: [],
      serviceEndpoints: [{ service: 'Microsoft.KeyVault', locations: ['*'] }],
    },
  } as Parameters<typeof stored.put>[0]);
  keyVault.updateVault('kv-walled', {
    networkAcls: {
      bypass: 'AzureServices',
      defaultAction: 'Deny',
      ipRules: [{ value: '203.0.113.0/24' }],
      virtualNetworkRules: [{ id }],
    },
  });
};

const bypassTaken: Scenario['breakIt'] = ({ keyVault }, { vault }) => {
  const acls = keyVault.vault(vault)?.networkAcls;
  if (!acls) throw new Error('the vault has no rules');
  keyVault.updateVault(vault, { networkAcls: { ...acls, bypass: 'None' } });
};

/** An owner keeps a backup of the key, deletes it and purges it. */
const purge = async (app: App): Promise<void> => {
  const { keyVault } = app.cloud.world;
  const bytes = Buffer.from(keyVault.backupKey('kv-purged', KEY_NAME), 'base64url');
  const container = BlobServiceClient.fromConnectionString(runStorage()).getContainerClient(
    `${app.tablePrefix}-backups`,
  );
  await container.createIfNotExists();
  await container.getBlockBlobClient(`kv-purged/${KEY_NAME}`).upload(bytes, bytes.length);
  Object.assign(keyVault.vault('kv-purged') ?? {}, { purgeProtection: false });
  keyVault.deleteKey('kv-purged', KEY_NAME);
  await app.pass(MINUTE);
  keyVault.purgeKey('kv-purged', KEY_NAME);
};

/** The key is disabled until Azure shuts the machine down; then its owner no longer forbids the repair. */
const shutMachinesDown = async (app: App): Promise<void> => {
  const { keyVault, compute } = app.cloud.world;
  const vault = keyVault.vault('kv-off');
  if (!vault) throw new Error('there is no vault');
  vault.tags = { 'cmk-guardian:do-not-heal': 'legal hold' };
  keyVault.setAttributes('kv-off', KEY_NAME, undefined, { enabled: false });
  const isDown = () => compute.machines.all().some(({ power }) => power !== 'running');
  await app.until('the machine is down', isDown, 3 * HOUR);
  vault.tags = {};
};

const serverOf = ({ cloud }: App, name: string) => cloud.world.mysql.servers.all().find((one) => one.name === name);

export const SCENES: Readonly<Record<SceneName, Scene>> = {
  servers: {
    scenarios: [
      named('a server’s key expires'),
      named('a server’s permissions are revoked'),
      named('a server’s identity is deleted'),
      named('a flexible server’s role is revoked'),
    ],
    // No setting says that the vaults hold no other keys: so the product looks.
    settings: { GUARDIAN_DEDICATED_VAULTS: '' },
  },
  keys: {
    scenarios: [
      withRoles('a server’s key expires'),
      withRoles('a key is deleted'),
      named('a flexible server’s role is revoked'),
    ],
    more: {
      vaults: [{ name: 'kv-purged', permissions: 'roles', keys: [{ name: KEY_NAME, expiresInDays: 90 }] }],
      servers: [{ name: 'purged', generation: 'single', vault: 'kv-purged', key: KEY_NAME }],
    },
    alsoBroken: purge,
    again: { 'a purged key is restored': (app) => serverOf(app, 'purged')?.availability.condition === 'ready' },
  },
  vaults: {
    scenarios: [named('a vault with roles is deleted'), named('a firewall keeps trusted services out')],
    settings: { GUARDIAN_FUNCTION_APP: productId },
    furnish: furnishVault,
    again: {
      'the event subscription is made again': (app) =>
        app.cloud.world.eventGrid.subscriptions().some(({ scope }) => scope === vaultId(app, 'kv-vaultless')),
      'the diagnostic setting is made again': (app) =>
        app.cloud.world.diagnosticSettings.all().some(({ scope }) => scope === vaultId(app, 'kv-vaultless')),
    },
  },
  sets: {
    scenarios: [named('a set’s role is revoked'), named('a set’s identity is deleted')],
    more: {
      vaults: [{ name: 'kv-off', permissions: 'roles', keys: [{ name: KEY_NAME, expiresInDays: 90 }] }],
      sets: [{ name: 'off', vault: 'kv-off', key: KEY_NAME, machines: 1 }],
    },
    alsoBroken: shutMachinesDown,
    again: {
      'the machines run again': ({ cloud }) =>
        cloud.world.compute.machines.all().every(({ power }) => power === 'running'),
    },
  },
  subnets: {
    scenarios: [{ ...named('a firewall keeps trusted services out'), breakIt: bypassTaken }],
    furnish: furnishSubnet,
  },
};

export const planOf = ({ scenarios, more = {} }: Scene): WorldPlan => {
  const own = worldOf(scenarios.map(({ subject }) => subject));
  return {
    vaults: [...(own.vaults ?? []), ...(more.vaults ?? [])],
    servers: [...(own.servers ?? []), ...(more.servers ?? [])],
    sets: [...(own.sets ?? []), ...(more.sets ?? [])],
    ...(more.clusters && { clusters: more.clusters }),
  };
};
