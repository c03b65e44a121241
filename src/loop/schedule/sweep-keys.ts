import type { RunPace } from '../../azure/azure.ts';
import type { ByLists, Observations } from '../../azure/observe/observe.ts';
import type { ObserveRequest } from '../../azure/observe/observe-request.ts';
import { diagnose } from '../../remediation/diagnosis/diagnose.ts';
import { fewStrangers } from '../../remediation/diagnosis/few-strangers.ts';
import { brokenSince, causesIn } from '../../remediation/diagnosis/root-causes.ts';
import { recordedVersions } from '../../remediation/model/baseline.ts';
import type { KeyObservation } from '../../remediation/model/facts.ts';
import { type Finding, findingId, hasImpact, isHealthy } from '../../remediation/model/findings.ts';
import { type KeyRef, keyId, keyOf } from '../../remediation/model/key-ref.ts';
import { isReached } from '../../remediation/model/reach.ts';
import { isLearnt } from '../../remediation/observation/asked-in-vain.ts';
import { type MissedSince, stillMissed, withoutHastyAbsence } from '../../remediation/observation/believed-absence.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Durable, Guardian } from '../guardian.ts';
import { baselineOf, differs } from '../memory/baseline.ts';
import { forgetUnused, isForgettable } from '../memory/forget-unused.ts';
import { isLeftAlone, isNothingNew, isOfNobody } from '../memory/in-vain.ts';
import { supposedOf } from '../memory/known.ts';
import { isOfFormerShape, recordedAnew } from '../memory/recorded-shape.ts';
import { rememberVersions } from '../memory/remember-versions.ts';
import type { SweepRange, SweepResult } from '../messages.ts';
import { wakeAll } from '../wake/wake-all.ts';
import { inFairOrder } from './in-fair-order.ts';
import { keepVaultSnapshots } from './keep-vault-snapshots.ts';
import { isKeptReport, isSaidOfUnused, isUsed } from './kept-report.ts';
import { reportUnreadable } from './report-unreadable.ts';
import { paceOf } from './sweep-pace.ts';
import { sweepResult } from './sweep-result.ts';
import { watchOwnPolicies } from './watch-own-access.ts';

/**
 * `ill`: a finding with impact. `news`: no impact, but the record says otherwise. `reshaped`: maybe only the shape of the
 * record is new.
 */
type Judged = {
  readonly key: KeyRef;
  readonly causes: readonly string[];
  readonly ill: boolean;
  readonly news: boolean;
  /** A look would only find what is recorded: there is nothing to learn of the key now. */
  readonly isNothingNew: boolean;
  readonly reshaped: boolean;
  /** ARM id of the key's vault, if the vault was seen. */
  readonly vaultId?: string;
  /** Whether the key is as its baseline says. */
  readonly isWell: boolean;
};

/** The strangers that wait for access to the key: they affect nothing, and each is told once. */
const strangersIn = (findings: readonly Finding[]): string =>
  findings
    .filter((finding) => finding.kind === 'copyAwaitingAccess' && !hasImpact(finding))
    .map(({ target }) => target)
    .sort()
    .join(' ');

const judge = ({ settings }: Guardian, state: KeyState, observation: KeyObservation): Judged => {
  const known = supposedOf(state);
  const { findings } = fewStrangers(diagnose(observation, new Date(), settings.remediation, known));
  const ill = !isHealthy(findings);
  const isNew =
    state.verdict === undefined ||
    differs(
      state.baseline,
      baselineOf(observation, known.baseline, (id) => !isReached(id, settings.reach())),
    ) ||
    strangersIn(findings) !== strangersIn(state.verdict.decision.findings);
  const news = !ill && (isNew || isKeptReport(state));
  // For an open incident only new causes are news: a fault that lasts must not count at the fuse for ever.
  const judged = state.incident && state.verdict?.decision.findings.map(findingId);
  const causes = causesIn(judged ? brokenSince(findings, judged) : findings, observation.key, known.baseline);
  const isWell = !ill && !news && !state.incident && state.baseline !== undefined;
  const { vault } = observation;
  return {
    key: observation.key,
    causes,
    ill,
    news,
    isNothingNew: isSaidOfUnused(state, findings) || isNothingNew(state, findings, isLearnt(observation), new Date()),
    reshaped: news && isOfFormerShape(state.verdict),
    isWell,
    ...(vault.kind === 'present' && { vaultId: vault.value.id }),
  };
};

/** Vaults whose keys were all found healthy. */
const vaultsThatAreWell = (judged: readonly Judged[]): readonly string[] => {
  const idsOf = (those: readonly Judged[]) => those.flatMap(({ vaultId }) => vaultId ?? []);
  const others = new Set(idsOf(judged.filter(({ isWell }) => !isWell)));
  return idsOf(judged.filter(({ isWell }) => isWell)).filter((id) => !others.has(id));
};

