import type { Guardian } from '../loop/guardian.ts';
import { tellIncident } from '../loop/reconcile/incident-account.ts';
import { runbookOf } from '../posture/runbooks.ts';
import { secondsBetween } from '../remediation/protocol/incident-account.ts';
import type { Incident } from '../store/key-state.ts';
import { pathFor } from './callers.ts';
import { type Door, type DoorRequest, refusal } from './door.ts';
import { linkTo } from './next-link.ts';
import { VERSION } from './version.ts';

/** The form of the id that an incident gets when it opens. */
const INCIDENT_ID = /^\d{8}T\d{6}Z-[0-9a-f]{8}$/;

/** The members of the answer, from the account of the incident at this time. */
const bodyOf = async (
  request: DoorRequest,
  guardian: Guardian,
  incident: Incident & { readonly keyId: string },
  now: Date,
): Promise<object> => {
  const { id, keyId: key, openedAt, closedAt } = incident;
  const told = await tellIncident(guardian, incident, now);
  const { timeline, cause, evidence, proof, verification, anchors, anchored, who, ...account } = told;
  const { isFinal: _isFinal, ...said } = who;
  return {
    id,
    key,
    openedAt,
    closedAt,
    isOpen: closedAt === undefined,
    now: now.toISOString(),
    seconds: {
      toDetect: secondsBetween(timeline, 'lost', 'detected'),
      toDecide: secondsBetween(timeline, 'detected', 'decided'),
      toHeal: secondsBetween(timeline, 'detected', 'healthy'),
    },
    ...account,
    timeline,
    cause: { ...cause, roots: cause.roots.map((root) => ({ ...root, runbook: runbookOf(root.kind) })) },
    who: said,
    evidence: evidence.map((hash) => pathFor(request.caller, `evidence/${hash}`)),
    ledger: {
      chain: linkTo('ledger', request, { key }),
      verification,
      verified: { by: `CMK Guardian ${VERSION}`, at: now.toISOString(), anchors },
      ...(anchored && { anchored }),
      rows: proof,
    },
  };
};

/**
 * GET: one incident in full. Its events in seconds from the loss; minutes down for each consumer; its cause, and who caused it;
 * the people who asked, approved and rejected; the writes, with Azure's ids. And its proof: the evidence, the rows of the ledger,
 * which release verified their chain against how many anchors, and since when an anchor proves the last row.
 */
export const getIncident: Door = async (request, guardian) => {
  const id = request.params['id'] ?? '';
  const incident = INCIDENT_ID.test(id) ? await guardian.store.incidents.find(id) : undefined;
  if (!incident) return refusal(404, 'NotFound', 'There is no such incident. GET /api/incidents lists all.');
  return { status: 200, body: await bodyOf(request, guardian, incident, new Date()) };
};
