import { type KeyRef, keyId } from '../../remediation/model/key-ref.ts';
import { isReached } from '../../remediation/model/reach.ts';
import { formatResourceId, parseResourceId } from '../../remediation/model/resource-id.ts';
import { parseObstacle } from '../../signals/obstacle-event.ts';
import { parseResourceEvent, type ResourceSignal } from '../../signals/resource-event.ts';
import type { Durable, Guardian } from '../guardian.ts';
import { addUses } from '../memory/remember-consumers.ts';
import { type EventOutcome, refuse, turnAway, wakeKeys } from './event-outcome.ts';
import { inVault, type KnownKeys, usedBy, usedWith } from './known-keys.ts';
import type { EndPauses } from './waiting-keys.ts';
import { wakeAll } from './wake-all.ts';

/** The most keys that a role assignment at a resource group or a subscription wakes. The sweep looks at all others. */
export const MOST_WOKEN = 100;

type Listener = (
  guardian: Guardian,
  knownKeys: KnownKeys,
  durable: Durable,
  signal: ResourceSignal,
) => Promise<EventOutcome>;

/** Names the place and not the resource: thousands of resources may be out of scope, and each place is entered once. */
const outOfScope = (guardian: Guardian, id: string): Promise<EventOutcome> => {
  const { subscriptionId = '', resourceGroup = '' } = parseResourceId(id) ?? {};
  return refuse(
    guardian,
    `${formatResourceId({ subscriptionId, resourceGroup }).toLowerCase()} is outside GUARDIAN_SCOPE.`,
  );
};

const distinct = (keys: readonly KeyRef[]): readonly KeyRef[] => [
  ...new Map(keys.map((key) => [keyId(key), key])).values(),
];

/** The keys that the consumer uses now, and the keys that it is recorded with: it may be gone, or use another key now. */
const onConsumer: Listener = async (guardian, knownKeys, durable, { id }) => {
  if (!isReached(id, guardian.settings.reach())) return outOfScope(guardian, id);
  const consumer = await guardian.azure.readConsumer(id);
  const known = usedBy(await knownKeys(), id);
  if (consumer.kind === 'unknown' && known.length === 0) return refuse(guardian, consumer.reason);
  const uses = consumer.kind === 'present' ? consumer.value : [];
  await addUses(guardian, uses);
  return wakeKeys(
    durable,
    distinct([...uses.map(({ pinned }) => pinned.key), ...known]),
    `${id} has no key that is known.`,
  );
};

const onVault: Listener = async (guardian, knownKeys, durable, signal) => {
  const { id } = signal;
  if (!isReached(id, guardian.settings.reach())) return outOfScope(guardian, id);
  const name = signal.about === 'vault' ? signal.keyName : undefined;
  const keys = inVault(await knownKeys(), id).filter((key) => name === undefined || key.name === name);
  return wakeKeys(durable, keys, `${id} has no key that is known to be used.`);
};

/**
 * The scope of the event may be wider than the product's scope: this function wakes only keys in scope. It asks Azure at the
 * scope of the event alone: another subscription that is throttled does not delay the event.
 */
const onWideScope: Listener = async (guardian, knownKeys, durable, { id }) => {
  const known = await knownKeys();
  const hosts = new Set(await guardian.azure.vaultsAt(id, [...new Set(known.map(({ key }) => key.host))]));
  const keys = known.map(({ key }) => key).filter(({ host }) => hosts.has(host));
  return wakeKeys(durable, keys.slice(0, MOST_WOKEN), `${id} has no vault with a key that is known to be used.`);
};

/** An identity may be out of scope, while consumers in scope use it. */
const onIdentity: Listener = async (_guardian, knownKeys, durable, { id }) =>
  wakeKeys(durable, usedWith(await knownKeys(), id), `Nothing is known to use its key with ${id}.`);

const LISTENERS: Readonly<Record<ResourceSignal['about'], Listener>> = {
  consumer: onConsumer,
  vault: onVault,
  wideScope: onWideScope,
  identity: onIdentity,
};

/** Handles one signal: each listener first checks the named resource against the scope. */
export const onSignal: Listener = (guardian, knownKeys, durable, signal) =>
  LISTENERS[signal.about](guardian, knownKeys, durable, signal);

/**
 * A write, a deletion or an action in the subscription is a reason to look, never a fact. An event about no known
 * resource is accepted: a second delivery would not change it. Where a wake-up cannot be promised now, this function
 * throws, so that Event Grid delivers the event again. The product's own writes come back as events as well; a key that
 * is healthy after such a write needs only one look.
 */
export const onResourceEvent = async (
  guardian: Guardian,
  { knownKeys, endPauses }: { readonly knownKeys: KnownKeys; readonly endPauses: EndPauses },
  durable: Durable,
  event: unknown,
): Promise<EventOutcome> => {
  const signal = parseResourceEvent(event);
  const changedAt = parseObstacle(event);
  // Steps of the keys woken here may have waited for this change: they must try again at this wake-up.
  const waited = changedAt === undefined ? [] : await endPauses(changedAt);
  if (waited.length > 0) await wakeAll(durable, waited);
  if (signal.kind === 'signal') return onSignal(guardian, knownKeys, durable, signal);
  return waited.length > 0 ? { kind: 'woken', why: waited.map(keyId).join(', ') } : turnAway(guardian, signal);
};
