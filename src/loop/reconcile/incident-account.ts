import { accountOf, type IncidentAccount } from '../../remediation/protocol/incident-account.ts';
import { rowsOfIncident } from '../../remediation/protocol/incident-rows.ts';
import type { LedgerRow, Verification } from '../../remediation/protocol/ledger.ts';
import { causesOf, lostAt } from '../../remediation/protocol/loss.ts';
import type { Incident } from '../../store/key-state.ts';
import type { KeptWhoDidIt } from '../../store/who-did-it.ts';
import type { Guardian } from '../guardian.ts';
import { whoDidIt } from './who-did-it.ts';

/** An incident whole: what its chain tells, whether that chain is intact, and who caused it so far as the logs of Azure tell. */
export type ToldIncident = IncidentAccount & { readonly who: KeptWhoDidIt; readonly verification: Verification };

type Named = Incident & { readonly keyId: string };

/** Who looks at it again and again has Azure asked once a minute. */
const ASK_AGAIN_MS = 60_000;

const mayBeAsked = ({ isFinal, askedAt }: KeptWhoDidIt, now: Date): boolean =>
  !isFinal && now.getTime() - Date.parse(askedAt) > ASK_AGAIN_MS;

/** What was answered before, unless that was too early to be the last word. */
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

/** Tells an incident from the chain of its key. Reads the whole chain with its anchors, and asks the logs of Azure where it is not known yet who caused it. */
export const tellIncident = async (
  guardian: Pick<Guardian, 'azure' | 'store'>,
  incident: Named,
  now: Date,
): Promise<ToldIncident> => {
  const { rows: chain, verification } = await guardian.store.ledger.audit(incident.keyId);
  const own = rowsOfIncident(chain, incident.id);
  const who = await readWho(guardian, incident, { own, chain }, now);
  return { ...accountOf(own, now.getTime()), who, verification };
};
