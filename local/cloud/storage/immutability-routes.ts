import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import { readBody } from '../arm/read-body.ts';
import { guid } from '../draw.ts';
import type { Answer, Call, Route, World } from '../service.ts';
import { CONTAINER_PATH } from './container-routes.ts';
import { findAccount, findContainer, STORAGE_VERSIONS } from './find-account.ts';
import type { Storage } from './storage.ts';
import { ACCOUNT_TYPE, type Container, type ImmutabilityPolicy, type StorageAccount } from './storage-account.ts';

const TYPE = `${ACCOUNT_TYPE}/blobServices/containers/immutabilityPolicies`;
const PATH = `${CONTAINER_PATH}/immutabilityPolicies/default`;

const policyBody = z.object({
  properties: z
    .strictObject({
      immutabilityPeriodSinceCreationInDays: z.int().min(1).max(146_000).optional(),
      allowProtectedAppendWrites: z.boolean().nullish(),
      allowProtectedAppendWritesAll: z.boolean().nullish(),
      state: z.unknown().optional(),
    })
    .default({}),
});

type Place = { account: StorageAccount; container: Container };

/** containers/immutabilityPolicies/default: how long blobs must stay as they are. A locked policy can only be made longer. */
export const immutabilityRoutes = (world: World, storage: Storage): Route[] => {
  const route = (method: string, path: string, verb: string, handle: (place: Place, call: Call) => Answer): Route => ({
    plane: 'arm',
    method,
    path,
    apiVersions: STORAGE_VERSIONS,
    action: `${TYPE}/${verb}`,
    handle: (call) => {
      const account = findAccount(storage, call);
      return handle({ account, container: findContainer(account, call) }, call);
    },
  });
  return [
    route('GET', PATH, 'read', (place) => answer(place)),
    route('PUT', PATH, 'write', (place, call) => put(world, place, call)),
    route('DELETE', PATH, 'delete', (place, call) => remove(world, place, call)),
    route('POST', `${PATH}/lock`, 'lock/action', (place, call) => {
      const policy = matching(place.container, call);
      place.container.policy = { ...policy, state: 'Locked', etag: etagOf(world, place) };
      return answer(place);
    }),
    route('POST', `${PATH}/extend`, 'extend/action', (place, call) => extend(world, place, call)),
  ];
};

const etagOf = ({ seed, clock }: World, { account, container }: Place): string =>
  `"${guid('policy', seed, account.id, container.name, clock.now(), container.policy?.etag ?? '')
    .replaceAll('-', '')
    .slice(0, 15)}"`;

const readPolicy = ({ body }: Call) => readBody(policyBody, body ?? {}).properties;

const put = (world: World, place: Place, call: Call): Answer => {
  const { container } = place;
  const written = readPolicy(call);
  if (container.policy) {
    if (container.policy.state === 'Locked') throw locked('changed');
    if (world.switches.immutabilityChanges !== 'free') matching(container, call);
  }
  container.policy = {
    days: written.immutabilityPeriodSinceCreationInDays ?? container.policy?.days ?? 1,
    allowProtectedAppendWrites: written.allowProtectedAppendWrites ?? false,
    allowProtectedAppendWritesAll: written.allowProtectedAppendWritesAll ?? false,
    state: 'Unlocked',
    etag: etagOf(world, place),
  };
  return answer(place);
};

/**
 * The policy, if `If-Match` names its present etag. No document has the code for a request without `If-Match`: this cloud chose
 * one.
 */
const matching = ({ policy }: Container, { headers }: Call): ImmutabilityPolicy => {
  if (!policy) throw notFound();
  const named = headers['if-match'];
  if (named === undefined)
    throw new AzureError(400, 'MissingRequiredHeader', 'A required HTTP header was not specified: If-Match.');
  if (named === '*' || named.replaceAll('"', '') === policy.etag.replaceAll('"', '')) return policy;
  throw new AzureError(
    412,
    'PreconditionFailed',
    'The condition specified using HTTP conditional header(s) is not met.',
  );
};

const remove = (world: World, { container }: Place, call: Call): Answer => {
  if (!container.policy) return { status: 204 };
  if (container.policy.state === 'Locked') throw locked('deleted');
  if (world.switches.immutabilityChanges !== 'free') matching(container, call);
  delete container.policy;
  return { status: 200 };
};

const extend = (world: World, place: Place, call: Call): Answer => {
  const policy = matching(place.container, call);
  const { immutabilityPeriodSinceCreationInDays: days = 0 } = readPolicy(call);
  if (policy.state !== 'Locked' || days <= policy.days) {
    const message = `A locked policy is only made longer than ${policy.days} days.`;
    throw new AzureError(409, 'InvalidImmutabilityPolicyExtension', message);
  }
  place.container.policy = { ...policy, days, etag: etagOf(world, place) };
  return answer(place);
};

const locked = (what: string) =>
  new AzureError(409, 'ImmutabilityPolicyLocked', `The immutability policy is locked: it cannot be ${what}.`);

const notFound = () => new AzureError(404, 'ImmutabilityPolicyNotFound', 'The container has no immutability policy.');

const answer = ({ account, container }: Place): Answer => {
  const { policy, name } = container;
  if (!policy) throw notFound();
  return {
    status: 200,
    headers: { etag: policy.etag },
    body: {
      id: `${account.id}/blobServices/default/containers/${name}/immutabilityPolicies/default`,
      name: 'default',
      type: TYPE,
      etag: policy.etag,
      properties: {
        immutabilityPeriodSinceCreationInDays: policy.days,
        state: policy.state,
        allowProtectedAppendWrites: policy.allowProtectedAppendWrites,
        allowProtectedAppendWritesAll: policy.allowProtectedAppendWritesAll,
      },
    },
  };
};
