import type { RunPace } from '../../azure/azure.ts';
import type { Probe, ProbeRequest } from '../../azure/observe/probe.ts';
import { diagnose } from '../../remediation/diagnosis/diagnose.ts';
import { keyFaults } from '../../remediation/diagnosis/key-faults.ts';
import { causesIn } from '../../remediation/diagnosis/root-causes.ts';
import { asBaseline } from '../../remediation/model/baseline.ts';
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
import { openStanding, type StandingKeys, type Stood } from './standing.ts';
import { sweepResult } from './sweep-result.ts';

/** The part of the quotas' share that the probe takes; a sweep and the looks that it wakes take the rest. */
const PROBES_PART = 0.7;

/** The part that ten seconds of a probe may take where the keys of a vault happen to come together; on average it is the one above. */
const PROBES_PEAK = 0.75;

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
  const pace = { share: quotaShare * PROBES_PART, peak: quotaShare * PROBES_PEAK, periodMs };
  const planned = await planLooks(guardian, pace);
  return { ...planned, until: until.toISOString() };
};

/** A key that the probe reads. `recorded`: the faults of its pinned versions in its last verdict. */
type Probed = ProbeRequest & {
  readonly recorded: string;
  readonly recordedAt: string;
  readonly missed: MissedSince;
};

type Baselines = ReadonlyMap<string, unknown>;

/** The baselines of a range, read on first use: every minute has a probe, and one of a healthy estate needs none. */
const openBaselines = ({ store }: Guardian, range: KeyRange): (() => Promise<Baselines>) => {
  let read: Promise<Baselines> | undefined;
  const readAll = async (): Promise<Baselines> => {
    const rows = await Array.fromAsync(store.keyRows.listBaselines(range));
    return new Map(rows.map(({ baseline, keyId: id }) => [id, baseline]));
  };
  return () => {
    read ??= readAll();
    return read;
  };
};

const readProbed = async (
  { store }: Guardian,
  range: KeyRange,
  baselines: () => Promise<Baselines>,
  { still, tags }: Stood,
): Promise<readonly Probed[]> => {
  const keys: Probed[] = [];
  if (tags.size > 0 && still.size === tags.size) return keys;
  for await (const { keyId: id, consumers, verdict } of store.keyRows.listPinned(range, (row) => !still.has(row))) {
    if (!consumers?.consumers.length) continue;
    const { cost, inVain, missed = {} } = consumers;
    if (inVain && isOfNobody({ baseline: (await baselines()).get(id), consumers })) continue;
    const recorded = keyFaults(verdict?.decision.findings ?? []);
    keys.push({
      key: keyOf(id),
      consumers: consumers.consumers,
      ...(cost !== undefined && { cost }),
      recorded,
      recordedAt: verdict?.at ?? '',
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

/**
 * The number of keys that were looked at, and the differences from their last verdicts. `quiet`: keys that lists have shown, without
 * a difference.
 */
type Seen = { readonly count: number; readonly news: readonly News[]; readonly quiet?: readonly KeyObservation[] };

/** Of a key that misses something it is news how long it does. */
const quietIn = (
  observations: readonly KeyObservation[],
  byList: ReadonlySet<string>,
  news: readonly News[],
  probed: ProbedKeys,
): readonly KeyObservation[] => {
  const isNews = new Set(news.map(({ observation }) => keyId(observation.key)));
  return observations.filter(({ key }) => {
    const id = keyId(key);
    return byList.has(id) && !isNews.has(id) && Object.keys(probed.get(id)?.missed ?? {}).length === 0;
  });
};

/** A list alone is never news, because lists may lag: a version with apparent news is read itself. */
const withNewsRead = async (
  guardian: Guardian,
  { listed, observations }: Probe,
  probed: ProbedKeys,
  pace: RunPace,
): Promise<Seen> => {
  const byList = new Set(listed);
  const news = newsIn(guardian, observations, probed);
  const { doubted = [], sure = [] } = Object.groupBy(news, ({ observation: { key } }) =>
    byList.has(keyId(key)) ? 'doubted' : 'sure',
  );
  const quiet = quietIn(observations, byList, news, probed);
  if (doubted.length === 0) return { count: observations.length, news, quiet };
  const read = await guardian.azure.probeKeysPaced(
    doubted.flatMap(({ observation: { key } }) => probed.get(keyId(key)) ?? []),
    pace,
  );
  const count = observations.length - doubted.length + read.observations.length;
  return { count, news: [...sure, ...newsIn(guardian, read.observations, probed)], quiet };
};

const look = async (
  guardian: Guardian,
  { beside = 1, by, until }: ProbeRange,
  keys: readonly Probed[],
  probed: ProbedKeys,
): Promise<Seen> => {
  const { azure, settings } = guardian;
  if (by !== 'lists') {
    const { observations } = await azure.probeKeys(keys);
    return { count: observations.length, news: newsIn(guardian, observations, probed) };
  }
  const latest = until === undefined ? Date.now() + LONGEST_SPREAD_MS : Date.parse(until);
  const pace = { share: settings.quotaShare * PROBES_PART, until: latest, beside };
  return withNewsRead(guardian, await azure.probeKeysByLists(keys, pace), probed, pace);
};

const NOTHING: Stood = { tags: new Map(), still: new Set(), at: new Date(0) };

const causesOf = (news: readonly News[], baselines: Baselines): readonly string[] =>
  news.flatMap(({ findings, observation: { key } }) => causesIn(findings, key, asBaseline(baselines.get(keyId(key)))));

/**
 * Key Vault has no event for the deletion or disabling of a key, nor for a version that is not the current one. The
 * probe therefore wakes the keys in the range whose pinned versions differ from the last verdict: newly ill, or healthy
 * again while an incident is open. A recorded fault is left to the sweep. All root causes are recorded before the first
 * key is woken.
 */
const probeKeys = async (
  guardian: Guardian,
  standing: StandingKeys,
  durable: Durable,
  range: ProbeRange,
): Promise<SweepResult> => {
  const baselines = openBaselines(guardian, range);
  const stood = range.by === 'lists' ? await standing.in(range) : NOTHING;
  const keys = await readProbed(guardian, range, baselines, stood);
  const probed = new Map(keys.map((one) => [keyId(one.key), one]));
  const { count, news, quiet = [] } = await look(guardian, range, keys, probed);
  standing.keep(quiet, stood);
  const at = new Date().toISOString();
  const causes = news.length > 0 ? causesOf(news, await baselines()) : [];
  await guardian.store.records.rememberCauses(causes.map((cause) => ({ cause, at })));
  const woken = await wakeAll(
    durable,
    news.map(({ observation }) => observation.key),
  );
  for (const events of probeEvents(at, foundIn(news, probed))) await guardian.publish(events);
  return sweepResult(stood.still.size + count, woken);
};

/** `probeKeys`, with what this process remembers from one probe to the next. */
export const openProbing = (guardian: Guardian): ((durable: Durable, range: ProbeRange) => Promise<SweepResult>) => {
  const standing = openStanding(guardian);
  return (durable, range) => probeKeys(guardian, standing, durable, range);
};
