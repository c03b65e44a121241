import { AzureError } from '../arm/error.ts';
import { failure } from '../arm/failure.ts';
import { parseResourceId } from '../arm/resource-id.ts';
import type { FullWorld } from '../create-world.ts';
import type { Verified, Verifier } from '../entra/verify-token.ts';
import type { Incoming } from '../incoming.ts';
import type { Plane, Prepared } from '../plane.ts';
import type { Answer } from '../service.ts';
import { authorizeData, refuseByNetwork, storageArrival, storageAudiences } from './data-access.ts';
import { dataFailure } from './data-answer.ts';
import { type DataRequest, type DataService, dataRequest } from './data-request.ts';
import { type Relay, storageHost } from './emulator.ts';
import { note, refuseImmutable } from './retention.ts';
import type { StorageAccount } from './storage-account.ts';

type Asked = { account: StorageAccount; service: DataService; incoming: Incoming; verified: Verified };

const tenantOf = ({ subscriptions, entra }: FullWorld, { id }: StorageAccount): string =>
  subscriptions.get(parseResourceId(id)?.subscription ?? '')?.tenantId ?? entra.tenantId;

const serve = async (world: FullWorld, relay: Relay | undefined, asked: Asked): Promise<Answer> => {
  const { account, service, incoming, verified } = asked;
  const from = verified.kind === 'caller' ? verified.caller.from : undefined;
  const arrival = storageArrival(world, account, service, from);
  if (arrival) refuseByNetwork(account, arrival);
  const request = dataRequest(incoming, account, service);
  authorizeData(world, { account, incoming, request, verified, tenantId: tenantOf(world, account) });
  refuseImmutable(world, account, request, incoming);
  if (!relay)
    throw new AzureError(503, 'ServerBusy', 'The local cloud runs without a storage emulator: it keeps no data.');
  const answer = await relay.send(account, service, incoming);
  note(world, account, request, incoming, answer);
  return withPolicy(answer, account, request);
};

/** The emulator has no immutability policies: its answer on a container gets the policy headers of this cloud's container. */
const withPolicy = (answer: Answer, { containers }: StorageAccount, { container, blob }: DataRequest): Answer => {
  const isKept = blob === undefined && containers.get(container ?? '')?.policy !== undefined;
  return isKept ? { ...answer, headers: { ...answer.headers, 'x-ms-has-immutability-policy': 'true' } } : answer;
};

/**
 * https://{account}.{blob|queue|table}.core.windows.net: this cloud checks the caller, its network and its role, on the clock of
 * the world; the emulator keeps the data.
 */
export const createStoragePlane = (world: FullWorld, verify: Verifier, relay: Relay | undefined): Plane => ({
  prepare: async (incoming): Promise<Prepared> => {
    const { account: name = '', service = 'blob' as const } = storageHost(incoming.host) ?? {};
    const verified = await verify(incoming.headers['authorization'], storageAudiences(name, service));
    const caller = verified.kind === 'caller' ? { caller: verified.caller } : {};
    const account = world.storage.account(name);
    const isReached =
      account?.ready === true &&
      storageArrival(world, account, service, verified.kind === 'caller' ? verified.caller.from : undefined) !==
        undefined;
    return {
      name: `${incoming.method} https://{account}.${service}.core.windows.net`,
      mutating: incoming.method !== 'GET' && incoming.method !== 'HEAD',
      ...caller,
      // The name of the account does not resolve: no host answers.
      ...(!isReached && { fault: 'reset' as const }),
      run: async () => {
        if (!account) return { status: 404 };
        return serve(world, relay, { account, service, incoming, verified }).catch((error: unknown) =>
          error instanceof AzureError ? dataFailure(error, service) : failure(error, world),
        );
      },
    };
  },
});
