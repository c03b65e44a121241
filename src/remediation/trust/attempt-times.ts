import type { ConsumerFacts } from '../model/facts.ts';
import { keyId } from '../model/key-ref.ts';
import { doneAt } from '../steps/done-steps.ts';
import { STEP_KINDS, STEPS } from '../steps/steps.ts';
import type { AdmissionContext } from './admission.ts';
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

/**
 * When a consumer is to be revalidated (ISO 8601, ascending), where this incident changed its way to the key and nothing
 * tells when that becomes effective (invariant 7); `undefined` where it may be tried at once.
 */
export const attemptTimes = (consumer: ConsumerFacts, context: AdmissionContext): readonly string[] | undefined => {
  const last = [...changedAt(consumer, context), ...grantedAt(consumer, context)].toSorted().at(-1);
  if (last === undefined) return undefined;
  const now = new Date(context.observation.observedAt).toISOString();
  const times = MINUTES.map((minutes) => new Date(Date.parse(last) + minutes * 60_000).toISOString());
  const ahead = times.filter((time) => time > now);
  return ahead.length > 0 ? ahead : [now];
};
