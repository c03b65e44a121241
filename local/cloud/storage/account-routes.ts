import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import { inRegion } from '../arm/locations.ts';
import { page } from '../arm/page.ts';
import { readBody } from '../arm/read-body.ts';
import { parseResourceId, sameId } from '../arm/resource-id.ts';
import { refuseUnassignable } from '../managed-identity/linked-access.ts';
import type { RefuseRules, ServiceNetwork } from '../network/subnet-rules.ts';
import type { Answer, Call, Route, World } from '../service.ts';
import { accountPatch, accountProperties, accountPut } from './account-body.ts';
import { accountJson } from './account-json.ts';
import { ACCOUNT_PATH, accountIdOf, findAccount, STORAGE_VERSIONS } from './find-account.ts';
import type { Storage } from './storage.ts';
import { ACCOUNT_TYPE, type StorageAccount } from './storage-account.ts';

/** Virtual seconds until the hosts of a new account resolve; Azure gives no number. */
const ACCOUNT_SECONDS = 20;

const COLLECTION = '/providers/Microsoft.Storage/storageAccounts';

/** Microsoft.Storage/storageAccounts, 2022-09-01 to 2025-06-01. */
export const accountRoutes = (world: World, storage: Storage, network: ServiceNetwork): Route[] => {
  const route = (method: string, path: string, verb: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method,
    path,
    apiVersions: STORAGE_VERSIONS,
    action: `${ACCOUNT_TYPE}/${verb}`,
    handle,
  });
  const shown = (account: StorageAccount) =>
    accountJson(account, network.connections(account.id), world.entra.managedIdentity(account.id));
  const writing: Writing = { world, storage, refuseRules: network.refuseRules, shown };
  const listed = (call: Call) => {
    const scope = call.path.toLowerCase().replace(/providers\/.*$/, '');
    return page(
      call,
      storage
        .accounts()
        .filter(({ id }) => id.toLowerCase().startsWith(scope))
        .map(shown),
    );
  };
  const group = `/subscriptions/{subscription}/resourceGroups/{group}${COLLECTION}`;
  return [
    route('GET', ACCOUNT_PATH, 'read', (call) => ({ status: 200, body: shown(findAccount(storage, call)) })),
    route('PUT', ACCOUNT_PATH, 'write', (call) => put(writing, call)),
    route('PATCH', ACCOUNT_PATH, 'write', (call) => patch(writing, call)),
    route('DELETE', ACCOUNT_PATH, 'delete', (call) => {
      const found = storage.byId(accountIdOf(call));
      if (found) storage.remove(found);
      return { status: found ? 200 : 204 };
    }),
    route('POST', `${ACCOUNT_PATH}/listKeys`, 'listkeys/action', (call) => keysOf(findAccount(storage, call))),
    route('GET', group, 'read', listed),
    route('GET', `/subscriptions/{subscription}${COLLECTION}`, 'read', listed),
    { ...nameRoute(storage), apiVersions: STORAGE_VERSIONS },
  ];
};

const nameRoute = (storage: Storage): Omit<Route, 'apiVersions'> => ({
  plane: 'arm',
  method: 'POST',
  path: '/subscriptions/{subscription}/providers/Microsoft.Storage/checkNameAvailability',
  action: 'Microsoft.Storage/checknameavailability/read',
  readsOnly: true,
  handle: ({ body }) => {
    const { name } = readBody(z.strictObject({ name: z.string(), type: z.literal(ACCOUNT_TYPE) }), body);
    const taken = storage.account(name) ? takenMessage(name) : undefined;
    if (taken === undefined) return { status: 200, body: { nameAvailable: true } };
    return { status: 200, body: { nameAvailable: false, reason: 'AlreadyExists', message: taken } };
  },
});

const takenMessage = (name: string) => `The storage account named ${name} is already taken.`;

/** An account name is unique in the world. */
const refuseTaken = (existing: StorageAccount, id: string): void => {
  if (sameId(existing.id, id)) return;
  const [own, other] = [parseResourceId(id), parseResourceId(existing.id)];
  if (own && other && sameId(own.subscription, other.subscription)) {
    const message = `The account ${existing.name} is already in another resource group in this subscription.`;
    throw new AzureError(409, 'StorageAccountInAnotherResourceGroup', message);
  }
  throw new AzureError(409, 'StorageAccountAlreadyTaken', takenMessage(existing.name));
};

const refuseName = (name: string): void => {
  if (/^[a-z0-9]{3,24}$/.test(name)) return;
  const message = `${name} is not a valid storage account name. Storage account name must be between 3 and 24 characters in length and use numbers and lower-case letters only.`;
  throw new AzureError(400, 'AccountNameInvalid', message);
};

