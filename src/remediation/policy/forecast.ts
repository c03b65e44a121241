import { keyExpired } from '../diagnosis/rules/key-expired.ts';
import { keyNearExpiry } from '../diagnosis/rules/key-near-expiry.ts';
import { addDuration } from '../model/duration.ts';
import type { Fact, KeyObservation } from '../model/facts.ts';
import { keyVersionId } from '../model/key-ref.ts';
import type { Known } from '../model/known.ts';
import type { PolicyRecords } from '../model/records.ts';
import type { RemediationSettings } from '../model/settings.ts';
import { newExpiry } from '../observation/extend-expiry.ts';
import { readPins } from '../observation/pins.ts';
import { plan } from '../plan/plan.ts';
import { ofKnown } from '../trust/lineage.ts';
import { decide } from './policy.ts';
import type { PolicySettings, StepVerdict } from './policy-types.ts';

/**
 * What happens to a version that expires, if nothing changes until then. `at` (ISO 8601): when the expiry is near enough to act
 * on. `until`: the expiry that an extension then writes. `held`: the policy would hold the step back. `person`: no step would
 * help. `none`: no consumer needs the version then.
 */
export type Forecast = {
  readonly kind: 'extends' | 'asks' | 'held' | 'person' | 'none';
  readonly at: string;
  readonly until?: string;
  readonly sentence: string;
};

export type ForecastSettings = { readonly remediation: RemediationSettings; readonly policy: PolicySettings };

const SECOND_MS = 1_000;

/**
 * When an expiry is near enough to act on: the first second at which the rule finds it. Months differ in length, so the time is
 * searched and not computed backwards.
 */
const nearFrom = (expiresOn: Date, nearExpiry: string, now: Date): Date => {
  const isNear = (ms: number): boolean => expiresOn <= addDuration(new Date(ms), nearExpiry);
  if (isNear(now.getTime())) return now;
  let [far, near] = [now.getTime(), expiresOn.getTime()];
  while (near - far > SECOND_MS) {
    const middle = Math.floor((far + near) / 2);
    if (isNear(middle)) near = middle;
    else far = middle;
  }
  return new Date(near);
};

/** The forecast assumes that sweeps go on until then, so the time of the last sweep is dropped. */
const atWork = (records: Fact<PolicyRecords>): Fact<PolicyRecords> => {
  if (records.kind !== 'present') return records;
  const { sweptAt: _sweptAt, ...others } = records.value;
  return { kind: 'present', value: others };
};

/** The verdict of the policy on a step at that time, in words. */
export const forecastOf = (verdict: StepVerdict, at: string, until?: string): Forecast => {
  const { sentence } = verdict.step;
  if (verdict.verdict === 'ask') return { kind: 'asks', at, sentence: `Asks: ${sentence} ${verdict.why}` };
  if (verdict.verdict === 'report')
    return { kind: 'held', at, sentence: `Does nothing. ${verdict.why} What it would do: ${sentence}` };
  const what = `By itself: ${sentence}`;
  return until === undefined
    ? { kind: 'extends', at, sentence: what }
    : { kind: 'extends', at, until, sentence: `${what} It is then valid until ${until}.` };
};

const NEEDED_BY_NOBODY = 'Nobody needs it then: who uses it goes over to another version by itself before that.';
const WITHOUT_STEP = 'No step is known that would keep it valid.';

/**
 * What the product would do by itself about the expiry of this version. The rules of expiry, the plan and the policy are run as
 * of that time, with the overrides that are in force then. Other faults until then are not foreseen.
 */
export const forecast = (
  seen: KeyObservation,
  version: string,
  records: Fact<PolicyRecords>,
  { remediation, policy }: ForecastSettings,
  now: Date,
  known: Known = {},
): Forecast => {
  const pin = readPins(seen).find((one) => one.version === version);
  const expiresOn = pin?.facts.expiresOn;
  const at = expiresOn === undefined ? now : nearFrom(new Date(expiresOn), remediation.nearExpiry, now);
  const observation = { ...seen, observedAt: at.toISOString() };
  const situation = { observation, now: at, settings: remediation, known };
  const kid = keyVersionId(seen.key, version);
  const findings = [...keyExpired(situation, []), ...keyNearExpiry(situation, [])].filter(
    ({ target }) => target === kid,
  );
  if (findings.length === 0 || pin === undefined)
    return { kind: 'none', at: at.toISOString(), sentence: NEEDED_BY_NOBODY };
  const { plan: planned, verdicts } = decide(plan(findings, observation, remediation, { known }), {
    findings,
    observation: ofKnown(observation, known),
    everyone: observation,
    settings: policy,
    records: atWork(records),
    now: at,
    baseline: known.baseline,
  });
  const verdict = verdicts.find(({ step }) => step.kind === 'extendKeyExpiry') ?? verdicts[0];
  if (verdict === undefined)
    return { kind: 'person', at: at.toISOString(), sentence: planned.instructions.join(' ') || WITHOUT_STEP };
  const { step } = verdict;
  const written = step.kind === 'extendKeyExpiry' ? newExpiry(pin.facts, step.parameters, at) : undefined;
  return forecastOf(verdict, at.toISOString(), written?.kind === 'set' ? written.expiresOn.toISOString() : undefined);
};
