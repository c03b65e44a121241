import { type ConsumerFacts, type Fact, type KeyObservation, unknown } from '../model/facts.ts';
import { keyId } from '../model/key-ref.ts';

/**
 * Azure Resource Manager and Key Vault have answered 404 for hours for resources that existed all the time. So a 404 alone proves
 * nothing: deleted is only what Azure lists as deleted. A resource that is neither there nor listed is believed to be gone only
 * after this time, if a look at its beginning and a look at its end missed it, and no look in between saw it.
 */
const BELIEVED_AFTER_MS = 600_000;

/**
 * By the names of `missedIn`: when a resource that Azure does not show was first missed (ISO 8601). A resource that is seen again
 * is removed.
 */
export type MissedSince = Readonly<Record<string, string>>;

const isGone = (loss: Fact<{ readonly kind: string }> | undefined): boolean =>
  loss?.kind === 'present' && loss.value.kind === 'gone';

/**
 * Whether the vault is neither there nor listed as deleted. Where a version of the key answers, the vault must exist somewhere.
 */
const isVaultMissed = ({ vault, vaultLoss, versions }: KeyObservation): boolean =>
  vault.kind === 'absent' && isGone(vaultLoss) && Object.values(versions).every(({ kind }) => kind !== 'present');

const isAnyVersionAbsent = ({ current, versions }: KeyObservation): boolean =>
  [...Object.values(versions), current].some((fact) => fact?.kind === 'absent');

/**
 * Whether a 404 alone says that the key is gone. Where Azure shows the deleted key, or the key without that version, that is its
 * own statement and no bare 404.
 */
const isKeyMissed = (observation: KeyObservation): boolean => {
  const { loss, vault } = observation;
  return vault.kind === 'present' && isAnyVersionAbsent(observation) && (loss?.kind !== 'present' || isGone(loss));
};

const vaultName = ({ key }: KeyObservation): string => `vault ${key.host}`;
const keyName = ({ key }: KeyObservation): string => `key ${keyId(key)}`;

const allIn = ({ consumers }: KeyObservation): readonly ConsumerFacts[] =>
  consumers.kind === 'present' ? consumers.value : [];

/** Whether a consumer is the former one under a new id: it has the same name and the same principal. */
export const isMoved =
  (was: ConsumerFacts) =>
  (now: ConsumerFacts): boolean =>
    now.state.kind !== 'absent' &&
    now.kind === was.kind &&
    now.name === was.name &&
    now.principalId.kind === 'present' &&
    was.principalId.kind === 'present' &&
    now.principalId.value === was.principalId.value;

/** New ids of consumers that were moved, by their former ids, lower-cased. */
export const movedIn = (observation: KeyObservation): Readonly<Record<string, string>> => {
  const { absent = [], there = [] } = Object.groupBy(allIn(observation), ({ state }) =>
    state.kind === 'absent' ? 'absent' : 'there',
  );
  const moves = absent.flatMap((was) => {
    const now = there.find(isMoved(was));
    return now === undefined ? [] : [[was.id.toLowerCase(), now.id] as const];
  });
  return Object.fromEntries(moves);
};

const consumerName = (id: string): string => `consumer ${id.toLowerCase()}`;

const missedConsumers = (observation: KeyObservation): readonly string[] => {
  const moved = movedIn(observation);
  const ids = allIn(observation).flatMap(({ id, state }) => (state.kind === 'absent' ? [id.toLowerCase()] : []));
  return [...new Set(ids)].filter((id) => moved[id] === undefined);
};

const identityName = (id: string): string => `identity of ${id.toLowerCase()}`;

/**
 * Consumers whose user-assigned identity Azure does not find. Consumers are left out where Azure shows another identity of that
 * name.
 */
const missedIdentities = (observation: KeyObservation): readonly string[] => [
  ...new Set(
    allIn(observation).flatMap(({ id, identityMissed }) => (identityMissed === undefined ? [] : [id.toLowerCase()])),
  ),
];

/** Whether a consumer was missed long enough at this time (ISO 8601) for the product to forget it. */
export const isLongMissed = (id: string, since: MissedSince, at: string): boolean => {
  const first = since[consumerName(id)];
  return first !== undefined && Date.parse(first) + BELIEVED_AFTER_MS <= Date.parse(at);
};

/** Names of everything that is not found, and of which Azure itself does not say what became of it. */
export const missedIn = (observation: KeyObservation): readonly string[] => [
  ...(isVaultMissed(observation) ? [vaultName(observation)] : []),
  ...(isKeyMissed(observation) ? [keyName(observation)] : []),
  ...missedConsumers(observation).map(consumerName),
  ...missedIdentities(observation).map(identityName),
];

