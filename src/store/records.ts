import { type Fact, present, unknown } from '../remediation/model/facts.ts';
import type { Approval, PolicyRecords } from '../remediation/model/records.ts';
import { standingSteps, useUp } from '../remediation/protocol/approval.ts';
import { documentRow, readState, rowNames, rowsInForce } from './key-partition.ts';
import type { EndedStep, KeyState, StepRequest } from './key-state.ts';
import { type Orders, type OrdersInForce, openOrders } from './orders.ts';
import type { Table } from './table.ts';

export type Records = Orders & {
  /**
   * What policy needs besides the key's own rows. `since` (ISO 8601) is where the fuse's window begins. One call.
   * Never throws: rows that cannot be read, or not be understood, make the whole fact unknown.
   */
  policyRecords(state: KeyState, since: string, now: string): Promise<Fact<PolicyRecords>>;
  /**
   * The same with the key's rows read anew: for the write activity, right before it sends. Two calls, the orders last: a
   * pause counts until the end.
   */
  policyRecordsNow(keyId: string, since: string, now: string): Promise<Fact<PolicyRecords>>;
  /** A person's approval. The same one twice is one. One call. */
  approve(keyId: string, approval: Approval): Promise<void>;
  /**
   * Enters how a step ended. After `done`, or `unknown`, no approval given so far allows it any more. May run twice.
   * Two calls.
   */
  stepEnded(keyId: string, ended: EndedStep): Promise<void>;
  /** One call. */
  request(keyId: string, request: StepRequest): Promise<void>;
};

const standing = (state: KeyState, now: string): readonly Approval[] =>
  state.approvals
    .map(({ used, ...approval }) => ({
      ...approval,
      stepIds: state.incident ? standingSteps({ ...approval, used }, state.incident.id, now) : [],
    }))
    .filter((approval) => approval.stepIds.length > 0);

/** Steps that an approval of this incident allowed once and that none allows any more. */
const usedSteps = (state: KeyState, approvals: readonly Approval[]): readonly string[] => {
  const used = state.approvals.filter((row) => row.incident === state.incident?.id).flatMap((row) => row.used);
  const allowed = new Set(approvals.flatMap((approval) => approval.stepIds));
  return [...new Set(used)].filter((step) => !allowed.has(step));
};

const combine = (state: KeyState, orders: OrdersInForce, now: string): Fact<PolicyRecords> => {
  const { unreadable, ...inForce } = orders;
  const faults = [...state.unreadable, ...unreadable];
  if (faults.length > 0) return unknown(`Records that cannot be understood: ${faults.join(', ')}.`);
  const approvals = standing(state, now);
  return present({
    ...inForce,
    ...(state.incident && { incidentOpenedAt: state.incident.openedAt }),
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

export const openRecords = (keys: Table, table: Table): Records => {
  const orders = openOrders(table);
  const readKey = async (keyId: string) => readState(keyId, await keys.all(rowsInForce(keyId)));
  return {
    ...orders,
    policyRecords: (state, since, now) =>
      orUnknown(orders.inForce(since).then((inForce) => combine(state, inForce, now))),
    policyRecordsNow: (keyId, since, now) =>
      orUnknown(readKey(keyId).then(async (state) => combine(state, await orders.inForce(since), now))),
    approve: async (keyId, approval) => {
      const row = documentRow(keyId, rowNames.approval(approval), { ...approval, used: [] });
      await keys.write({ kind: 'create', row });
    },
    stepEnded: (keyId, ended) => enterEnd(keys, keyId, ended),
    request: async (keyId, request) => {
      await keys.write({ kind: 'put', row: documentRow(keyId, rowNames.request(request), request) });
    },
  };
};
