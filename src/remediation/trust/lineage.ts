import { type BaselineConsumer, ofConsumer } from '../model/baseline.ts';
import type { ConsumerFacts, KeyObservation } from '../model/facts.ts';
import type { Known } from '../model/known.ts';
import { profileOf } from '../model/profiles.ts';
import { lackedBy, missingOf } from '../observation/access.ts';
import { provesKey } from '../observation/key-use.ts';
import { userOf } from '../observation/pins.ts';
import { isForeign } from '../observation/tenant.ts';

/**
 * The lineage of a consumer that was never seen with access. `proven`: Azure itself says that it is a copy of a consumer of the
 * baseline. `unproven`: copies of its kind may not state their source. `stranger`: any other.
 */
export type Lineage = 'proven' | 'unproven' | 'stranger';

type Seen = { readonly observation: KeyObservation; readonly known: Known };

/**
 * The lineage of a new consumer that waits for access. `undefined` where the consumer is known or works, or where there is no
 * baseline.
 */
export const lineageOf = (consumer: ConsumerFacts, seen: Seen): Lineage | undefined =>
  isWaiting(consumer, seen.observation) ? originOf(consumer, seen) : undefined;

/** The lineage of a new consumer, whether it waits for access or not. */
export const originOf = (consumer: ConsumerFacts, seen: Seen): Lineage | undefined => {
  const { baseline } = seen.known;
  if (baseline === undefined || ofConsumer(baseline, consumer.id)) return undefined;
  const { copies } = profileOf(consumer.kind);
  if (copies === 'none' || isElsewhere(consumer, seen)) return 'stranger';
  const source = sourceOf(consumer, seen);
  if (source !== undefined && hasIdentityOf(source, consumer)) return 'proven';
  return copies === 'mayHideSource' && consumer.identity?.kind !== 'user' ? 'unproven' : 'stranger';
};

/**
 * Whether a consumer waits for access: its state shows that where the state proves the use of its key, else its permissions do.
 */
const isWaiting = (consumer: ConsumerFacts, observation: KeyObservation): boolean => {
  const { state, principalId } = consumer;
  if (principalId.kind === 'absent') return true;
  if (!provesKey(consumer)) return lackedBy(consumer, observation).length > 0;
  return state.kind === 'present' && state.value.state === 'inaccessible' && !isAdmitted(consumer, observation);
};

/**
 * Whether somebody has given access to the identity of this very consumer: then it is a server that is new to the product, and
 * waits for nobody. A user-assigned identity proves nothing: that it may use the key does not say which consumers may use that
 * identity.
 */
export const isAdmitted = (consumer: ConsumerFacts, observation: KeyObservation): boolean =>
  consumer.identity?.kind !== 'user' && missingOf(consumer, observation)?.length === 0;

/** Whether the key is in another tenant, or is reached through an application of another tenant. */
const isElsewhere = (consumer: ConsumerFacts, { observation: { vault } }: Seen): boolean =>
  consumer.federatedClientId !== undefined || (vault.kind === 'present' && isForeign(consumer, vault.value));

/** The consumer of the baseline to which the chain of copies leads. */
const sourceOf = (
  { copyOf }: ConsumerFacts,
  { observation, known }: Seen,
  passed: readonly string[] = [],
): BaselineConsumer | undefined => {
  if (copyOf === undefined || passed.includes(copyOf)) return undefined;
  const source = ofConsumer(known.baseline, copyOf);
  if (source) return source;
  const between = userOf(observation, copyOf);
  return between && sourceOf(between, { observation, known }, [...passed, copyOf]);
};

/**
 * Whether a copy has no user-assigned identity, or that of its source. The person who makes a copy may give it any user-assigned
 * identity: that of the source already has access.
 */
const hasIdentityOf = ({ identity: its }: BaselineConsumer, { identity }: ConsumerFacts): boolean =>
  identity?.kind !== 'user' || (its?.kind === 'user' && its.id === identity.id);

/**
 * Whether a consumer that is not in the baseline is seen to use the key, so that somebody has given it access: its state proves
 * it, or its identity has the permissions. Nothing shows that while the vault is lost, or where the permissions of the identity
 * are unknown. Else a role that any group holds would let the marks of every stranger forbid repairs.
 */
const isSeenToBelong = (consumer: ConsumerFacts, observation: KeyObservation): boolean => {
  const { state } = consumer;
  const raw = state.kind === 'present' ? state.value.state : undefined;
  if (provesKey(consumer) && raw === 'ready') return true;
  if (provesKey(consumer) && raw === 'inaccessible') return isAdmitted(consumer, observation);
  if (consumer.principalId.kind === 'absent') return false;
  return missingOf(consumer, observation)?.length === 0;
};

/**
 * Whether a consumer is not known to belong here: it is not in the baseline, has no proven lineage, and is not seen to use the
 * key.
 */
const isStranger = (consumer: ConsumerFacts, seen: Seen): boolean =>
  lineageOf(consumer, seen) === 'stranger' ||
  (originOf(consumer, seen) === 'stranger' && !isSeenToBelong(consumer, seen.observation));

const without = (observation: KeyObservation, isOut: (consumer: ConsumerFacts) => boolean): KeyObservation => {
  const { consumers } = observation;
  if (consumers.kind !== 'present') return observation;
  const left = consumers.value.filter((one) => !isOut(one));
  return left.length === consumers.value.length
    ? observation
    : { ...observation, consumers: { kind: 'present', value: left } };
};

/** The observation without the strangers: the product never takes a step for them. */
export const withoutStrangers = (observation: KeyObservation, known: Known): KeyObservation =>
  without(observation, (one) => lineageOf(one, { observation, known }) === 'stranger');

/**
 * The observation with only the consumers that are known to belong here: the marks of all others have no effect, and their facts
 * need not be read.
 */
export const ofKnown = (observation: KeyObservation, known: Known): KeyObservation =>
  without(observation, (one) => isStranger(one, { observation, known }));