type Shown = (account: StorageAccount) => unknown;

/** The parts that a write of an account needs. */
type Writing = { world: World; storage: Storage; refuseRules: RefuseRules; shown: Shown };

type Acls = StorageAccount['properties']['networkAcls'];

/** Rules with the action `Allow` are all that there are; those with an IP range name no subnet. */
const refuseSubnets = ({ refuseRules }: Writing, call: Call, before: Acls | undefined, asked: Acls | undefined): void =>
  refuseRules(call, {
    id: accountIdOf(call),
    write: `${ACCOUNT_TYPE}/write`,
    rules: asked?.virtualNetworkRules ?? [],
    before: before?.virtualNetworkRules ?? [],
  });

const put = (writing: Writing, call: Call): Answer => {
  const { world, storage, shown } = writing;
  const { subscription = '', group = '', account: name = '' } = call.params;
  refuseName(name);
  const { location, kind, sku, tags, identity, properties } = readBody(accountPut, call.body);
  const region = inRegion(location, ACCOUNT_TYPE);
  refuseUnassignable(world, call, {
    id: accountIdOf(call),
    write: `${ACCOUNT_TYPE}/write`,
    identity: identity ?? undefined,
  });
  const existing = storage.account(name);
  if (existing) {
    refuseTaken(existing, accountIdOf(call));
    refuseMoved(existing, region);
  }
  refuseSubnets(writing, call, existing?.properties.networkAcls, properties.networkAcls);
  if (existing) {
    Object.assign(existing, { kind, sku: { name: sku.name }, tags: tags ?? {} });
    existing.properties = accountProperties(properties, existing.properties);
    return written(world, storage, existing, identity, shown);
  }
  const spec = { subscription, group, name, location: region, kind, sku: { name: sku.name }, tags: tags ?? {} };
  const account = storage.create({ ...spec, properties: accountProperties(properties) });
  setIdentity(world, account, identity);
  return accepted(world, call, account, shown);
};

const refuseMoved = ({ name, location, id }: StorageAccount, region: string): void => {
  if (location === region) return;
  const group = parseResourceId(id)?.group;
  const message = `The resource '${name}' already exists in location '${location}' in resource group '${group}'. A resource with the same name cannot be created in location '${region}'. Please select a new resource name.`;
  throw new AzureError(409, 'InvalidResourceLocation', message);
};

/** 202 with `Location` alone, as the service answers; the account is there when its hosts resolve. */
const accepted = (world: World, call: Call, account: StorageAccount, shown: Shown): Answer => {
  const { headers } = world.operations.start({
    provider: 'Microsoft.Storage',
    location: account.location,
    monitor: 'asyncoperations',
    seconds: ACCOUNT_SECONDS,
    target: account.id,
    apiVersion: call.apiVersion,
    run: async () => {
      account.ready = true;
      return shown(account);
    },
  });
  return { status: 202, headers: { location: headers['location'] ?? '', 'retry-after': headers['retry-after'] ?? '' } };
};

const patch = (writing: Writing, call: Call): Answer => {
  const { world, storage, shown } = writing;
  const account = findAccount(storage, call);
  const { sku, tags, identity, properties } = readBody(accountPatch, call.body ?? {});
  refuseUnassignable(world, call, { id: account.id, write: `${ACCOUNT_TYPE}/write`, identity: identity ?? undefined });
  refuseSubnets(writing, call, account.properties.networkAcls, properties.networkAcls);
  if (sku) account.sku = { name: sku.name };
  if (tags) account.tags = tags;
  account.properties = accountProperties(properties, account.properties);
  return written(world, storage, account, identity, shown);
};

type Identity = z.infer<typeof accountPut>['identity'];

const written = (world: World, storage: Storage, account: StorageAccount, identity: Identity, shown: Shown): Answer => {
  setIdentity(world, account, identity);
  storage.written(account);
  return { status: 200, body: shown(account) };
};

const setIdentity = ({ entra }: World, account: StorageAccount, identity: Identity): void => {
  if (!identity) return;
  const { type, userAssignedIdentities } = identity;
  account.identity = { type, ...(userAssignedIdentities && { userAssignedIdentities }) };
  if (type.startsWith('SystemAssigned')) entra.createSystemIdentity(account.id);
  else entra.deleteIdentity(account.id);
};

const keysOf = ({ keys, createdAt }: StorageAccount): Answer => ({
  status: 200,
  body: {
    keys: keys.map((value, i) => ({
      keyName: `key${i + 1}`,
      value,
      permissions: 'FULL',
      creationTime: new Date(createdAt).toISOString(),
    })),
  },
});
