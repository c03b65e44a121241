import { TOLD_AFTER } from '../../loop/reconcile/assess-or-tell.ts';
import { valueIn } from '../../loop/reconcile/owners.ts';
import type { ConsumerFacts } from '../../remediation/model/facts.ts';
import { type Finding, type Impact, saysAnother, saysNothing } from '../../remediation/model/findings.ts';
import { keyInstanceId, keyOf, vaultName } from '../../remediation/model/key-ref.ts';
import { nameOf } from '../../remediation/model/resource-id.ts';
import type { StepVerdict } from '../../remediation/policy/policy-types.ts';
import type { KeyState, Verdict } from '../../store/key-state.ts';
import { faultSince, isWeakened, lostBy } from './fault-times.ts';
import type { Line, LineImpact, LinePlan } from './line.ts';
import { nextActionOf } from './next-action.ts';

/** The stored state of a key from which its lines are made. */
export type Standing = Pick<KeyState, 'keyId' | 'verdict' | 'incident' | 'failing'> & {
  /** Left out where the consumers were not read. */
  readonly consumers?: KeyState['consumers'];
};

/** A key with a verdict. */
type Told = Standing & { readonly verdict: Verdict };

/** A finding with its impact on one consumer; without impact where it names no consumer. */
type Blow = { readonly finding: Finding; readonly harm?: Impact };

const STEPS_NAMED = 20;

/** Whether a finding says more than that something could be better. */
const counts = ({ finding, harm }: Blow): boolean =>
  (harm !== undefined && harm.level !== 'none') || saysNothing(finding) || saysAnother(finding);

const RANKS = { active: 0, latent: 1, none: 2 } as const;

/** The greatest impact first; of equal impact, root causes first. */
const byImpact = (one: Blow, other: Blow): number =>
  RANKS[one.harm?.level ?? 'none'] - RANKS[other.harm?.level ?? 'none'] ||
  Number(one.finding.explainedBy !== undefined) - Number(other.finding.explainedBy !== undefined);

/** The findings by the id of their consumer, lower-cased; findings without a consumer have the empty id. */
const blowsIn = (findings: readonly Finding[]): ReadonlyMap<string, readonly Blow[]> => {
  const all = findings.flatMap((finding): readonly (readonly [string, Blow])[] =>
    finding.harm.length === 0
      ? [[finding.target.startsWith('/') ? finding.target : '', { finding }]]
      : finding.harm.map((harm) => [harm.consumerId.toLowerCase(), { finding, harm }]),
  );
  return new Map(
    [...Map.groupBy(all, ([id]) => id)].map(([id, those]) => [id, those.map(([, blow]) => blow).toSorted(byImpact)]),
  );
};

/**
 * Since when the consumer refuses connections, at the latest: the time at which that was first seen. The fault of the key may be
 * much older.
 */
const downSince = (blows: readonly Blow[], since: string, state: Told): string => {
  const down = blows.find(({ finding }) => finding.kind === 'consumerInaccessible');
  return down ? faultSince(down.finding, state) : since;
};

const impactOf = (blows: readonly [Blow, ...Blow[]], since: string, state: Told): LineImpact => {
  const [{ finding, harm }] = blows;
  if (harm?.level === 'active') return { kind: 'down', since: downSince(blows, since, state) };
  if (harm?.level === 'latent')
    return isWeakened(finding, harm) ? { kind: 'weakened' } : { kind: 'losesKey', by: lostBy(harm, since) };
  return { kind: saysNothing(finding) || saysAnother(finding) ? 'unclear' : 'posture' };
};

/** A note where a deadline that the stored sentence names has passed since. */
const overdue = (impact: LineImpact, now: Date): string =>
  impact.kind === 'losesKey' && new Date(impact.by) < now
    ? ' That time has passed; when it was last looked at it was not seen to be down yet.'
    : '';

const planOf = (verdicts: readonly StepVerdict[], planId: string): { readonly plan?: LinePlan } =>
  verdicts.length === 0
    ? {}
    : {
        plan: {
          id: planId,
          steps: verdicts
            .slice(0, STEPS_NAMED)
            .map(({ step, verdict }) => ({ kind: step.kind, target: step.target, verdict })),
        },
      };

