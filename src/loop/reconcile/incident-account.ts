import { firstCovering } from '../../remediation/protocol/anchors.ts';
import { accountOf, type IncidentAccount } from '../../remediation/protocol/incident-account.ts';
import { rowsOfIncident } from '../../remediation/protocol/incident-rows.ts';
import type { LedgerRow, Verification } from '../../remediation/protocol/ledger.ts';
import { causesOf, lostAt } from '../../remediation/protocol/loss.ts';
import type { Incident } from '../../store/key-state.ts';
import type { Audited } from '../../store/ledger.ts';
import type { KeptWhoDidIt } from '../../store/who-did-it.ts';
import type { Guardian } from '../guardian.ts';
import { whoDidIt } from './who-did-it.ts';

/** Since when (ISO 8601) an anchor proves the last entry of an incident. `seq`: the row that this anchor names. */
type Anchored = { readonly seq: number; readonly at: string };

/**
 * The whole account of an incident from its chain, whether that chain is intact, and who caused it as far as the logs
 * of Azure tell. `anchors`: the number of anchors that the chain was compared with. `anchored`: left out where no
 * anchor proves the end of the incident yet, or the chain is broken.
 */
export type ToldIncident = IncidentAccount & {
  readonly who: KeptWhoDidIt;
  readonly verification: Verification;
  readonly anchors: number;
  readonly anchored?: Anchored;
};

type Named = Incident & { readonly keyId: string };

/** The logs of Azure are asked about one incident once a minute at most, however often a person opens it. */
const ASK_AGAIN_MS = 60_000;

const mayBeAsked = ({ isFinal, askedAt }: KeptWhoDidIt, now: Date): boolean =>
  !isFinal && now.getTime() - Date.parse(askedAt) > ASK_AGAIN_MS;

/** The former answer, unless it came too early to be final. */
const readWho = async (
  guardian: Pick<Guardian, 'azure' | 'store'>,
  { id, keyId, openedAt }: Named,
  { own, chain }: { readonly own: readonly LedgerRow[]; readonly chain: readonly LedgerRow[] },
  now: Date,
): Promise<KeptWhoDidIt> => {
  const { store } = guardian;
  const kept = await store.whoDidIt.read(keyId, id);
  if (kept && !mayBeAsked(kept, now)) return kept;
  const lost = lostAt(own);
  const ours = new Set(chain.flatMap(({ correlationIds }) => correlationIds));
  const loss = { roots: causesOf(own).roots, openedAt, ours, ...(lost !== undefined && { lostAt: lost }) };
  const answer = { ...(await whoDidIt(guardian, loss, now)), askedAt: now.toISOString() };
  await store.whoDidIt.keep(keyId, id, answer);
  return answer;
};

/** The earliest anchor that proves the last of these rows. One call. */
const anchoredBy = async (
  { store }: Pick<Guardian, 'store'>,
  { rows, verification, anchors }: Audited,
  own: readonly LedgerRow[],
): Promise<{ readonly anchored?: Anchored }> => {
  const last = own.at(-1);
  const first = last && firstCovering(anchors, last.seq);
  if (first === undefined || verification.kind === 'broken') return {};
  const at = await store.anchors.placedAt(rows[0]?.chain ?? '', first);
  return at === undefined ? {} : { anchored: { seq: first.seq, at } };
};

/**
 * Tells an incident from the chain of its key. Reads the whole chain with its anchors. Asks the logs of Azure where the
 * cause of the incident is not known yet.
 */
export const tellIncident = async (
  guardian: Pick<Guardian, 'azure' | 'store'>,
  incident: Named,
  now: Date,
): Promise<ToldIncident> => {
  const audited = await guardian.store.ledger.audit(incident.keyId);
  const { rows: chain, verification, anchors } = audited;
  const own = rowsOfIncident(chain, incident.id);
  const [who, anchored] = await Promise.all([
    readWho(guardian, incident, { own, chain }, now),
    anchoredBy(guardian, audited, own),
  ]);
  return { ...accountOf(own, now.getTime()), who, verification, anchors: anchors.length, ...anchored };
};
