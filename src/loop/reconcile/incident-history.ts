import { accountOf } from '../../remediation/protocol/incident-account.ts';
import { figuresOf, type IncidentFigures } from '../../remediation/protocol/incident-figures.ts';
import { rowsOfIncident } from '../../remediation/protocol/incident-rows.ts';
import type { LedgerRow } from '../../remediation/protocol/ledger.ts';
import type { Incident } from '../../store/key-state.ts';
import type { Guardian } from '../guardian.ts';

type Named = Incident & { readonly keyId: string };

export type MeasuredIncident = Named & IncidentFigures;

/**
 * `opened`: all incidents that were opened in the time, oldest first. `measured`: the newest of these, with their
 * figures. `openBefore`: incidents that are older and not over.
 */
export type IncidentHistory = {
  readonly opened: readonly Named[];
  readonly measured: readonly MeasuredIncident[];
  readonly openBefore: readonly Named[];
};

/** The most chains that are read at once. */
const AT_ONCE = 16;

/**
 * Whether no row before this one belongs to that incident or a later one: the id of an incident begins with its opening
 * time.
 */
const isBefore =
  (first: string) =>
  ({ kind, incident = '' }: LedgerRow): boolean =>
    kind === 'closed' && incident < first;

/**
 * The measured incidents of one key, oldest first. Reads the chain only back to the start of the first of them: a chain
 * only grows, and becomes long where somebody breaks a key again and again. One call for every 1,000 rows. A broken
 * chain is used as it is.
 */
const measuredOf = async (
  { store }: Pick<Guardian, 'store'>,
  keyId: string,
  incidents: readonly Named[],
  now: Date,
): Promise<readonly MeasuredIncident[]> => {
  const chain = await store.ledger.readBackTo(keyId, isBefore(incidents[0]?.id ?? ''));
  return incidents.map((incident) => ({
    ...incident,
    ...figuresOf(accountOf(rowsOfIncident(chain, incident.id), now.getTime())),
  }));
};

const byId = (one: Named, other: Named): number => (one.id < other.id ? -1 : 1);

/**
 * The incidents that were opened between two instants (ms since epoch), and the figures of the newest `most` of them,
 * from the chains of their keys. One call for every 1,000 rows of all keys, and the chain of each measured key.
 */
export const readIncidentHistory = async (
  guardian: Pick<Guardian, 'store'>,
  { from, to, most }: { readonly from: number; readonly to: number; readonly most: number },
  now: Date,
): Promise<IncidentHistory> => {
  const all = await Array.fromAsync(guardian.store.incidents.list());
  const opened = all.filter(({ openedAt }) => Date.parse(openedAt) >= from && Date.parse(openedAt) < to).toSorted(byId);
  const byKey = [...Map.groupBy(opened.slice(-most), ({ keyId }) => keyId)];
  const measured: MeasuredIncident[] = [];
  for (let start = 0; start < byKey.length; start += AT_ONCE) {
    const some = byKey.slice(start, start + AT_ONCE).map(([keyId, ones]) => measuredOf(guardian, keyId, ones, now));
    measured.push(...(await Promise.all(some)).flat());
  }
  const openBefore = all.filter(({ openedAt, closedAt }) => closedAt === undefined && Date.parse(openedAt) < from);
  return { opened, measured: measured.toSorted(byId), openBefore };
};
