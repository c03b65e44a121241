import { brokenSince, causesIn, toldCauses } from '../../remediation/diagnosis/root-causes.ts';
import { type Baseline, baselineJson } from '../../remediation/model/baseline.ts';
import { type Json, sha256 } from '../../remediation/model/canonical.ts';
import { findingId, hasImpact } from '../../remediation/model/findings.ts';
import { keyOf } from '../../remediation/model/key-ref.ts';
import type { Decision } from '../../remediation/policy/policy-types.ts';
import { isWellForKnown } from '../../remediation/policy/well-for-known.ts';
import { provenIn } from '../../remediation/protocol/believe.ts';
import { checkpointOf } from '../../remediation/protocol/checkpoint.ts';
import { emptyChain, unwritten } from '../../remediation/protocol/ledger.ts';
import { alreadyAssessed } from '../../remediation/protocol/wake.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Durable, Guardian } from '../guardian.ts';
import { baselineOf, differs, lacks } from '../memory/baseline.ts';
import { type Kept, readKept } from '../memory/kept.ts';
import { verifiedBaseline } from '../memory/known.ts';
import { rememberConsumers } from '../memory/remember-consumers.ts';
import { versionsToRemember } from '../memory/remember-versions.ts';
import type { Assessed, AssessInput, Assessment } from '../messages.ts';
import { readOutOfReach } from '../out-of-reach.ts';
import { approvalsAndRequestsOf } from './approvals-and-requests.ts';
import { findDeadSteps, withDeadSteps } from './dead-steps.ts';
import { fingerprintOf, isReworded } from './fingerprint.ts';
import { inAutoIn } from './in-auto.ts';
import { knownSince } from './known-since.ts';
import { affectedAndLetGo } from './let-go.ts';
import { type KeyLook, look } from './look.ts';
import { areOthers, ownersIn } from './owners.ts';
import { watchTrials } from './watch-trials.ts';

/** A finding has impact, or a person has requested a step that is to be approved or run. */
const opensIncident = ({ findings, kind }: Decision): boolean =>
  findings.some(hasImpact) || kind === 'ask' || kind === 'run';

/** The id of the incident that the assess of this instant opens: `20260722T120000Z-1a2b3c4d`. The ids sort by time. */
const incidentId = (keyId: string, openedAt: string): string =>
  `${openedAt.replaceAll(/[-:]|\.\d+/g, '')}-${sha256(`${keyId} ${openedAt}`).slice(0, 8)}`;

/** The open incident, or the incident that this decision opens. */
const incidentOf = (
  state: KeyState,
  decision: Decision,
  at: string,
): Pick<Assessed, 'incident' | 'opens' | 'openedAt'> => {
  if (state.incident) return { incident: state.incident.id, opens: false, openedAt: state.incident.openedAt };
  if (!opensIncident(decision)) return { opens: false };
  return { incident: incidentId(state.keyId, at), opens: true, openedAt: at };
};

/**
 * The causes for the fuse: where an incident opens, every root cause; in an open incident, the causes that are new
 * since the last look.
 */
const newCauses = (
  { incident, keyId, verdict }: KeyState,
  { findings }: Decision,
  baseline: Baseline | undefined,
): readonly string[] => {
  const judged = incident && verdict?.decision.findings.map(findingId);
  return causesIn(judged ? brokenSince(findings, judged) : findings, keyOf(keyId), baseline);
};

const evidenceOf = async (guardian: Guardian, { decision, observation }: KeyLook): Promise<{ evidence?: string }> =>
  decision.findings.length === 0 ? {} : { evidence: await guardian.store.evidence.put(observation as unknown as Json) };

/**
 * A snapshot that is news. Facts that this look could not read come from the last baseline, if the ledger confirms that
 * baseline. A baseline that the ledger does not confirm is made anew. One call where a consumer of the last baseline was
 * not seen.
 */
const baselineIn = async (
  guardian: Guardian,
  { state, believed }: Pick<Kept, 'state' | 'believed'>,
  { decision, observation }: KeyLook,
): Promise<{ baseline?: Json }> => {
  if (!isWellForKnown(decision)) return {};
  const before = verifiedBaseline(state, provenIn(believed));
  const isOut = lacks(observation, before) ? await readOutOfReach(guardian) : undefined;
  const snapshot = baselineOf(observation, before, isOut);
  return differs(before && state.baseline, snapshot) ? { baseline: baselineJson(snapshot) } : {};
};

/** Whether this look ends the open incident, and who was affected by it that nobody can see well again. */
const endOf = async (
  guardian: Guardian,
  kept: Pick<Kept, 'state' | 'believed'>,
  { decision, observation }: KeyLook,
): Promise<Pick<Assessed, 'closes' | 'letGo'>> => {
  const closes = kept.state.incident !== undefined && decision.kind === 'healthy';
  const letGo = await affectedAndLetGo(guardian, kept, observation);
  return { closes, ...(letGo.length > 0 && { letGo }) };
};

