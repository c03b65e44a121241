import type { ConsumerFacts } from '../model/facts.ts';
import { keyId } from '../model/key-ref.ts';
import { doneAt } from '../steps/done-steps.ts';
import { STEP_KINDS, STEPS } from '../steps/steps.ts';
import type { AdmissionContext } from './admission.ts';
import { givenBackAt } from './given-back.ts';
import { grantedAt } from './key-grant.ts';

/**
 * Minutes after a change at which the product tries whether the change is effective yet: "up to ten minutes" (MySQL flexible
 * server, NOTE).
 */
const MINUTES = [1, 2, 4, 5.5, 8, 11, 15];

/** After this time a grant is effective, and a server that got access too late has shown it. */
export const SETTLED_MS = 15 * 60_000;

/**
 * Kinds of steps that take effect later. Grants are left out: their target is the vault, but they concern only one principal, see
 * `grantedAt`.
 */
const LATE = STEP_KINDS.filter((kind) => STEPS[kind].takesEffect === 'later' && STEPS[kind].subject !== 'principal');

/**
 * When steps were done to the vault, the key or the consumer itself whose effect the consumer may notice only later (ISO 8601).
 */
const changedAt = ({ id }: ConsumerFacts, { observation, known }: AdmissionContext): readonly string[] => {
  const { key, vault } = observation;
  const targets = [id, keyId(key), ...(vault.kind === 'present' ? [vault.value.id] : [])];
  return LATE.flatMap((kind) => targets.flatMap((target) => doneAt(known, kind, target)));
};

/** `givenAt`: the last known change to the access path of the consumer. `attemptsAt`: when to try it (ISO 8601, ascending). */
export type Tries = { readonly givenAt: string; readonly attemptsAt: readonly string[] };

/**
 * When to revalidate a consumer whose access path was changed in this incident, or to which somebody gave back a missing
 * permission: nothing shows when that becomes effective (invariant `only-the-consumer-proves-a-grant`). `undefined` where the
 * consumer may be tried at once.
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
