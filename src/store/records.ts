import { type Fact, present, unknown } from '../remediation/model/facts.ts';
import { findingId } from '../remediation/model/findings.ts';
import type { Approval, PolicyRecords, Rejection } from '../remediation/model/records.ts';
import { standingSteps, useUp } from '../remediation/protocol/approval.ts';
import type { Anchors } from './anchors.ts';
import { documentRow, readState, rowNames, rowsInForce } from './key-partition.ts';
import type { EndedStep, KeyState, StepRequest } from './key-state.ts';
import { type Overrides, type OverridesInForce, openOverrides } from './overrides.ts';
import { STATEMENTS, statementsOf } from './statements.ts';
import type { Table } from './table.ts';

export type Records = Overrides & {
  /**
   * The records that the policy needs beside the key's own rows. `since` (ISO 8601): where the fuse's window begins.
   * One call. Never throws: rows that cannot be read or parsed make the whole fact unknown. `state`: with its attested
   * approvals only.
   */
  policyRecords(state: KeyState, since: string, now: string): Promise<Fact<PolicyRecords>>;
  /**
   * The same records, with the key's rows read anew, for the write activity right before it sends. Two calls, and one
   * for each approval. Overrides are read last, because a pause must count until the end.
   */
  policyRecordsNow(keyId: string, since: string, now: string): Promise<Fact<PolicyRecords>>;
  /**
   * Stores a person's approval, for the HTTP route that has verified the person. The approval is attested before it
   * becomes a row. The same approval twice is one row. Two calls.
   */
  approve(keyId: string, approval: Approval): Promise<void>;
  /** Stores a person's rejection in the same way. Two calls. */
  reject(keyId: string, rejection: Rejection): Promise<void>;
  /**
   * The state without approvals and rejections that no HTTP route has attested, and without plans that no assess has
   * attested. So a person with write access to the table can neither approve, reject, nor change what is asked. One
   * call for each row.
   */
  attested(state: KeyState): Promise<KeyState>;
  /** Attests the approvals and plans of a state that are older than the anchors. One call for each. */
  attestAll(state: KeyState): Promise<void>;
  /**
   * Enters how a step ended. After `done` or `unknown`, no approval given so far allows the step any more. It may run
   * twice. Two calls.
   */
  stepEnded(keyId: string, ended: EndedStep): Promise<void>;
  /** Enters that a resource which may have blocked this key's repairs was changed at that time (ISO 8601). One call. */
  wayChanged(keyId: string, at: string): Promise<void>;
  /** One call to storage. */
  request(keyId: string, request: StepRequest): Promise<void>;
};

const standing = (state: KeyState, now: string): readonly Approval[] =>
  state.approvals
    .map(({ used, ...approval }) => ({
      ...approval,
      stepIds: state.incident ? standingSteps({ ...approval, used }, state.incident.id, now) : [],
    }))
    .filter((approval) => approval.stepIds.length > 0);

/** Steps that an approval of this incident allowed once, and that no approval allows any more. */
const usedSteps = (state: KeyState, approvals: readonly Approval[]): readonly string[] => {
  const used = state.approvals.filter((row) => row.incident === state.incident?.id).flatMap((row) => row.used);
  const allowed = new Set(approvals.flatMap((approval) => approval.stepIds));
  return [...new Set(used)].filter((step) => !allowed.has(step));
};

const combine = (state: KeyState, overrides: OverridesInForce, now: string): Fact<PolicyRecords> => {
  const { unreadable, ...inForce } = overrides;
  const faults = [...state.unreadable, ...unreadable];
  if (faults.length > 0) return unknown(`Records that cannot be understood: ${faults.join(', ')}.`);
  const approvals = standing(state, now);
  const rejections = state.rejections.filter(({ incident }) => incident === state.incident?.id);
  return present({
    ...inForce,
    ...(rejections.length > 0 && { rejections }),
    ...(state.incident && { incidentOpenedAt: state.incident.openedAt }),
    ...(state.verdict && { judged: state.verdict.decision.findings.map(findingId) }),
    ...(state.wayChangedAt !== undefined && { wayChangedAt: state.wayChangedAt }),
    ...(state.consumers?.marked && { marked: state.consumers.marked }),
    approvals,
    usedSteps: usedSteps(state, approvals),
    attempts: state.attempts.filter(({ incident }) => incident === state.incident?.id),
    requests: state.requests,
    repairs: [],
  });
};

