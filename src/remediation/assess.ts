import { diagnose } from './diagnosis/diagnose.ts';
import { fewStrangers } from './diagnosis/few-strangers.ts';
import type { Fact, KeyObservation } from './model/facts.ts';
import { keyId } from './model/key-ref.ts';
import type { Known } from './model/known.ts';
import type { PolicyRecords } from './model/records.ts';
import type { RemediationSettings } from './model/settings.ts';
import { movedIn } from './observation/believed-absence.ts';
import { plan } from './plan/plan.ts';
import { standingAttempts } from './policy/attempts.ts';
import { flappingNotes } from './policy/did-not-last.ts';
import { nextLook } from './policy/next-look.ts';
import { decide } from './policy/policy.ts';
import type { Decision, PolicySettings } from './policy/policy-types.ts';
import { pacedUntil } from './policy/prevention.ts';
import { ofKnown } from './trust/lineage.ts';
import { withoutMadeAgain } from './trust/made-again.ts';
import { withoutPossibleGroups } from './trust/possible-group.ts';

const noteOn = ({ key, consumers }: KeyObservation): readonly string[] =>
  consumers.kind === 'present' && consumers.value.length === 0
    ? [`Nothing in scope uses ${keyId(key)}: there is nothing to heal.`]
    : [];

const noteOnMore = (more: number, { key }: KeyObservation): readonly string[] =>
  more === 0 ? [] : [`${more} more wait for access to ${keyId(key)}, and are let in by nobody.`];

const notesOnMoves = (observation: KeyObservation): readonly string[] =>
  Object.entries(movedIn(observation)).map(
    ([was, now]) =>
      `${was} was moved: it is ${now} now, with the same identity. Roles that were given at its old place are gone.`,
  );

/**
 * Turns one observation of a key into a decision: the findings, the plan that would repair them, and the verdict of the policy.
 */
export const assess = (
  seen: KeyObservation,
  records: Fact<PolicyRecords>,
  settings: { readonly remediation: RemediationSettings; readonly policy: PolicySettings },
  now: Date,
  supposed: Known = {},
): Decision => {
  const known = withoutMadeAgain(supposed, seen);
  const observation = withoutPossibleGroups(seen, known);
  const { findings, more } = fewStrangers(diagnose(observation, now, settings.remediation, known));
  const attempts = records.kind === 'present' ? standingAttempts(records.value) : [];
  const requests = records.kind === 'present' ? records.value.requests : [];
  const ours = ofKnown(observation, known);
  const { policy, remediation } = settings;
  const { baseline } = known;
  const circumstances = { findings, observation: ours, everyone: observation, settings: policy, now, baseline };
  const isPaced = records.kind === 'present' && pacedUntil({ ...circumstances, records: records.value }) !== undefined;
  const context = { attempts, known, requests, ...(isPaced && { isPaced }) };
  const decision = decide(plan(findings, observation, remediation, context), { ...circumstances, records });
  const lookAgainAt = nextLook(decision, now);
  const flapping = records.kind === 'present' ? flappingNotes(decision.verdicts, records.value, now) : [];
  return {
    ...decision,
    notes: [
      ...decision.notes,
      ...flapping,
      ...noteOn(observation),
      ...notesOnMoves(observation),
      ...noteOnMore(more, observation),
    ],
    ...(lookAgainAt && { lookAgainAt }),
  };
};
