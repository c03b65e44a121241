import { type ConsumerFacts, type Fact, type KeyObservation, unknown } from '../model/facts.ts';
import { keyId } from '../model/key-ref.ts';

/**
 * Azure Resource Manager and Key Vault have answered 404 for hours for what was there all the while. So a 404 alone proves nothing:
 * deleted is what Azure itself lists as deleted. What is neither there nor listed is believed to be gone only when it was missed
 * for so long, at both ends of which somebody looked, and by nobody seen in between.
 */
export const BELIEVED_AFTER_MS = 600_000;

/** When what Azure does not show was first missed (ISO 8601), by `missedIn`'s names. Whatever is seen again is taken out. */
export type MissedSince = Readonly<Record<string, string>>;

const isGone = (loss: Fact<{ readonly kind: string }> | undefined): boolean =>
  loss?.kind === 'present' && loss.value.kind === 'gone';

/** Neither there nor listed as deleted. A key that answers has a vault, wherever that is. */
const isVaultMissed = ({ vault, vaultLoss, versions }: KeyObservation): boolean =>
  vault.kind === 'absent' && isGone(vaultLoss) && Object.values(versions).every(({ kind }) => kind !== 'present');

const isAnyVersionAbsent = ({ current, versions }: KeyObservation): boolean =>
  [...Object.values(versions), current].some((fact) => fact?.kind === 'absent');

/** The deleted key answers, or the key does without the version: both are Azure's own word. Anything else is a 404 alone. */
const isKeyMissed = (observation: KeyObservation): boolean => {
  const { loss, vault } = observation;
  return vault.kind === 'present' && isAnyVersionAbsent(observation) && (loss?.kind !== 'present' || isGone(loss));
};

const vaultName = ({ key }: KeyObservation): string => `vault ${key.host}`;
const keyName = ({ key }: KeyObservation): string => `key ${keyId(key)}`;

const allIn = ({ consumers }: KeyObservation): readonly ConsumerFacts[] =>
  consumers.kind === 'present' ? consumers.value : [];

/** Whether this is the other under a new id: nobody else has its identity, and it kept its name. */
export const isMoved =
  (was: ConsumerFacts) =>
  (now: ConsumerFacts): boolean =>
    now.state.kind !== 'absent' &&
    now.kind === was.kind &&
    now.name === was.name &&
    now.principalId.kind === 'present' &&
    was.principalId.kind === 'present' &&
    now.principalId.value === was.principalId.value;

/** Consumers that were moved, by the id that they had, lower-cased: their new ids. */
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

/** Consumers whose user-assigned identity Azure does not find, and of which it shows no other of that name. */
const missedIdentities = (observation: KeyObservation): readonly string[] => [
  ...new Set(
    allIn(observation).flatMap(({ id, identityMissed }) => (identityMissed === undefined ? [] : [id.toLowerCase()])),
  ),
];

/** Whether a consumer was missed for so long at this moment (ISO 8601) that it may be forgotten. */
export const isLongMissed = (id: string, since: MissedSince, at: string): boolean => {
  const first = since[consumerName(id)];
  return first !== undefined && Date.parse(first) + BELIEVED_AFTER_MS <= Date.parse(at);
};

/** What is not there, and of which no word of Azure says what became of it. */
export const missedIn = (observation: KeyObservation): readonly string[] => [
  ...(isVaultMissed(observation) ? [vaultName(observation)] : []),
  ...(isKeyMissed(observation) ? [keyName(observation)] : []),
  ...missedConsumers(observation).map(consumerName),
  ...missedIdentities(observation).map(identityName),
];

/** So many fit into a row, however long their ids are: whoever may create consumers can make and delete any number of them. */
const MOST = 200;

/**
 * The same since when: what was missed before is missed since then, what is seen again is forgotten. Of more than fit into a row
 * those come first that were missed before; each of the others is unsure until it is its turn.
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
 * When the first of what is missed, the key, its vault or the identity of a consumer, will have been missed for long enough to be
 * believed gone (ISO 8601), unless somebody sees it again. Nothing else tells of it then. A consumer that is gone harms nobody.
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

/** Nothing is done for one that is not found, and nobody takes it for gone. */
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

/** Whom it uses its key as is unknown until its identity was missed for long enough. */
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

/** The observation as far as it may be believed: what is missed, and not for long enough, is unknown. */
export const withoutHastyAbsence = (seen: KeyObservation, since: MissedSince): KeyObservation => {
  const observation = withHastyIdentities(withUnsure(seen, since), since);
  if (isHasty(vaultName(observation), observation, since))
    return { ...observation, vaultLoss: unknown(notYet(`the vault of ${observation.key.host}`, 'vaults')) };
  return isHasty(keyName(observation), observation, since) ? withoutHastyKey(observation) : observation;
};