/**
 * The most entries, so that they fit into a row with the longest ids: somebody who may create consumers can make and delete any
 * number of them.
 */
const MOST = 200;

/**
 * The next `MissedSince`: a resource that was missed before keeps its time, a resource that is seen again is dropped. Where there
 * are more than fit into a row, those that were missed before come first; each of the others stays unsure until there is room.
 */
export const stillMissed = (observation: KeyObservation, before: MissedSince): MissedSince => {
  const isOfMany = (name: string): boolean => [consumerName(''), identityName('')].some((one) => name.startsWith(one));
  const rank = (name: string): number => (isOfMany(name) ? (name in before ? 1 : 2) : 0);
  const names = missedIn(observation).toSorted((one, other) => rank(one) - rank(other));
  return Object.fromEntries(names.slice(0, MOST).map((name) => [name, before[name] ?? observation.observedAt]));
};

const believedFrom = (name: string, { observedAt }: KeyObservation, since: MissedSince): Date =>
  new Date(Date.parse(since[name] ?? observedAt) + BELIEVED_AFTER_MS);

const isYoung = (name: string, observation: KeyObservation, since: MissedSince): boolean =>
  believedFrom(name, observation, since) > new Date(observation.observedAt);

const isHasty = (name: string, observation: KeyObservation, since: MissedSince): boolean =>
  missedIn(observation).includes(name) && isYoung(name, observation, since);

/**
 * When the first missed key, vault or identity will be believed gone (ISO 8601), unless a look sees it again: no event will come
 * at that time, so the product must look. Consumers are left out, since a consumer that is gone affects nobody.
 */
export const believedAt = (observation: KeyObservation, since: MissedSince): string | undefined =>
  missedIn(observation)
    .filter((name) => !name.startsWith(consumerName('')) && isYoung(name, observation, since))
    .map((name) => believedFrom(name, observation, since).toISOString())
    .sort()[0];

const notYet = (what: string, where: string): string =>
  `Azure answers that ${what} is not found, and does not list it among the deleted ${where}: it has answered so for what was there, so that it is believed only when it still does after ten minutes`;

const unlessAbsent = <T>(fact: Fact<T>, reason: string): Fact<T> => (fact.kind === 'absent' ? unknown(reason) : fact);

const withoutHastyKey = (observation: KeyObservation): KeyObservation => {
  const reason = notYet(keyId(observation.key), 'keys of its vault');
  const { current, loss, versions } = observation;
  return {
    ...observation,
    versions: Object.fromEntries(
      Object.entries(versions).map(([version, fact]) => [version, unlessAbsent(fact, reason)]),
    ),
    ...(current && { current: unlessAbsent(current, reason) }),
    ...(isGone(loss) && { loss: unknown(reason) }),
  };
};

/** Marks consumers that are not found and not yet believed gone: no step is taken for them. */
const withUnsure = (observation: KeyObservation, since: MissedSince): KeyObservation => {
  const unsure = missedConsumers(observation).filter((id) => isYoung(consumerName(id), observation, since));
  const why =
    'Azure answers that it is not found, as it has for what was there: it is taken for gone only when it still does after ten minutes';
  return unsure.length === 0
    ? observation
    : { ...observation, unsure: Object.fromEntries(unsure.map((id) => [id, why])) };
};

const IDENTITY_NOT_YET =
  'Azure answers that its identity is not found, as it has for what was there: it is taken for gone only when it still is after ten minutes';

/** Makes the principal of a consumer unknown until its identity was missed for long enough. */
const withHastyIdentities = (observation: KeyObservation, since: MissedSince): KeyObservation => {
  const hasty = missedIdentities(observation).filter((id) => isYoung(identityName(id), observation, since));
  if (hasty.length === 0 || observation.consumers.kind !== 'present') return observation;
  const believed = observation.consumers.value.map((one) => {
    if (!hasty.includes(one.id.toLowerCase())) return one;
    const { identityGone: _gone, identityMissed: _missed, ...others } = one;
    return { ...others, principalId: unknown(IDENTITY_NOT_YET) };
  });
  return { ...observation, consumers: { kind: 'present', value: believed } };
};

/** The observation as far as it can be believed: a resource that is missed for too short a time becomes unknown. */
export const withoutHastyAbsence = (seen: KeyObservation, since: MissedSince): KeyObservation => {
  const observation = withHastyIdentities(withUnsure(seen, since), since);
  if (isHasty(vaultName(observation), observation, since))
    return { ...observation, vaultLoss: unknown(notYet(`the vault of ${observation.key.host}`, 'vaults')) };
  return isHasty(keyName(observation), observation, since) ? withoutHastyKey(observation) : observation;
};
