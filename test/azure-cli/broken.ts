import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { sameId } from '../../local/cloud/arm/resource-id.ts';
import { productId, subscriptionId } from '../../local/cloud/worlds/product.ts';
import { productRole } from '../../local/cloud/worlds/product-role.ts';
import { breakLink } from '../builders/breaking/break-link.ts';
import { principalOf, theServer, theSet } from '../builders/breaking/find-subject.ts';
import { FIREWALL } from '../builders/breaking/firewall.ts';
import { LINKS, type Link } from '../builders/breaking/links.ts';
import { KEY_NAME, type Subject } from '../builders/breaking/subjects.ts';
import { HOUR, MINUTE } from '../builders/durations.ts';
import type { State } from '../docs/runbooks/by-azure-cli.ts';
import { SUBNET } from './blanks.ts';
import type { Terminal } from './terminal.ts';

type Break = (terminal: Terminal, subject: Subject) => void | Promise<void>;

/** A deletion takes a while, and what is being deleted cannot be purged. */
const settled = async ({ waitFor }: Terminal): Promise<void> => void (await waitFor(async () => false, MINUTE));

/** Where everything of these scenes is. */
const PLACE = { subscription: subscriptionId, group: 'data' };

const DAY_SECONDS = 86_400;

const without =
  (operation: string): Break =>
  ({ cloud: { world } }, { vault }) => {
    const all = ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'];
    world.keyVault.setAttributes(vault, KEY_NAME, undefined, { keyOps: all.filter((one) => one !== operation) });
  };

/** The owner has a backup, in a file beside the commands. */
const keepBackup = ({ cloud: { world }, folder }: Terminal, { vault }: Subject): void => {
  const backup = Buffer.from(world.keyVault.backupKey(vault, KEY_NAME), 'base64url');
  writeFileSync(path.join(folder, `${KEY_NAME}.backup`), backup);
};

const purgeWithBackup: Break = async (terminal, subject) => {
  const { keyVault } = terminal.cloud.world;
  keepBackup(terminal, subject);
  keyVault.deleteKey(subject.vault, KEY_NAME);
  await settled(terminal);
  keyVault.purgeKey(subject.vault, KEY_NAME);
};

const purgeVault: Break = async (terminal, subject) => {
  const { keyVault } = terminal.cloud.world;
  keepBackup(terminal, subject);
  keyVault.deleteVault(subject.vault);
  await settled(terminal);
  keyVault.purgeVault(subject.vault);
};

/** Azure has shut down the machines on a set, which does not bring them back with the key. */
const stopMachines: Break = ({ cloud }, { name }) => {
  const { compute } = cloud.world;
  for (const machine of compute.machines.all().filter((one) => one.name.startsWith(`${name}-vm-`)))
    compute.stop(machine, 'stopped');
};

/** Whatever the model is, it becomes the other one, in which nobody has been let in. */
const changeModel: Break = ({ cloud }, { vault, model }) =>
  void cloud.world.keyVault.updateVault(vault, { rbac: model === 'accessPolicies' });

const secondsFromNow = ({ cloud: { world } }: Terminal, days: number): number =>
  Math.floor(world.clock.now() / 1_000) + days * DAY_SECONDS;

/** The key was away until its server refused everybody, and is back. */
const lockOut: Break = async ({ cloud: { world }, waitFor }, { name, vault }) => {
  world.keyVault.setAttributes(vault, KEY_NAME, undefined, { enabled: false });
  await waitFor(async () => !theServer(world, name).availability.accepting, HOUR);
  world.keyVault.setAttributes(vault, KEY_NAME, undefined, { enabled: true });
};

/** What the control surface of the cloud does. Throws with its refusal. */
const byVerb = async ({ cloud }: Terminal, verb: string, input: object): Promise<void> => {
  const answer = await fetch(`${cloud.control}/${verb}`, { method: 'POST', body: JSON.stringify(input) });
  if (!answer.ok) throw new Error(`${verb}: ${await answer.text()}`);
};

/** The owner has an identity that may use the key, for the server that Azure has made. */
const migrate: Break = async (terminal, { name, vault }) => {
  const { entra, keyVault, managedIdentities } = terminal.cloud.world;
  await byVerb(terminal, 'break/migrate-server', { server: name });
  const { id } = managedIdentities.create({ ...PLACE, name: `${name}-identity` });
  const objectId = entra.managedIdentity(id)?.objectId ?? '';
  const permissions = { keys: ['get', 'list', 'wrapKey', 'unwrapKey'] };
  keyVault.changePolicies(vault, 'add', [{ tenantId: entra.tenantId, objectId, permissions }]);
};

const assignmentsAt = ({ cloud: { world } }: Terminal, principalId: string, scope: string) =>
  world.rbac.assignments().filter((one) => one.principalId === principalId && sameId(one.scope, scope));

