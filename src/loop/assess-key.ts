import type { Json } from '../remediation/canonical.ts';
import { isHarmful } from '../remediation/findings.ts';
import type { Decision } from '../remediation/policy-types.ts';
import { alreadyAssessed } from '../remediation/protocol/wake.ts';
import type { KeyState } from '../store/key-state.ts';
import { baselineOf, differs } from './baseline.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Guardian } from './guardian.ts';
import { incidentId } from './incident-id.ts';
import { type Look, look } from './look.ts';
import type { Assessed, AssessInput, Assessment } from './messages.ts';
import { rememberConsumers } from './remember-consumers.ts';

/** The open incident; else the one that these findings open. */
const incidentOf = (
  state: KeyState,
  decision: Decision,
  at: string,
): Pick<Assessed, 'incident' | 'opens' | 'openedAt'> => {
  if (state.incident) return { incident: state.incident.id, opens: false, openedAt: state.incident.openedAt };
  if (!decision.findings.some(isHarmful)) return { opens: false };
  return { incident: incidentId(state.keyId, at), opens: true, openedAt: at };
};

const evidenceOf = async (guardian: Guardian, { decision, observation }: Look): Promise<{ evidence?: string }> =>
  decision.findings.length === 0 ? {} : { evidence: await guardian.store.evidence.put(observation as unknown as Json) };

const baselineIn = (state: KeyState, { decision, observation }: Look): { baseline?: Json } => {
  const snapshot = decision.kind === 'healthy' ? baselineOf(observation) : undefined;
  return differs(state.baseline, snapshot) ? { baseline: snapshot } : {};
};

/**
 * One assess. `wanted` and everything else that is kept is read before Azure is looked at (invariant 4). The big
 * observation goes to a blob; what returns is small, because it becomes history.
 */
export const assessKey = async (guardian: Guardian, input: AssessInput): Promise<Assessment> => {
  const state = await guardian.store.keyRows.read(input.keyId);
  if (alreadyAssessed(state.row, input.number)) return { kind: 'alreadyAssessed' };
  const [seen, head] = await Promise.all([look(guardian, state), guardian.store.ledger.head(input.keyId)]);
  const { consumers } = seen.observation;
  if (consumers.kind === 'present') await rememberConsumers(guardian, state, consumers.value);
  const incident = incidentOf(state, seen.decision, input.at);
  const fingerprint = fingerprintOf(seen.decision, incident.incident);
  const changed = state.verdict?.fingerprint !== fingerprint;
  return {
    kind: 'assessed',
    wanted: state.row.wanted,
    ...(state.rowTag !== undefined && { rowTag: state.rowTag }),
    decision: seen.decision,
    head,
    ...incident,
    closes: state.incident !== undefined && seen.decision.kind === 'healthy',
    fingerprint,
    changed,
    ...(changed && (await evidenceOf(guardian, seen))),
    ...baselineIn(state, seen),
  };
};
