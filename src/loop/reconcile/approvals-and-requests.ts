import { canonicalJson, type Json, sha256 } from '../../remediation/model/canonical.ts';
import { saidBeside } from '../../remediation/protocol/approval.ts';
import type { LedgerEntry } from '../../remediation/protocol/ledger.ts';
import type { KeyState } from '../../store/key-state.ts';

/** Its id is made of what was said, so that the same word is entered once, whoever reads it how often. */
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

/** What people have said of this key and its open incident: entries of the ledger, in the order in which they said it. */
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
