import { canonicalJson, type Json, sha256 } from '../../remediation/model/canonical.ts';
import { saidBeside } from '../../remediation/protocol/approval.ts';
import type { LedgerEntry } from '../../remediation/protocol/ledger.ts';
import type { KeyState } from '../../store/key-state.ts';

/** The id is made of the content, so that the same approval or request is entered once, however often it is read. */
const entry = (
  kind: 'requested' | 'approved' | 'rejected',
  at: string,
  detail: Json,
  incident?: string,
): LedgerEntry => ({
  id: `${kind}.${sha256(canonicalJson({ at, detail })).slice(0, 32)}`,
  at,
  kind,
  ...(incident !== undefined && { incident }),
  detail,
  correlationIds: [],
});

/**
 * Approvals, rejections and requests of people for this key and its open incident, as ledger entries in the order of
 * time.
 */
export const approvalsAndRequestsOf = ({
  approvals,
  rejections,
  requests,
}: Pick<KeyState, 'approvals' | 'rejections' | 'requests'>): readonly LedgerEntry[] =>
  [
    ...requests.map(({ at, step, target, by, parameters }) =>
      entry('requested', at, { step, target, by, ...(parameters && { parameters: { ...parameters } }) }),
    ),
    ...approvals.map(({ at, incident, planId, stepIds, by, expires, ...beside }) =>
      entry('approved', at, { planId, stepIds: [...stepIds], by, expires, ...saidBeside(beside) }, incident),
    ),
    ...rejections.map(({ at, incident, planId, stepIds, by, name, why, down }) =>
      entry('rejected', at, { planId, stepIds: [...stepIds], by, name, why, down: [...down] }, incident),
    ),
  ].sort((one, other) => one.at.localeCompare(other.at));
