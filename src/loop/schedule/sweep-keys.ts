import type { ObserveRequest } from '../../azure/observe/observe-request.ts';
import { diagnose } from '../../remediation/diagnosis/diagnose.ts';
import { rootCauses } from '../../remediation/diagnosis/root-causes.ts';
import type { KeyObservation } from '../../remediation/model/facts.ts';
import { type Finding, isHarmful, isHealthy } from '../../remediation/model/findings.ts';
import { type KeyRef, keyId, keyOf } from '../../remediation/model/key-ref.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Durable, Guardian } from '../guardian.ts';
import { baselineOf, differs } from '../memory/baseline.ts';
import { supposedOf } from '../memory/known.ts';
import { isOfFormerShape, recordedAnew } from '../memory/recorded-shape.ts';
import { rememberVersions } from '../memory/remember-versions.ts';
import type { SweepRange, SweepResult } from '../messages.ts';
import { wakeAll } from '../wake/wake-all.ts';
import { keepVaultSnapshots } from './keep-vault-snapshots.ts';
import { reportUnreadable } from './report-unreadable.ts';

/** `ill`: something is to be healed. `news`: nothing is, but it is not recorded so. `reshaped`: maybe only its shape is new. */
type Judged = {
  readonly key: KeyRef;
  readonly causes: readonly string[];
  readonly ill: boolean;
  readonly news: boolean;
  readonly reshaped: boolean;
  /** ARM id of its vault, where that was seen. */
  readonly vaultId?: string;
  /** Whether it is as its baseline says. */
  readonly isWell: boolean;
};

/** Who waits at the key and is let in by nobody: it harms nothing, and is said once for each. */
const strangersIn = (findings: readonly Finding[]): string =>
  findings
    .filter((finding) => finding.kind === 'copyAwaitingAccess' && !isHarmful(finding))
    .map(({ target }) => target)
    .sort()
    .join(' ');

const judge = ({ settings }: Guardian, state: KeyState, observation: KeyObservation): Judged => {
  const known = supposedOf(state);
  const findings = diagnose(observation, new Date(), settings.remediation, known);
  const ill = !isHealthy(findings);
  const isNew =
    state.verdict === undefined ||
    differs(state.baseline, baselineOf(observation, known.baseline)) ||
    strangersIn(findings) !== strangersIn(state.verdict.decision.findings);
  const news = !ill && isNew;
  // Of an open incident they are remembered already: a fault that lasts must not count for ever at the fuse.
  const causes = state.incident ? [] : rootCauses(findings, observation.key);
  const isWell = !ill && !news && !state.incident && state.baseline !== undefined;
  const { vault } = observation;
  return {
    key: observation.key,
    causes,
    ill,
    news,
    reshaped: news && isOfFormerShape(state.verdict),
    isWell,
    ...(vault.kind === 'present' && { vaultId: vault.value.id }),
  };
};

/** Vaults of which every key that was looked at is well. */
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
    // Which machines ran when all was well can be known only before they are down.
    machines: 'asked',
    ...(baseline && { vaultId: baseline.vault.id }),
  };
};

const sayReshaped = ({ log }: Guardian, news: readonly Judged[], { looks }: SweepRange): void => {
  const countIn = (those: readonly Judged[]): number => those.filter(({ reshaped }) => reshaped).length;
  const line = recordedAnew(countIn(news.slice(0, looks)), countIn(news.slice(looks)));
  if (line !== undefined) log(line);
};

/**
 * Diagnoses the keys in the range that are in use, with their consumers as just listed, and wakes only those that are
 * unhealthy or whose healthy snapshot is new. All root causes are remembered before the first key is woken: the fuse must
 * see a mass failure before its first repair.
 */
export const sweepKeys = async (guardian: Guardian, durable: Durable, range: SweepRange): Promise<SweepResult> => {
  const states = new Map<string, KeyState>();
  for await (const state of guardian.store.keyRows.list(range)) {
    if (state.consumers?.consumers.length) states.set(state.keyId, state);
  }
  const { observations, unreadable } = await guardian.azure.observeKeys([...states.values()].map(requestOf));
  await reportUnreadable(guardian, unreadable);
  const judged: Judged[] = [];
  for (const observation of observations) {
    const state = states.get(keyId(observation.key));
    if (!state) continue;
    judged.push(judge(guardian, state, observation));
    await rememberVersions(guardian, state, observation);
  }
  const at = new Date().toISOString();
  await guardian.store.records.rememberCauses(judged.flatMap(({ causes }) => causes.map((cause) => ({ cause, at }))));
  const news = judged.filter((one) => one.news);
  const looks = [...judged.filter(({ ill }) => ill), ...news.slice(0, range.looks)];
  sayReshaped(guardian, news, range);
  const woken = await wakeAll(
    durable,
    looks.map(({ key }) => key),
  );
  await keepVaultSnapshots(guardian, vaultsThatAreWell(judged), range.snapshots);
  return { observed: observations.length, woken };
};