const orUnknown = (records: Promise<Fact<PolicyRecords>>): Promise<Fact<PolicyRecords>> =>
  records.catch((error: unknown) => unknown(`The records could not be read: ${String(error)}`));

const usesUp = ({ outcome }: EndedStep): boolean => outcome === 'done' || outcome === 'unknown';

const enterEnd = async (keys: Table, keyId: string, ended: EndedStep): Promise<void> => {
  const attempt = { kind: 'create', row: documentRow(keyId, rowNames.attempt(ended), ended) } as const;
  for (;;) {
    const rows = await keys.all(rowsInForce(keyId));
    if (rows.some((row) => row.rowKey === attempt.row.rowKey)) return;
    const tags = new Map(rows.map((row) => [row.rowKey, row.etag]));
    const approvals = usesUp(ended) ? readState(keyId, rows).approvals : [];
    const used = approvals.flatMap((approval) => useUp(approval, ended.stepId) ?? []);
    const changes = used.map((approval) => {
      const rowKey = rowNames.approval(approval);
      return { kind: 'replace', row: documentRow(keyId, rowKey, approval), etag: tags.get(rowKey) ?? '' } as const;
    });
    if (await keys.transact([attempt, ...changes])) return;
  }
};

type Kind = keyof typeof STATEMENTS;

const attestedOf = async <Of extends Kind>(anchors: Anchors, state: KeyState, kind: Of): Promise<KeyState[Of]> => {
  const said = await Promise.all(statementsOf(state, kind).map((one) => anchors.isAttested(one)));
  return state[kind].filter((_, index) => said[index]) as unknown as KeyState[Of];
};

/**
 * The state with only its attested rows. A rejection needs an attestation of its own: there were no rejections before
 * there were anchors.
 */
const attestedIn = async (anchors: Anchors, state: KeyState, kinds: readonly Kind[]): Promise<KeyState> => {
  const rejections = kinds.includes('rejections') && { rejections: await attestedOf(anchors, state, 'rejections') };
  const rows = kinds.reduce((sum, kind) => sum + (kind === 'rejections' ? 0 : state[kind].length), 0);
  if (rows === 0 || !(await anchors.isBegun())) return { ...state, ...rejections };
  return {
    ...state,
    ...rejections,
    ...(kinds.includes('approvals') && { approvals: await attestedOf(anchors, state, 'approvals') }),
    ...(kinds.includes('asked') && { asked: await attestedOf(anchors, state, 'asked') }),
  };
};

export const openRecords = (keys: Table, table: Table, anchors: Anchors): Records => {
  const overrides = openOverrides(table);
  const readKey = async (keyId: string) =>
    attestedIn(anchors, readState(keyId, await keys.all(rowsInForce(keyId))), ['approvals', 'rejections']);
  return {
    ...overrides,
    attested: (state) => attestedIn(anchors, state, ['approvals', 'rejections', 'asked']),
    attestAll: async (state) => {
      const statements = [...statementsOf(state, 'approvals'), ...statementsOf(state, 'asked')];
      await Promise.all(statements.map((one) => anchors.attest(one)));
    },
    policyRecords: (state, since, now) =>
      orUnknown(overrides.inForce(since).then((inForce) => combine(state, inForce, now))),
    policyRecordsNow: (keyId, since, now) =>
      orUnknown(readKey(keyId).then(async (state) => combine(state, await overrides.inForce(since), now))),
    approve: async (keyId, approval) => {
      const row = documentRow(keyId, rowNames.approval(approval), { ...approval, used: [] });
      await anchors.attest(STATEMENTS.approvals(keyId, approval));
      await keys.write({ kind: 'create', row });
    },
    reject: async (keyId, rejection) => {
      await anchors.attest(STATEMENTS.rejections(keyId, rejection));
      await keys.write({ kind: 'create', row: documentRow(keyId, rowNames.rejection(rejection), rejection) });
    },
    stepEnded: (keyId, ended) => enterEnd(keys, keyId, ended),
    wayChanged: async (keyId, changedAt) => {
      await keys.write({ kind: 'put', row: documentRow(keyId, rowNames.way, { changedAt }) });
    },
    request: async (keyId, request) => {
      await keys.write({ kind: 'put', row: documentRow(keyId, rowNames.request(request), request) });
    },
  };
};
