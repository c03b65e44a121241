import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import { page } from '../arm/page.ts';
import { readBody } from '../arm/read-body.ts';
import { guid } from '../draw.ts';
import type { Answer, Call, Route, World } from '../service.ts';
import { ACCOUNT_PATH, findAccount, findContainer, STORAGE_VERSIONS } from './find-account.ts';
import { retained } from './immutability.ts';
import type { Storage } from './storage.ts';
import { ACCOUNT_TYPE, type Container, type StorageAccount } from './storage-account.ts';

const TYPE = `${ACCOUNT_TYPE}/blobServices/containers`;
const COLLECTION = `${ACCOUNT_PATH}/blobServices/default/containers`;
export const CONTAINER_PATH = `${COLLECTION}/{container}`;

const unread = z.unknown().optional();

const containerBody = z.object({
  properties: z
    .strictObject({
      publicAccess: z.enum(['None', 'Blob', 'Container']).optional(),
      metadata: z.record(z.string(), z.string()).optional(),
      defaultEncryptionScope: z.string().optional(),
      denyEncryptionScopeOverride: z.boolean().optional(),
      enableNfsV3AllSquash: z.boolean().optional(),
      enableNfsV3RootSquash: z.boolean().optional(),
      immutableStorageWithVersioning: z.looseObject({ enabled: z.boolean().optional() }).optional(),
      // Read-only properties, which templates send back.
      ...Object.fromEntries(
        ['version', 'deleted', 'deletedTime', 'remainingRetentionDays', 'lastModifiedTime', 'leaseStatus', 'leaseState']
          .concat('leaseDuration', 'immutabilityPolicy', 'legalHold', 'hasLegalHold', 'hasImmutabilityPolicy')
          .map((name) => [name, unread]),
      ),
    })
    .default({}),
});

/** Makes a container, for a request to either plane. */
export const newContainer = (
  { clock, seed }: World,
  account: StorageAccount,
  name: string,
  properties: Record<string, unknown> = {},
): Container => {
  const made = {
    name,
    properties: { publicAccess: 'None', ...properties },
    etag: `"${guid('etag', seed, account.id, name, clock.now()).replaceAll('-', '').slice(0, 16)}"`,
    writtenAt: clock.now(),
    blobs: new Map<string, number>(),
  };
  account.containers.set(name, made);
  return made;
};

/** blobServices/default/containers of Microsoft.Storage. */
export const containerRoutes = (world: World, storage: Storage, emulated: Emulated): Route[] => {
  const route = (method: string, path: string, verb: string, handle: Route['handle']): Route => ({
    plane: 'arm',
    method,
    path,
    apiVersions: STORAGE_VERSIONS,
    action: `${TYPE}/${verb}`,
    handle,
  });
  const one = (call: Call) => {
    const account = findAccount(storage, call);
    return { account, container: findContainer(account, call) };
  };
  return [
    route('GET', COLLECTION, 'read', (call) => {
      const account = findAccount(storage, call);
      return page(
        call,
        [...account.containers.values()].map((each) => containerJson(account, each)),
      );
    }),
    route('GET', CONTAINER_PATH, 'read', (call) => {
      const { account, container } = one(call);
      return { status: 200, headers: { etag: container.etag }, body: containerJson(account, container) };
    }),
    route('PUT', CONTAINER_PATH, 'write', (call) => put(world, storage, emulated, call)),
    route('PATCH', CONTAINER_PATH, 'write', (call) => {
      const { account, container } = one(call);
      Object.assign(container.properties, readBody(containerBody, call.body ?? {}).properties);
      return { status: 200, body: containerJson(account, container) };
    }),
    route('DELETE', CONTAINER_PATH, 'delete', (call) => remove(world, storage, emulated, call)),
  ];
};

/** Makes and deletes the container in the emulator, which keeps its blobs. */
export type Emulated = {
  create(account: StorageAccount, container: string): Promise<void>;
  remove(account: StorageAccount, container: string): Promise<void>;
};

/** "Between 3 and 63 characters, lower-case letters, digits, single hyphens" (Naming and referencing containers). */
const refuseName = (name: string): void => {
  if (/^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || name.startsWith('$')) return;
  throw new AzureError(400, 'ContainerNameInvalid', `The container name '${name}' is not valid.`);
};

const put = async (world: World, storage: Storage, emulated: Emulated, call: Call): Promise<Answer> => {
  const account = findAccount(storage, call);
  const name = call.params['container'] ?? '';
  refuseName(name);
  const { properties } = readBody(containerBody, call.body ?? {});
  refusePublic(account, properties.publicAccess);
  const existing = account.containers.get(name);
  if (existing) {
    Object.assign(existing.properties, properties);
    return { status: 200, body: containerJson(account, existing) };
  }
  await emulated.create(account, name);
  return { status: 201, body: containerJson(account, newContainer(world, account, name, properties)) };
};

const refusePublic = ({ properties }: StorageAccount, access = 'None'): void => {
  if (access === 'None' || properties.allowBlobPublicAccess === true) return;
  throw new AzureError(409, 'PublicAccessNotPermitted', 'Public access is not permitted on this storage account.');
};

const remove = async (world: World, storage: Storage, emulated: Emulated, call: Call): Promise<Answer> => {
  const account = findAccount(storage, call);
  const name = call.params['container'] ?? '';
  const found = account.containers.get(name);
  if (!found) return { status: 204 };
  refuseKept(found, world.clock.now());
  await emulated.remove(account, name);
  account.containers.delete(name);
  return { status: 200 };
};

/**
 * A container with a locked policy cannot be deleted while it has blobs, a container with another policy while the policy keeps a
 * blob. No document has the code: this cloud chose one.
 */
export const refuseKept = (container: Container, now: number): void => {
  const isKept =
    retained(container, now).length > 0 || (container.policy?.state === 'Locked' && container.blobs.size > 0);
  if (!isKept) return;
  const message = `The storage account container '${container.name}' is protected from deletion due to ImmutabilityPolicy.`;
  throw new AzureError(409, 'ContainerProtectedFromDeletion', message);
};

const containerJson = ({ id }: StorageAccount, { name, properties, policy, etag, writtenAt }: Container) => ({
  id: `${id}/blobServices/default/containers/${name}`,
  name,
  type: TYPE,
  etag,
  properties: {
    ...properties,
    lastModifiedTime: new Date(writtenAt).toISOString(),
    leaseStatus: 'Unlocked',
    leaseState: 'Available',
    hasLegalHold: false,
    hasImmutabilityPolicy: policy !== undefined,
    ...(policy && {
      immutabilityPolicy: {
        etag: policy.etag,
        properties: { immutabilityPeriodSinceCreationInDays: policy.days, state: policy.state },
      },
    }),
  },
});
