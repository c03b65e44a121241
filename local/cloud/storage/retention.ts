import { AzureError } from '../arm/error.ts';
import type { Incoming } from '../incoming.ts';
import type { Answer, World } from '../service.ts';
import { newContainer, refuseKept } from './container-routes.ts';
import type { DataRequest } from './data-request.ts';
import { isRetained } from './immutability.ts';
import type { Container, StorageAccount } from './storage-account.ts';

/** Leases, tiers, tags and uncommitted blocks do not change the content that a policy keeps. */
const HARMLESS = ['lease', 'tier', 'tags', 'block', 'snapshot'];

const changesBlob = ({ method, query }: Incoming): boolean =>
  method === 'DELETE' || (method === 'PUT' && !HARMLESS.includes(query.get('comp') ?? ''));

const isProtectedAppend = ({ policy }: Container, { query }: Incoming): boolean =>
  query.get('comp') === 'appendblock' &&
  (policy?.allowProtectedAppendWrites === true || policy?.allowProtectedAppendWritesAll === true);

/** Throws where the policy of a container forbids a request (409 BlobImmutableDueToPolicy). */
export const refuseImmutable = (
  world: World,
  account: StorageAccount,
  request: DataRequest,
  incoming: Incoming,
): void => {
  const container = account.containers.get(request.container ?? '');
  if (!container) return;
  const now = world.clock.now();
  if (request.blob === undefined) {
    if (incoming.method === 'DELETE') refuseKept(container, now);
    return;
  }
  const madeAt = container.blobs.get(request.blob);
  if (madeAt === undefined || !isRetained(container, madeAt, now) || !changesBlob(incoming)) return;
  if (isProtectedAppend(container, incoming)) return;
  const message = 'This operation is not permitted as the blob is immutable due to a policy.';
  throw new AzureError(409, 'BlobImmutableDueToPolicy', message);
};

/** Notes the effect of an answer of the emulator: the containers that exist, and the blobs with the time of their writing. */
export const note = (
  world: World,
  account: StorageAccount,
  { container: name, blob }: DataRequest,
  { method, query }: Incoming,
  { status }: Answer,
): void => {
  if (name === undefined || status >= 300) return;
  const comp = query.get('comp');
  if (blob === undefined) {
    if (method === 'PUT' && comp === null) newContainer(world, account, name);
    if (method === 'DELETE') account.containers.delete(name);
    return;
  }
  const blobs = account.containers.get(name)?.blobs;
  if (method === 'DELETE') blobs?.delete(blob);
  if (method === 'PUT' && (comp === null || comp === 'blocklist')) blobs?.set(blob, world.clock.now());
};