const failingOf = ({ failing }: Standing): Pick<Line, 'notAssessed'> =>
  failing && failing.times >= TOLD_AFTER ? { notAssessed: failing } : {};

/** The incident that is open, or that the findings belong to; none for a healthy key, whose last incident is closed. */
const incidentOf = ({ incident, verdict }: Standing): Pick<Line, 'incident'> => {
  const id = incident?.id ?? (verdict?.decision.kind === 'healthy' ? undefined : verdict?.incident);
  return id ? { incident: id } : {};
};

const ofKey = ({ keyId, failing, incident, verdict }: Standing) => {
  const key = keyOf(keyId);
  return {
    id: keyInstanceId(key),
    key: keyId,
    vault: vaultName(key),
    verdict: verdict?.decision.kind,
    notes: verdict?.decision.notes ?? [],
    ...incidentOf({ keyId, failing, incident, verdict }),
    ...failingOf({ keyId, failing, incident, verdict }),
    changedAt:
      [verdict?.writtenAt ?? verdict?.at, failing?.at]
        .filter((at) => at !== undefined)
        .toSorted()
        .at(-1) ?? '',
  };
};

const consumerOf = (id: string, kind: string): Pick<Line, 'consumer'> =>
  id === '' ? {} : { consumer: { id, name: nameOf(id), kind } };

const verdictsFor = ({ verdict: { decision } }: Told, id: string): readonly StepVerdict[] =>
  id === '' ? decision.verdicts : decision.verdicts.filter(({ step }) => step.serves.includes(id));

const ownerIn = ({ owners = {} }: Verdict, id: string): Pick<Line, 'owner'> => {
  const owner = owners[id];
  return owner === undefined ? {} : { owner };
};

/** The line of one consumer, from its findings, the worst first. */
const lineFor = (state: Told, id: string, blows: readonly [Blow, ...Blow[]], now: Date): Line => {
  const [worst, ...others] = blows;
  const { decision } = state.verdict;
  const since = faultSince(worst.finding, state);
  const impact = impactOf(blows, since, state);
  const verdicts = verdictsFor(state, id);
  const isOutOfSight = blows.filter(counts).every(({ finding }) => saysNothing(finding));
  const hurt = worst.harm && worst.harm.level !== 'none' ? ` ${worst.harm.sentence}` : '';
  return {
    ...ofKey(state),
    ...consumerOf(id, worst.harm?.consumerKind ?? ''),
    fault: worst.finding.kind,
    otherFaults: [...new Set(others.map(({ finding }) => finding.kind))].filter((kind) => kind !== worst.finding.kind),
    sentence: `${worst.finding.sentence}${hurt}${overdue(impact, now)}`,
    impact,
    since,
    ...(impact.kind === 'losesKey' && { deadline: impact.by }),
    ...ownerIn(state.verdict, id),
    ...planOf(verdicts, decision.plan.planId),
    nextAction: nextActionOf(decision, verdicts, { consumerId: id === '' ? undefined : id, isOutOfSight }),
  };
};

/** The line of a key without a finding to show: a requested step waits, or the stored data of the key are not proven. */
const lineOfKey = (state: Told): Line => {
  const { decision, at } = state.verdict;
  return {
    ...ofKey(state),
    otherFaults: [],
    sentence: decision.notes[0] ?? decision.verdicts[0]?.step.sentence ?? `${state.keyId} is not well.`,
    impact: { kind: 'none' },
    since: at,
    ...ownerIn(state.verdict, ''),
    ...planOf(decision.verdicts, decision.plan.planId),
    nextAction: nextActionOf(decision, decision.verdicts, { consumerId: undefined, isOutOfSight: false }),
  };
};

const NOT_ASSESSED = 'notAssessed';