/** The end of a cause is told as well, once for all keys that suffered from it. */
const toldBefore = ({ keyId, verdict }: KeyState): { toldBefore?: readonly string[] } => {
  const told = verdict === undefined ? [] : toldCauses(verdict.decision.findings, keyOf(keyId));
  return told.length === 0 ? {} : { toldBefore: told };
};

const isGivenUp = ({ verdicts }: Decision): boolean => verdicts.some(({ givenUp }) => givenUp === true);

/** Changes since the last look: whether the key can be seen, and whether a repair is given up. */
const turnsOf = ({ verdict: last }: KeyState, now: Decision): Pick<Assessed, 'sight' | 'givesUp'> => {
  const was = last?.decision;
  const isUnseen = now.kind === 'unseen';
  return {
    ...(isUnseen !== (was?.kind === 'unseen') && { sight: isUnseen ? 'lost' : 'back' }),
    ...(isGivenUp(now) && !(was && isGivenUp(was)) && { givesUp: true }),
  };
};

type Ledger = Pick<Assessed, 'head' | 'said' | 'dead' | 'broken' | 'checkpoint'>;

/**
 * The ledger's head, and the entries that it lacks: approvals, rejections and requests of people, and the ends of dead
 * steps. A broken chain gets no entry: it is evidence.
 */
const readLedger = async (durable: Durable, { state, believed }: Kept): Promise<Ledger> => {
  if (believed.kind === 'broken') return { head: emptyChain, said: [], dead: [], broken: believed.fault };
  const said = approvalsAndRequestsOf(state);
  const { head, entered } = believed;
  const incident = state.incident?.id;
  const inForce = new Set(said.map(({ id }) => id));
  const checkpoint = checkpointOf(believed, { now: new Date(), ...(incident && { incident }), said: inForce });
  return {
    head,
    said: unwritten(said, entered),
    dead: await findDeadSteps(durable.isAlive, believed),
    ...(checkpoint !== undefined && { checkpoint }),
  };
};

/**
 * Whether lists that are up to a minute old may be used. Azure sends hundreds of resource events for keys that nobody
 * uses, and for these such lists suffice. Any other cause of the wake-up may know of a newer consumer. If this look
 * answers several wake-ups, one of them may have such a cause.
 */
const mayBeListed = ({ by, number }: AssessInput, { row: { assessed: last, wanted } }: KeyState) =>
  by === 'keyVaultEvent' && wanted === number && last === number - 1 ? ({ listed: 'lately' } as const) : {};

/**
 * One assess. `wanted` and all other stored data is read before Azure (invariant `no-wake-is-lost`). The large
 * observation goes to a blob. The result is small, because it becomes history.
 */
export const assessKey = async (guardian: Guardian, durable: Durable, input: AssessInput): Promise<Assessment> => {
  const stored = await guardian.store.keyRows.read(input.keyId);
  if (alreadyAssessed(stored.row, input.number)) return { kind: 'alreadyAssessed' };
  const kept = await readKept(guardian, stored);
  const { state, believed, doubts } = kept;
  const ledger = await readLedger(durable, kept);
  const seen = await look(guardian, { ...kept, state: withDeadSteps(state, ledger.dead) }, mayBeListed(input, stored));
  const versions = await versionsToRemember(guardian, state, seen.observation, seen.missed);
  await rememberConsumers(guardian, state, seen.observation, versions);
  await watchTrials(guardian, state, seen);
  const baseline = verifiedBaseline(state, provenIn(believed));
  const incident = incidentOf(state, seen.decision, input.at);
  const causes = newCauses(state, seen.decision, baseline);
  if (stored.failing) await guardian.store.failures.clear(input.keyId);
  const fingerprint = fingerprintOf(seen.decision, incident.incident, doubts);
  const changed = state.verdict?.fingerprint !== fingerprint;
  const owners = ownersIn(seen.observation, seen.decision.findings, guardian.settings.ownerTag, state.verdict);
  const auto = inAutoIn(guardian, state, seen, incident.incident);
  const isOtherwiseSaid =
    !changed &&
    (auto.inAuto?.news !== undefined ||
      isReworded(state.verdict?.decision, seen.decision) ||
      areOthers(state.verdict, owners));
  return {
    kind: 'assessed',
    wanted: state.row.wanted,
    // `settleKey` with this tag rebuilds the row from its numbers only, so the tag is passed on only for a row without
    // a generation.
    ...(state.rowTag !== undefined && state.row.generation === undefined && { rowTag: state.rowTag }),
    decision: seen.decision,
    ...ledger,
    ...incident,
    ...(await endOf(guardian, kept, seen)),
    fingerprint,
    changed,
    ...(isOtherwiseSaid && state.verdict && { standsSince: state.verdict.at }),
    since: knownSince(seen.decision, state.verdict, input.at),
    ...(Object.keys(owners).length > 0 && { owners }),
    ...((changed || isOtherwiseSaid || ledger.dead.length > 0) && (await evidenceOf(guardian, seen))),
    ...(causes.length > 0 && { causes }),
    ...(changed && toldBefore(state)),
    ...(changed && turnsOf(state, seen.decision)),
    ...(seen.sighting && { sighting: seen.sighting }),
    ...auto,
    ...(await baselineIn(guardian, kept, seen)),
  };
};
