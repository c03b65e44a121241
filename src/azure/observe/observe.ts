import type { KeyObservation } from '../../remediation/model/facts.ts';
import { keyId } from '../../remediation/model/key-ref.ts';
import { inParallel } from '../connection/in-parallel.ts';
import { orUnavailable, type Unreadable } from '../consumers/consumer-type.ts';
import { observeVersions, type SeenVersions } from '../key-vault/observe-versions.ts';
import { observeWaysOut, type WantsCurrent } from '../key-vault/observe-ways-out.ts';
import { OverRation } from '../key-vault/read-ration.ts';
import { markActingAsProduct } from './acting-as-product.ts';
import type { Glance, Look } from './look-again.ts';
import { observeConsumers } from './observe-consumers.ts';
import { type Affected, withOtherKeys } from './observe-other-keys.ts';
import type { ObserveRequest } from './observe-request.ts';
import { type Shared, type Sources, share } from './observe-shared.ts';
import { observeUse } from './observe-use.ts';

const never: WantsCurrent = () => false;

const shown = ({ isVaultSilent: _, ...seen }: SeenVersions): Omit<SeenVersions, 'isVaultSilent'> => seen;

const observe = async (
  sources: Sources,
  request: ObserveRequest,
  shared: Shared,
  lookAtVersions: Look = (used, reading) => observeVersions(sources, used, reading),
): Promise<KeyObservation> => {
  const { key } = request;
  const observedAt = new Date().toISOString();
  const [reading, found] = await Promise.all([
    shared.vaults.then((look) => look(key.host)),
    observeConsumers(sources.estate, request, shared),
  ]);
  const used = { ...found, consumers: await markActingAsProduct(found.consumers, sources.ownIdentity) };
  const consumers = used.consumers.kind === 'present' ? used.consumers.value : [];
  const { cost, recordedVersions = [] } = request;
  const looking = lookAtVersions(
    { key, consumers, observedAt, recordedVersions, ...(cost !== undefined && { cost }) },
    reading,
  );
  if (reading.vault.kind !== 'present') return { key, observedAt, ...reading, ...used, ...shown(await looking) };
  const place = { key, vault: reading.vault.value };
  const using =
    used.consumers.kind === 'present'
      ? observeUse(shared, { ...place, consumers, principals: request.principals ?? [] })
      : {};
  const [seen, use] = await Promise.all([looking, using]);
  const waysOut = await observeWaysOut(sources, place, seen, request.wantsCurrent ?? never);
  return { key, observedAt, ...reading, ...used, ...use, ...shown(seen), ...waysOut };
};

/**
 * The keys that a sweep has observed. A key for which Azure did not answer is left to the next sweep: no other key
 * waits for it.
 */
export type Observations = {
  readonly observations: readonly KeyObservation[];
  readonly unreadable: readonly Unreadable[];
};

/** A key that would have to wait for the ration for longer than there is time is left to the next sweep, and nothing is said of it. */
const orLeft = (error: unknown): undefined => {
  if (error instanceof OverRation) return undefined;
  throw error;
};

/**
 * Observes the present state of keys with the fewest calls: each vault once (one ARM call, or one list per scope and
 * minute where that is less), each pinned version once (one data-plane call), each consumer that was not just listed
 * once (2 ARM calls for a single server, 1 for any other). One vault with access policies, one version and one single
 * server take 4 calls.
 *
 * Roles take more calls, for vaults with roles and for every disk encryption set: one list of role assignments per
 * scope and minute, and one read of each role in ten minutes. Faults take more calls too: for vaults that are not
 * found, one list of deleted vaults per subscription for all of them; for a lost key, one data-plane call, two where it
 * is gone, three where another key has its name; for missing access, one call per user-assigned identity, and one per
 * vault with access policies for its other keys; for the current version where it is wanted, one call. Where a consumer
 * names no version, the current version is wanted, and within its lag also the list of all versions (one call for each
 * 25) and each version that may still be in use (one call each). No call is made twice. Tokens are fetched once per
 * process and audience.
 */
export const observeKeys = async (
  sources: Sources,
  requests: readonly ObserveRequest[],
  lookAtVersions?: Look,
): Promise<Observations> => {
  const shared = share(sources, requests, {
    assignments: sources.roles.assignmentsAround,
    vaults: sources.vaults.readAround,
  });
  const seen = await inParallel(requests, (request) =>
    orUnavailable(keyId(request.key), observe(sources, request, shared, lookAtVersions)).catch(orLeft),
  );
  return {
    observations: seen.flatMap((one) => (one && 'key' in one ? [one] : [])),
    unreadable: seen.flatMap((one) => (one && 'reason' in one ? [one] : [])),
  };
};

/** Ids of keys whose versions were not read, since a list of their vault shows no change. */
export type ByLists = { readonly listed: readonly string[] };

/** Like `observeKeys`, but `glance` says of which versions a list shows that their last read holds; `read` reads the others. */
export const observeKeysByLists = async (
  sources: Sources,
  requests: readonly ObserveRequest[],
  { glance, read }: { readonly glance: Glance; readonly read: Look },
): Promise<Observations & ByLists> => {
  const listed = new Set<string>();
  const seen = await observeKeys(sources, requests, async (used, reading) => {
    const glanced = await glance(used, reading);
    if (glanced === undefined) return read(used, reading);
    listed.add(keyId(used.key));
    return glanced;
  });
  return { ...seen, listed: [...listed] };
};

/** Observes one key with lists that other observations share: in a minute it takes no Resource Manager call of its own. */
export const observeKeyAround = (sources: Sources, request: ObserveRequest): Promise<KeyObservation> => {
  const reads = { assignments: sources.roles.assignmentsAround, vaults: sources.vaults.readListed };
  return observe(sources, request, share(sources, [request], reads));
};

const nobody: Affected = () => [];

/**
 * Observes one key for a decision: throws `AzureUnavailable` wherever a later try may see more. Its role assignments
 * are always listed anew, with one call at the key. For an affected consumer that needs only one of several keys, it takes
 * two more calls for each other key.
 */
export const observeKey = async (sources: Sources, request: ObserveRequest): Promise<KeyObservation> => {
  const { assignedTo, assignmentsAt: assignments } = sources.roles;
  const reads = { assignments, assignedTo, vaults: sources.vaults.read };
  const seen = await observe(sources, request, share(sources, [request], reads));
  return withOtherKeys(sources, seen, request.affected ?? nobody);
};
