import { type BaselineConsumer, ofConsumer } from '../model/baseline.ts';
import type { ConsumerFacts, KeyObservation } from '../model/facts.ts';
import type { Known } from '../model/known.ts';
import { profileOf } from '../model/profiles.ts';
import { lackedBy, missingOf } from '../observation/access.ts';
import { provesKey } from '../observation/key-use.ts';
import { userOf } from '../observation/pins.ts';
import { isForeign } from '../observation/tenant.ts';

/**
 * Of one who waits to be let in and was never seen with access. `proven`: Azure itself says that it is a copy of a consumer
 * that was. `unproven`: it is of a kind whose copies may not say what they were restored from. `stranger`: anybody else.
 */
export type Lineage = 'proven' | 'unproven' | 'stranger';

type Seen = { readonly observation: KeyObservation; readonly known: Known };

/** The lineage of a consumer that is new and waits; `undefined` where it is known, or works, or nobody knows who belongs here. */
export const lineageOf = (consumer: ConsumerFacts, seen: Seen): Lineage | undefined =>
  isWaiting(consumer, seen.observation) ? originOf(consumer, seen) : undefined;

/** The same of one that need not wait any more. */
export const originOf = (consumer: ConsumerFacts, seen: Seen): Lineage | undefined => {
  const { baseline } = seen.known;
  if (baseline === undefined || ofConsumer(baseline, consumer.id)) return undefined;
  const { copies } = profileOf(consumer.kind);
  if (copies === 'none' || isElsewhere(consumer, seen)) return 'stranger';
  const source = sourceOf(consumer, seen);
  if (source !== undefined && hasIdentityOf(source, consumer)) return 'proven';
  return copies === 'mayHideSource' && consumer.identity?.kind !== 'user' ? 'unproven' : 'stranger';
};

/** What shows by its state whether it has its key shows by it that it waits; of any other its access tells. */
const isWaiting = (consumer: ConsumerFacts, observation: KeyObservation): boolean => {
  const { state, principalId } = consumer;
  if (principalId.kind === 'absent') return true;
  if (!provesKey(consumer)) return lackedBy(consumer, observation).length > 0;
  return state.kind === 'present' && state.value.state === 'inaccessible' && !isAdmitted(consumer, observation);
};

/**
 * Somebody has let in this very identity, which is nobody else's: a server that is new to us, and waits for nobody. Of a
 * user-assigned one, that it may use the key says nothing of who may use it.
 */
export const isAdmitted = (consumer: ConsumerFacts, observation: KeyObservation): boolean =>
  consumer.identity?.kind !== 'user' && missingOf(consumer, observation)?.length === 0;

/** Its key is in another tenant, or it reaches it through an application of another. */
const isElsewhere = (consumer: ConsumerFacts, { observation: { vault } }: Seen): boolean =>
  consumer.federatedClientId !== undefined || (vault.kind === 'present' && isForeign(consumer, vault.value));

/** The consumer of the baseline that its copies lead back to. */
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

/** Whoever makes a copy may give it any user-assigned identity: that of its source lets nobody in who was not. */
const hasIdentityOf = ({ identity: its }: BaselineConsumer, { identity }: ConsumerFacts): boolean =>
  identity?.kind !== 'user' || (its?.kind === 'user' && its.id === identity.id);

/**
 * Whether a consumer that nobody knows is seen to use the key, so that somebody has let it in: by a state that proves it, or by
 * what its identity may do. While the vault is lost nothing shows that, nor where nobody can tell what its identity may do: a role
 * that any group holds would else let every stranger forbid.
 */
const isSeenToBelong = (consumer: ConsumerFacts, observation: KeyObservation): boolean => {
  const { state } = consumer;
  const raw = state.kind === 'present' ? state.value.state : undefined;
  if (provesKey(consumer) && raw === 'ready') return true;
  if (provesKey(consumer) && raw === 'inaccessible') return isAdmitted(consumer, observation);
  if (consumer.principalId.kind === 'absent') return false;
  return missingOf(consumer, observation)?.length === 0;
};

/** Who is not known to belong here: neither in the baseline, nor of proven lineage, nor seen to use the key. */
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

/** The observation without those for whom nothing is ever done. */
export const withoutStrangers = (observation: KeyObservation, known: Known): KeyObservation =>
  without(observation, (one) => lineageOf(one, { observation, known }) === 'stranger');

/** The same without those whose marks bind nobody, and of whom nothing has to be seen: all who are not known to belong here. */
export const ofKnown = (observation: KeyObservation, known: Known): KeyObservation =>
  without(observation, (one) => isStranger(one, { observation, known }));
