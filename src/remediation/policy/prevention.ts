import type { Finding } from '../model/findings.ts';
import { keyId } from '../model/key-ref.ts';
import { oncePer } from '../model/once-per.ts';
import type { PolicyRecords } from '../model/records.ts';
import { consumersOf } from '../observation/pins.ts';
import { vaultIdentity } from '../observation/vault-identity.ts';
import type { Step } from '../steps/step.ts';
import { isServedBy } from '../steps/step-scope.ts';
import { standingAttempts } from './attempts.ts';
import { isWeighty } from './do-not-heal-mark.ts';
import { blownAt } from './fuse.ts';
import type { PolicySituation } from './policy-rule.ts';
import type { PaceTurn } from './policy-types.ts';

/** How long after the fuse has blown steps that only restore go on at a pace: long enough for 14,400 keys. */
const PACED_MS = 86_400_000;

/**
 * When overrides ended or were lifted, in ms: the steps that they held back then go on together, however long ago the faults began.
 */
const releases = (
  { doNotHeal, lifted = [], paused, pausedScopes = [] }: PolicyRecords,
  now: Date,
): readonly number[] => {
  const ends = [...doNotHeal, ...pausedScopes, ...(paused ? [paused] : [])].flatMap(({ until }) => until ?? []);
  return [...lifted.map(({ at }) => at), ...ends].map((at) => Date.parse(at)).filter((at) => at <= now.getTime());
};

/**
 * The ids that an override may name to hold any step for the key: the key, its vault as far as it is known, and each of its
 * consumers.
 */
const idsOf = ({ baseline, observation }: PolicySituation): readonly string[] => [
  keyId(observation.key),
  vaultIdentity(observation, baseline ? { baseline } : {}).vaultId,
  ...consumersOf(observation).map(({ id }) => id),
];

const workOut = oncePer((situation: PolicySituation): { readonly until?: Date } => {
  const { now, records, settings } = situation;
  if (settings.mode !== 'auto') return {};
  const pacedMs = Math.max(PACED_MS, settings.fuse.windowMinutes * 60_000);
  const blown = blownAt(idsOf(situation), situation);
  if (blown.length === 0) return {};
  const until = Math.max(...blown, ...releases(records, now)) + pacedMs;
  return until > now.getTime() ? { until: new Date(until) } : {};
});

/**
 * Until when steps that only restore, and give nobody access, go on at a pace because the fuse has blown; `undefined` where there
 * is no pace. In the other modes every step asks, so that a person sets the pace.
 */
export const pacedUntil = (situation: PolicySituation): Date | undefined => workOut(situation).until;

const LONG_AGO = new Date(0).toISOString();

/**
 * When the first consumer that the step serves stops, or its key version expires (ISO 8601). A consumer that is down already,
 * without a known time, comes first.
 */
export const deadlineOf = (step: Pick<Step, 'serves'>, findings: readonly Finding[]): string => {
  const times = findings.flatMap(({ evidence, harm }) =>
    harm
      .filter(({ consumerId, level }) => level !== 'none' && isServedBy(step, consumerId.toLowerCase()))
      .flatMap(({ deadline = evidence['expiresOn'] }) => (typeof deadline === 'string' ? Date.parse(deadline) : [])),
  );
  return times.length === 0 ? LONG_AGO : new Date(Math.min(...times)).toISOString();
};

/** Whether this incident has already extended the key by other terms: extensions at a pace are shorter. */
export const wasExtended = (step: Step, records: PolicyRecords): boolean =>
  step.kind === 'extendKeyExpiry' &&
  standingAttempts(records).some(
    ({ outcome, step: kind, stepId, target }) =>
      outcome === 'done' && kind === step.kind && target === step.target && stepId !== step.stepId,
  );

/**
 * The pace of a step that runs without a question; `undefined` where it may begin at once. Versions that were extended by a few
 * days are all due together when the pace is over: their full extension keeps the pace too.
 */
export const paceOf = (step: Step, situation: PolicySituation): PaceTurn | undefined =>
  isWeighty(step) || (pacedUntil(situation) === undefined && !wasExtended(step, situation.records))
    ? undefined
    : { deadline: deadlineOf(step, situation.findings) };
