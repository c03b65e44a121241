import { type Baseline, baselineJson } from '../../remediation/model/baseline.ts';
import { type Json, sha256 } from '../../remediation/model/canonical.ts';
import { isHarmful } from '../../remediation/model/findings.ts';
import type { Decision } from '../../remediation/policy/policy-types.ts';
import { headOf, type LedgerRow, unwritten } from '../../remediation/protocol/ledger.ts';
import { alreadyAssessed } from '../../remediation/protocol/wake.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Durable, Guardian } from '../guardian.ts';
import { baselineOf, differs } from '../memory/baseline.ts';
import { knownOf } from '../memory/known.ts';
import { rememberConsumers } from '../memory/remember-consumers.ts';
import { rememberVersions } from '../memory/remember-versions.ts';
import type { Assessed, AssessInput, Assessment } from '../messages.ts';
import { findDeadSteps, withDeadSteps } from './dead-steps.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type Look, look } from './look.ts';
import { saidOf } from './said.ts';

/** Somebody is harmed, or a person has asked for a step that is to be approved or run. */
const opensIncident = ({ findings, kind }: Decision): boolean =>
  findings.some(isHarmful) || kind === 'ask' || kind === 'run';

/** The id of the incident that the assess of this instant opens: `20260722T120000Z-1a2b3c4d`. Sorts by time. */
const incidentId = (keyId: string, openedAt: string): string =>
  `${openedAt.replaceAll(/[-:]|\.\d+/g, '')}-${sha256(`${keyId} ${openedAt}`).slice(0, 8)}`;

/** The open incident; else the one that this decision opens. */
const incidentOf = (
  state: KeyState,
  decision: Decision,
  at: string,
): Pick<Assessed, 'incident' | 'opens' | 'openedAt'> => {
  if (state.incident) return { incident: state.incident.id, opens: false, openedAt: state.incident.openedAt };
  if (!opensIncident(decision)) return { opens: false };
  return { incident: incidentId(state.keyId, at), opens: true, openedAt: at };
};

const evidenceOf = async (guardian: Guardian, { decision, observation }: Look): Promise<{ evidence?: string }> =>
  decision.findings.length === 0 ? {} : { evidence: await guardian.store.evidence.put(observation as unknown as Json) };

/** `before`: the last baseline, if the ledger confirms it: what this look could not tell is taken from there. */
const baselineIn = (
  state: KeyState,
  { decision, observation }: Look,
  before: Baseline | undefined,
): { baseline?: Json } => {
  const snapshot = decision.kind === 'healthy' ? baselineOf(observation, before) : undefined;
  return differs(state.baseline, snapshot) ? { baseline: baselineJson(snapshot) } : {};
};

/** Where the ledger stands, and what it does not hold yet: people's words, and how dead steps ended. */
const readLedger = async (
  durable: Durable,
  state: KeyState,
  chain: readonly LedgerRow[],
): Promise<Pick<Assessed, 'head' | 'said' | 'dead'>> => ({
  head: headOf(chain),
  said: unwritten(saidOf(state), chain),
  dead: await findDeadSteps(durable.isAlive, chain),
});

/**
 * One assess. `wanted` and everything else that is kept is read before Azure is looked at (invariant 4). The big
 * observation goes to a blob; what returns is small, because it becomes history.
 */
export const assessKey = async (guardian: Guardian, durable: Durable, input: AssessInput): Promise<Assessment> => {
  const state = await guardian.store.keyRows.read(input.keyId);
  if (alreadyAssessed(state.row, input.number)) return { kind: 'alreadyAssessed' };
  const chain = await guardian.store.ledger.read(state.keyId);
  const ledger = await readLedger(durable, state, chain);
  const seen = await look(guardian, withDeadSteps(state, ledger.dead), chain);
  const { consumers } = seen.observation;
  if (consumers.kind === 'present') await rememberConsumers(guardian, state, consumers.value);
  await rememberVersions(guardian, state, seen.observation);
  const incident = incidentOf(state, seen.decision, input.at);
  const fingerprint = fingerprintOf(seen.decision, incident.incident);
  const changed = state.verdict?.fingerprint !== fingerprint;
  return {
    kind: 'assessed',
    wanted: state.row.wanted,
    ...(state.rowTag !== undefined && { rowTag: state.rowTag }),
    decision: seen.decision,
    ...ledger,
    ...incident,
    closes: state.incident !== undefined && seen.decision.kind === 'healthy',
    fingerprint,
    changed,
    ...((changed || ledger.dead.length > 0) && (await evidenceOf(guardian, seen))),
    ...baselineIn(state, seen, knownOf(state, chain).baseline),
  };
};