/** The line of a key whose assess throws: nothing is known of the key now, whatever its last verdict says. */
const lineOfFailing = (state: Standing, { since, times, why }: NonNullable<KeyState['failing']>): Line => ({
  ...ofKey(state),
  fault: NOT_ASSESSED,
  otherFaults: [],
  sentence: `${state.keyId} could not be assessed ${times} times in a row since ${since}: ${why}.`,
  impact: { kind: 'unclear' },
  since,
  nextAction: {
    kind: 'cannotSee',
    sentence: 'Cannot see: every sweep tries again, and POST /api/reconciliations does so now.',
  },
});

const isSome = (blows: readonly Blow[]): blows is readonly [Blow, ...Blow[]] => blows.length > 0;

/** Everything that is wrong with a key and its consumers now, one line for each of them; empty for a healthy key. */
export const wrongLines = (state: Standing, now: Date): readonly Line[] => {
  const { verdict, failing } = state;
  const unassessed = failing && failing.times >= TOLD_AFTER ? [lineOfFailing(state, failing)] : [];
  if (!verdict || verdict.decision.kind === 'healthy') return unassessed;
  const told = { ...state, verdict };
  const lines = [...blowsIn(verdict.decision.findings)].flatMap(([id, blows]) =>
    blows.some(counts) && isSome(blows) ? [lineFor(told, id, blows, now)] : [],
  );
  return lines.length > 0 ? lines : unassessed.length > 0 ? unassessed : [lineOfKey(told)];
};

type Well = { readonly id: string; readonly kind: string; readonly owner?: string | undefined };

const wellLine = (state: Told, { id, kind, owner }: Well, findings: readonly Finding[]): Line => ({
  ...ofKey(state),
  ...consumerOf(id, kind),
  ...(findings[0] && { fault: findings[0].kind }),
  otherFaults: [...new Set(findings.slice(1).map((one) => one.kind))],
  sentence: findings[0]?.sentence ?? `Nothing is wrong with ${id === '' ? state.keyId : nameOf(id)}.`,
  impact: { kind: findings.length > 0 ? 'posture' : 'none' },
  since: findings[0] ? faultSince(findings[0], state) : state.verdict.at,
  ...(owner ? { owner } : ownerIn(state.verdict, id)),
  nextAction: { kind: 'none', sentence: 'Nothing has to be done.' },
});

/**
 * A consumer without findings. The verdict names the owners of consumers with a finding only: the owner of this one is in its tag,
 * as the sweep last read it, else in the tag of the vault.
 */
const wellOf = (
  { id, kind, tags }: ConsumerFacts,
  { verdict: { owners } }: Told,
  ownerTag: string | undefined,
): Well => (ownerTag === undefined ? { id, kind } : { id, kind, owner: valueIn(tags, ownerTag) ?? owners?.[''] });

/** One line for each consumer of a healthy key, as far as its consumers were read; else one line for the key. */
const wellLines = (state: Standing, ownerTag: string | undefined): readonly Line[] => {
  const { verdict, consumers } = state;
  if (!verdict) return [];
  const told = { ...state, verdict };
  const { findings } = verdict.decision;
  const known = new Map((consumers?.consumers ?? []).map((one) => [one.id.toLowerCase(), one]));
  if (known.size === 0) return [wellLine(told, { id: '', kind: '' }, findings)];
  const ofOne = (id: string): readonly Finding[] =>
    findings.filter(({ harm }) => harm.length === 0 || harm.some(({ consumerId }) => consumerId.toLowerCase() === id));
  return [...known].map(([id, one]) => wellLine(told, { ...wellOf(one, told, ownerTag), id }, ofOne(id)));
};

/**
 * All lines of a key: the wrong ones, and one for each consumer that is healthy. `ownerTag`: the tag that names the owner of a
 * healthy consumer.
 */
export const allLines = (state: Standing, now: Date, ownerTag?: string): readonly Line[] => {
  const wrong = wrongLines(state, now);
  const named = new Set(wrong.map(({ consumer }) => consumer?.id));
  const isWholly = wrong.some(({ consumer }) => consumer === undefined);
  return isWholly
    ? wrong
    : [
        ...wrong,
        ...wellLines(state, ownerTag).filter(({ consumer }) =>
          consumer === undefined ? wrong.length === 0 : !named.has(consumer.id),
        ),
      ];
};
