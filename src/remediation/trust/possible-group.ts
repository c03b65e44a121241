import { attemptsOn } from '../model/attempts-by.ts';
import { ofConsumer } from '../model/baseline.ts';
import { type Access, type ConsumerFacts, type Fact, type KeyObservation, present } from '../model/facts.ts';
import type { KeyPermission } from '../model/key-permission.ts';
import type { Known } from '../model/known.ts';
import { stateSpeaksOf } from '../observation/key-use.ts';
import { whyUnusable } from '../observation/key-works.ts';
import { missingPermissions } from '../observation/needed-permissions.ts';
import { pinsOfConsumer, usersAs } from '../observation/pins.ts';
import { STEP_KINDS, STEPS } from '../steps/steps.ts';

const TRIALS = STEP_KINDS.filter((kind) => STEPS[kind].purpose === 'proof' || STEPS[kind].purpose === 'trial');

/** Whether the consumer lacks a permission that the baseline shows: somebody has removed the consumer's own entry. */
const hadMore = ({ id, kind }: ConsumerFacts, direct: readonly KeyPermission[], { baseline }: Known): boolean =>
  (missingPermissions(kind, direct) ?? []).some((one) => ofConsumer(baseline, id)?.permissions.includes(one));

/** Whether the last attempt of the consumer to use the key in this incident was refused. */
const wasRefused = ({ id }: ConsumerFacts, { attempts = [] }: Known): boolean => {
  const tries = attemptsOn(attempts, id)
    .filter(({ step }) => TRIALS.some((kind) => kind === step))
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const last = tries.at(-1)?.outcome;
  return last === 'failed' || last === 'blocked';
};

const isKeyUsable = (consumer: ConsumerFacts, observation: KeyObservation): boolean =>
  pinsOfConsumer(observation, consumer.id).every(
    ({ fact }) => fact.kind === 'present' && !whyUnusable(fact.value, new Date(observation.observedAt)),
  );

/**
 * Whether the consumer is inaccessible though its key is usable, and the baseline does not know it. A consumer of the baseline
 * that never had an entry of its own is tried first.
 */
const isShutOut = (consumer: ConsumerFacts, observation: KeyObservation, { baseline }: Known): boolean =>
  stateSpeaksOf(consumer) &&
  consumer.state.kind === 'present' &&
  consumer.state.value.state === 'inaccessible' &&
  ofConsumer(baseline, consumer.id) === undefined &&
  isKeyUsable(consumer, observation);

/**
 * The observation, in which the permissions of some principals are made known though a group may give them more. That is done
 * where other evidence is stronger: their own entry was removed, a consumer is inaccessible without another fault, or its last
 * attempt was refused. For all others the access stays unknown.
 */
export const withoutPossibleGroups = (observation: KeyObservation, known: Known): KeyObservation => {
  const { access = {}, direct = {} } = observation;
  const outweighed = Object.entries(direct).filter(([principal, own]) =>
    usersAs(observation, principal).some(
      (one) => hadMore(one, own, known) || isShutOut(one, observation, known) || wasRefused(one, known),
    ),
  );
  if (outweighed.length === 0) return observation;
  const sure = outweighed.map(([principal, permissions]): readonly [string, Fact<Access>] => [
    principal,
    present({ permissions }),
  ]);
  const out = new Set(outweighed.map(([principal]) => principal));
  const left = Object.entries(direct).filter(([principal]) => !out.has(principal));
  return { ...observation, access: { ...access, ...Object.fromEntries(sure) }, direct: Object.fromEntries(left) };
};
