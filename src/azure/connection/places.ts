import { apiVersion } from '../../remediation/model/api-versions.ts';
import { type Fact, present, unknown } from '../../remediation/model/facts.ts';
import { formatResourceId, subscriptionOf } from '../../remediation/model/resource-id.ts';
import { groupIdOf, type Place } from '../../remediation/observation/places.ts';
import { AzureUnavailable } from '../failure/azure-unavailable.ts';
import { toFailure } from '../failure/failure.ts';
import { findGroup } from '../failure/find-place.ts';
import { readFact } from '../failure/read-fact.ts';
import type { Connection } from './connection.ts';
import { inParallel } from './in-parallel.ts';
import { type Scopes, subscriptionsIn } from './scope.ts';

/**
 * The most groups, missing in a list, that are read one by one: a principal without the right to read groups sees few
 * or none in a list.
 */
const MOST = 20;

const API = apiVersion('Microsoft.Resources/subscriptions');

/** A read without an answer of Azure is unknown here: a retry is not worth it, since the next sweep asks again. */
const orUnknown = <T>(fact: Promise<Fact<T>>): Promise<Fact<T>> =>
  fact.catch((error: unknown) => {
    if (error instanceof AzureUnavailable) return unknown(error.message);
    throw error;
  });

type Sources = Pick<Connection, 'arm' | 'ownIdentity'>;

const isMissing = async ({ arm }: Sources, groupId: string): Promise<boolean> => {
  try {
    await (await arm()).get(groupId, API);
    return false;
  } catch (error) {
    return toFailure(error).code.toLowerCase() === 'resourcegroupnotfound';
  }
};

/**
 * A list shows only groups that the caller may read: a group that it lacks is missing only if Azure says so for that
 * group.
 */
const readMissing = async (
  sources: Sources,
  scope: string,
  groupIds: readonly string[],
): Promise<Place['missingGroups']> => {
  if (groupIds.length === 0) return [];
  const listed = await orUnknown(
    readFact({ what: `the resource groups of ${scope}`, scope }, async () =>
      (await sources.arm()).list(`${scope}/resourcegroups`, API),
    ),
  );
  if (listed.kind !== 'present') return [];
  const shown = new Set(listed.value.map((one) => String((one as { readonly id?: string }).id).toLowerCase()));
  const lacking = groupIds.filter((id) => !shown.has(id)).slice(0, MOST);
  const missing = await inParallel(lacking, (id) => isMissing(sources, id));
  return lacking
    .filter((_, at) => missing[at])
    .map((id) => ({
      id,
      why: `Azure lists it, and answers ResourceGroupNotFound of its group. Fix: ${findGroup(id)}`,
    }));
};

type SubscriptionJson = { readonly state?: string; readonly tenantId?: string };

const readItself = ({ arm }: Sources, scope: string): Promise<Fact<SubscriptionJson>> =>
  orUnknown(
    readFact(
      { what: `the subscription ${scope}`, scope },
      async () => (await (await arm()).get(scope, API)) as SubscriptionJson,
    ),
  );

/** Its state, and its tenant where that is not ours. */
const readState = async (sources: Sources, scope: string): Promise<Pick<Place, 'state' | 'foreign'>> => {
  const itself = await readItself(sources, scope);
  if (itself.kind !== 'present') return { state: itself };
  const { state = '', tenantId } = itself.value;
  const { tenantId: ours } = await sources.ownIdentity();
  const theirs = tenantId?.toLowerCase() ?? ours;
  return { state: present(state), ...(theirs !== ours && { foreign: { theirs, ours } }) };
};

/**
 * The subscriptions of these scopes as Azure shows them now, and the resource groups of these resources that Azure does
 * not find: one call for each subscription, one for the list of its groups, and one for each group that the list lacks.
 */
export const readPlaces = async (
  sources: Sources & { readonly scopes: () => Scopes },
  resourceIds: readonly string[],
): Promise<readonly Place[]> => {
  const subscriptions = subscriptionsIn(sources.scopes());
  const groups = Map.groupBy(new Set(resourceIds.map(groupIdOf)), (id) => subscriptionOf(id).toLowerCase());
  return Promise.all(
    subscriptions.map(async (subscriptionId) => {
      const scope = formatResourceId({ subscriptionId });
      const [itself, missingGroups] = await Promise.all([
        readState(sources, scope),
        readMissing(sources, scope, groups.get(subscriptionId) ?? []),
      ]);
      return { subscriptionId, ...itself, missingGroups };
    }),
  );
};
