import type { ConsumerFacts } from '../model/facts.ts';
import { keyId } from '../model/key-ref.ts';
import { doneAt } from '../steps/done-steps.ts';
import { STEP_KINDS, STEPS } from '../steps/steps.ts';
import type { AdmissionContext } from './admission.ts';
import { givenBackAt } from './given-back.ts';
import { grantedAt } from './key-grant.ts';

/** Minutes after a change when it is tried whether that is effective yet: "up to ten minutes" (MySQL flexible server, NOTE). */
const MINUTES = [1, 2, 4, 5.5, 8, 11, 15];

/** By then a grant is effective, and a server that was let in too late has shown it. */
export const SETTLED_MS = 15 * 60_000;

/** What lets a principal in is done to the vault, and concerns only that principal: see `grantedAt`. */
const LATE = STEP_KINDS.filter((kind) => STEPS[kind].takesEffect === 'later' && STEPS[kind].subject !== 'principal');

/** When something was done to its vault, its key or the consumer itself of which it may notice only later (ISO 8601). */
const changedAt = ({ id }: ConsumerFacts, { observation, known }: AdmissionContext): readonly string[] => {
  const { key, vault } = observation;
  const targets = [id, keyId(key), ...(vault.kind === 'present' ? [vault.value.id] : [])];
  return LATE.flatMap((kind) => targets.flatMap((target) => doneAt(known, kind, target)));
};

/** Since when nothing of its way to the key is known to have changed, and when it is to be tried (ISO 8601, ascending). */
export type Tries = { readonly givenAt: string; readonly attemptsAt: readonly string[] };

/**
 * When a consumer is to be revalidated, where its way to the key was changed in this incident, or access that it lacked was given
 * back by somebody, and nothing tells when that becomes effective (invariant `only-the-consumer-proves-a-grant`); `undefined` where it
 * may be tried at once.
 */
export const triesOf = (consumer: ConsumerFacts, context: AdmissionContext): Tries | undefined => {
  const givenAt = [...changedAt(consumer, context), ...grantedAt(consumer, context), ...givenBackAt(consumer, context)]
    .toSorted()
    .at(-1);
  if (givenAt === undefined) return undefined;
  const now = new Date(context.observation.observedAt).toISOString();
  const times = MINUTES.map((minutes) => new Date(Date.parse(givenAt) + minutes * 60_000).toISOString());
  const ahead = times.filter((time) => time > now);
  return { givenAt, attemptsAt: ahead.length > 0 ? ahead : [now] };
};
