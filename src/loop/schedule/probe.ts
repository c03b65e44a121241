import type { Probe, ProbeRequest } from '../../azure/observe/probe.ts';
import { diagnose } from '../../remediation/diagnosis/diagnose.ts';
import { keyFaults } from '../../remediation/diagnosis/key-faults.ts';
import { causesIn } from '../../remediation/diagnosis/root-causes.ts';
import { asBaseline, type Baseline } from '../../remediation/model/baseline.ts';
import type { KeyObservation } from '../../remediation/model/facts.ts';
import type { Finding } from '../../remediation/model/findings.ts';
import { keyId, keyOf } from '../../remediation/model/key-ref.ts';
import { type MissedSince, withoutHastyAbsence } from '../../remediation/observation/believed-absence.ts';
import type { Durable, Guardian } from '../guardian.ts';
import { isOfNobody } from '../memory/in-vain.ts';
import type { KeyRange, ProbePlan, ProbeRange, SweepResult } from '../messages.ts';
import { wakeAll } from '../wake/wake-all.ts';
import { planLooks } from './plan-turns.ts';
import { type Found, probeEvents } from './probe-events.ts';
import { sweepResult } from './sweep-result.ts';

/** The part of the quotas' share that the probe takes; a sweep and the looks that it wakes take the rest. */
const PROBES_PART = 0.7;

/** A run is spread over a minute, or over the time until the next run if that is shorter. */
const LONGEST_SPREAD_MS = 60_000;

/** A run continues as the next one after an hour at most. */
const LONGEST_PERIOD_MS = 3_600_000;

/** The times at which to read the versions in use, and when all of that should be done. */
export const planProbe = async (guardian: Guardian): Promise<ProbePlan> => {
  const { quotaShare, schedules } = guardian.settings;
  const now = new Date();
  await guardian.store.beats.beat('probe', now.toISOString());
  const until = new Date(Math.min(schedules.probe.nextDue(now).getTime(), now.getTime() + LONGEST_PERIOD_MS));
  const periodMs = Math.min(LONGEST_SPREAD_MS, until.getTime() - now.getTime());
  const planned = await planLooks(guardian, { share: quotaShare * PROBES_PART, periodMs });
  return { ...planned, until: until.toISOString() };
};

/** A key that the probe reads. `recorded`: the faults of its pinned versions in its last verdict. */
type Probed = ProbeRequest & {
  readonly recorded: string;
  readonly recordedAt: string;
  readonly baseline: Baseline | undefined;
  readonly missed: MissedSince;
};

const readProbed = async ({ store }: Guardian, range: KeyRange): Promise<readonly Probed[]> => {
  const keys: Probed[] = [];
  for await (const { baseline, keyId: id, consumers, verdict } of store.keyRows.listPinned(range)) {
    if (!consumers?.consumers.length || isOfNobody({ baseline, consumers })) continue;
    const recorded = keyFaults(verdict?.decision.findings ?? []);
    const { missed = {} } = consumers;
    keys.push({
      key: keyOf(id),
      consumers: consumers.consumers,
      recorded,
      recordedAt: verdict?.at ?? '',
      baseline: asBaseline(baseline),
      missed,
    });
  }
  return keys;
};

/** A version that could not be read proves nothing, unless its vault is gone: the sweep finds out why. */
const wasRead = ({ current, vaultLoss, versions }: KeyObservation): boolean =>
  vaultLoss?.kind === 'present' ||
  [...Object.values(versions), current].every((version) => version?.kind !== 'unknown');

type ProbedKeys = ReadonlyMap<string, Probed>;

type News = { readonly observation: KeyObservation; readonly findings: readonly Finding[] };

const foundIn = (news: readonly News[], probed: ProbedKeys): readonly Found[] =>
  news.map(({ observation, findings }) => {
    const id = keyId(observation.key);
    const { recorded = '', recordedAt = '' } = probed.get(id) ?? {};
    return { keyId: id, findings, recorded, recordedAt };
  });

/** The faults that differ from the last verdict. */
const newsIn = (
  { settings }: Guardian,
  observations: readonly KeyObservation[],
  probed: ProbedKeys,
): readonly News[] => {
  const now = new Date();
  const credible = observations.map((one) => withoutHastyAbsence(one, probed.get(keyId(one.key))?.missed ?? {}));
  return credible.filter(wasRead).flatMap((observation): readonly News[] => {
    const findings = diagnose(observation, now, settings.remediation);
    return keyFaults(findings) === probed.get(keyId(observation.key))?.recorded ? [] : [{ observation, findings }];
  });
};

/** A list alone is never news, because lists may lag: a version with apparent news is read itself. */
const withNewsRead = async (
  guardian: Guardian,
  { listed, observations }: Probe,
  probed: ProbedKeys,
  beside: number | undefined,
): Promise<readonly KeyObservation[]> => {
  const byList = new Set(listed);
  const doubted = newsIn(guardian, observations, probed)
    .map(({ observation }) => keyId(observation.key))
    .filter((id) => byList.has(id));
  if (doubted.length === 0) return observations;
  const read = await guardian.azure.probeKeys(
    doubted.flatMap((id) => probed.get(id) ?? []),
    beside,
  );
  return [...observations.filter(({ key }) => !doubted.includes(keyId(key))), ...read.observations];
};

const look = async (
  guardian: Guardian,
  { beside, by }: ProbeRange,
  keys: readonly Probed[],
  probed: ProbedKeys,
): Promise<readonly KeyObservation[]> => {
  if (by !== 'lists') return (await guardian.azure.probeKeys(keys, beside)).observations;
  return withNewsRead(guardian, await guardian.azure.probeKeysByLists(keys, beside), probed, beside);
};

/**
 * Key Vault has no event for the deletion or disabling of a key, nor for a version that is not the current one. The
 * probe therefore wakes the keys in the range whose pinned versions differ from the last verdict: newly ill, or healthy
 * again while an incident is open. A recorded fault is left to the sweep. All root causes are recorded before the first
 * key is woken.
 */
export const probeKeys = async (guardian: Guardian, durable: Durable, range: ProbeRange): Promise<SweepResult> => {
  const keys = await readProbed(guardian, range);
  const probed = new Map(keys.map((one) => [keyId(one.key), one]));
  const observations = await look(guardian, range, keys, probed);
  const news = newsIn(guardian, observations, probed);
  const at = new Date().toISOString();
  const causes = news.flatMap(({ findings, observation: { key } }) =>
    causesIn(findings, key, probed.get(keyId(key))?.baseline),
  );
  await guardian.store.records.rememberCauses(causes.map((cause) => ({ cause, at })));
  const woken = await wakeAll(
    durable,
    news.map(({ observation }) => observation.key),
  );
  for (const events of probeEvents(at, foundIn(news, probed))) await guardian.publish(events);
  return sweepResult(observations.length, woken);
};