const requestOf = (state: KeyState): ObserveRequest => {
  const { baseline } = supposedOf(state);
  return {
    key: keyOf(state.keyId),
    consumers: state.consumers?.consumers ?? [],
    ...(state.consumers?.cost !== undefined && { cost: state.consumers.cost }),
    // The running machines of a healthy key can be recorded only before they are down.
    ...(!isOfNobody(state) && { machines: 'asked' }),
    ...(baseline && {
      vaultId: baseline.vault.id,
      recordedVersions: [...recordedVersions(baseline).keys()],
      principals: baseline.consumers.map(({ principalId }) => principalId),
    }),
  };
};

const sayReshaped = ({ log }: Guardian, news: readonly Judged[], { looks }: SweepRange): void => {
  const countIn = (those: readonly Judged[]): number => those.filter(({ reshaped }) => reshaped).length;
  const line = recordedAnew(countIn(news.slice(0, looks)), countIn(news.slice(looks)));
  if (line !== undefined) log(line);
};

type Seen = {
  readonly state: KeyState;
  readonly observation: KeyObservation;
  readonly missed: MissedSince;
  readonly judged: Judged;
};

type States = ReadonlyMap<string, KeyState>;

const seenOf = (guardian: Guardian, observations: readonly KeyObservation[], states: States): readonly Seen[] =>
  observations.flatMap((seen) => {
    const state = states.get(keyId(seen.key));
    if (!state) return [];
    const missed = stillMissed(seen, state.consumers?.missed ?? {});
    const observation = withoutHastyAbsence(seen, missed);
    return [{ state, observation, missed, judged: judge(guardian, state, observation) }];
  });

type Observed = Pick<Observations, 'unreadable'> & { readonly seen: readonly Seen[] };

/** Lists may lag: what they make ill, or news of, is read itself. */
const withNewsRead = async (
  guardian: Guardian,
  { listed, observations, unreadable }: Observations & ByLists,
  states: States,
  pace: RunPace | undefined,
): Promise<Observed> => {
  const byList = new Set(listed);
  const seen = seenOf(guardian, observations, states);
  const isDoubted = ({ state, judged: { ill, news } }: Seen): boolean => (ill || news) && byList.has(state.keyId);
  const doubted = seen.filter(isDoubted).map(({ state }) => state);
  if (doubted.length === 0) return { seen, unreadable };
  const read = await guardian.azure.observeKeys(doubted.map(requestOf), pace);
  return {
    seen: [...seen.filter((one) => !isDoubted(one)), ...seenOf(guardian, read.observations, states)],
    unreadable: [...unreadable, ...read.unreadable],
  };
};

/** Where there is no time for all reads, each sweep leaves out other keys. */
const observe = async (guardian: Guardian, states: States, range: SweepRange, at: string): Promise<Observed> => {
  const pace = paceOf(guardian, range);
  const requests = [...states.values()].map(requestOf);
  const byLists = await guardian.azure.observeKeysByLists(pace ? inFairOrder(requests, at) : requests, pace);
  return withNewsRead(guardian, byLists, states, pace);
};

/**
 * Diagnoses the keys in the range that are in use, with their consumers as just listed, and keys without consumers
 * whose last report still stands. It wakes only keys that are unhealthy or need another record. All root causes are
 * recorded before the first key is woken, because the fuse must see a mass failure before its first repair. Keys that
 * stay unknown, or do not exist, are read with growing pauses.
 */
export const sweepKeys = async (guardian: Guardian, durable: Durable, range: SweepRange): Promise<SweepResult> => {
  const states = new Map<string, KeyState>();
  const now = new Date();
  const forgettable: KeyState[] = [];
  for await (const state of guardian.store.keyRows.list(range)) {
    if (isForgettable(state, now)) forgettable.push(state);
    else if ((isUsed(state) || isKeptReport(state)) && !isLeftAlone(state, now)) states.set(state.keyId, state);
  }
  await forgetUnused(guardian, forgettable);
  const at = now.toISOString();
  const { seen, unreadable } = await observe(guardian, states, range, at);
  await reportUnreadable(guardian, unreadable);
  const observations = seen.map(({ observation }) => observation);
  await watchOwnPolicies(guardian, observations);
  for (const { state, observation, missed } of seen) await rememberVersions(guardian, state, observation, missed);
  const judged = seen.map((one) => one.judged);
  await guardian.store.records.rememberCauses(judged.flatMap(({ causes }) => causes.map((cause) => ({ cause, at }))));
  const changed = judged.filter((one) => !one.isNothingNew);
  const news = inFairOrder(
    changed.filter((one) => one.news),
    at,
  );
  const looks = [...changed.filter(({ ill }) => ill), ...news.slice(0, range.looks)];
  sayReshaped(guardian, news, range);
  const woken = await wakeAll(
    durable,
    looks.map(({ key }) => key),
  );
  await keepVaultSnapshots(guardian, vaultsThatAreWell(judged), range.snapshots);
  return sweepResult(observations.length, woken);
};