/** The product reads nothing any more: neither through Resource Manager nor in this vault. */
const takeSight: Break = (terminal, { vault }) => {
  const { entra, keyVault, rbac } = terminal.cloud.world;
  const objectId = entra.managedIdentity(productId)?.objectId ?? '';
  const scope = `/subscriptions/${subscriptionId}`;
  const { roleName } = productRole('observe');
  for (const { name, role } of assignmentsAt(terminal, objectId, scope))
    if (rbac.definition(role)?.roleName === roleName) rbac.unassign(scope, name);
  keyVault.changePolicies(vault, 'remove', [{ tenantId: entra.tenantId, objectId, permissions: {} }]);
};

/** The owner has a network, with a subnet from which vaults may be reached. */
const makeNetwork: Break = async ({ run }) => {
  const serviceEndpoints = [{ service: 'Microsoft.KeyVault' }];
  const subnet = { name: 'default', properties: { addressPrefix: '10.0.1.0/24', serviceEndpoints } };
  const properties = { addressSpace: { addressPrefixes: ['10.0.0.0/16'] }, subnets: [subnet] };
  const body = JSON.stringify({ location: 'koreacentral', properties });
  const url = `${SUBNET.replace(/\/subnets\/.*/, '')}?api-version=2024-07-01`;
  await run(`az rest --method put --url '${url}' --body '${body}'`);
};

/** Neither its firewall nor its policies let the product in. */
const shutProductOut: Break = async (terminal, subject) => {
  await makeNetwork(terminal, subject);
  const { entra, keyVault } = terminal.cloud.world;
  const { vault } = subject;
  const objectId = entra.managedIdentity(productId)?.objectId ?? '';
  keyVault.updateVault(vault, { networkAcls: FIREWALL });
  keyVault.changePolicies(vault, 'remove', [{ tenantId: entra.tenantId, objectId, permissions: {} }]);
};

/** A cluster with two pools, whose second one is as the spec says. */
const addCluster =
  (spec: { readonly kubernetesVersion?: string; readonly encrypted: boolean }): Break =>
  ({ cloud: { world } }, subject) => {
    const { kubernetesVersion = '1.33.2', encrypted } = spec;
    const { id: encryptionSet, location } = theSet(world, subject);
    const pools = [{ name: 'system' }, { name: 'old', encrypted }];
    const cluster = { ...PLACE, name: `${subject.name}-aks`, location, encryptionSet, kubernetesVersion, pools };
    world.compute.addCluster(cluster);
  };

/** The vault came back without what hung on it, and somebody made a subscription that nobody needs. */
const loseDependents: Break = async ({ cloud: { world } }, { vault }) => {
  const scope = world.keyVault.vault(vault)?.id ?? '';
  const resourceId = `${scope.split('/providers/')[0]}/providers/Microsoft.Storage/storageAccounts/events`;
  const resource = { endpointType: 'StorageQueue', resourceId, queueName: 'events' } as const;
  await world.eventGrid.subscribe({ name: `${vault}-new`, scope, resource });
};

const takeReader: Break = (terminal, subject) => {
  const { keyVault, rbac } = terminal.cloud.world;
  const scope = keyVault.vault(subject.vault)?.id ?? '';
  const held = assignmentsAt(terminal, principalOf(terminal.cloud.world, subject), scope);
  for (const { name } of held) rbac.unassign(scope, name);
};

const BREAKS: Readonly<Record<State, Break>> = {
  cannotUnwrap: without('unwrapKey'),
  cannotWrap: without('wrapKey'),
  clusterOld: addCluster({ kubernetesVersion: '1.21.2', encrypted: true }),
  dependentsLost: loseDependents,
  diskPlain: ({ cloud }, { name }) => void cloud.world.compute.addDisk({ ...PLACE, name: `${name}-plain` }),
  keyPurged: purgeWithBackup,
  lockedOut: lockOut,
  machinesStopped: stopMachines,
  migrated: migrate,
  modelChanged: changeModel,
  networkMade: makeNetwork,
  nearExpiry: (terminal, { vault }) =>
    void terminal.cloud.world.keyVault.setAttributes(vault, KEY_NAME, undefined, { exp: secondsFromNow(terminal, 3) }),
  notYetActive: (terminal, { vault }) =>
    void terminal.cloud.world.keyVault.setAttributes(vault, KEY_NAME, undefined, { nbf: secondsFromNow(terminal, 1) }),
  poolPlain: addCluster({ encrypted: false }),
  productShutOut: shutProductOut,
  readerTaken: takeReader,
  rotated: ({ cloud }, { vault }) => void cloud.world.keyVault.rotateKey(vault, KEY_NAME),
  sightTaken: takeSight,
  vaultPurged: purgeVault,
};

const isLink = (broken: Link | State): broken is Link => LINKS.some((one) => one === broken);

/** Brings about the state that a page is for. */
export const breakAs = async (terminal: Terminal, subject: Subject, broken: Link | State): Promise<void> =>
  isLink(broken) ? breakLink(terminal.cloud.world, subject, broken) : BREAKS[broken](terminal, subject);
