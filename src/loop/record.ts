import { randomUUID } from 'node:crypto';
import { canonicalJson, type Json, sha256 } from '../remediation/model/canonical.ts';
import { type Head, headOf, type LedgerRow } from '../remediation/protocol/ledger.ts';
import type { Guardian } from './guardian.ts';

/** The chain of everything that belongs to no key. */
export const PRODUCT_CHAIN = 'product';
const RECENT = 100;

type Entry = { readonly id: string; readonly what: string; readonly detail: Json };

const enter = async ({ store }: Guardian, from: Head, { id, what, detail }: Entry): Promise<void> => {
  const at = new Date().toISOString();
  const entry = { id: `${id}.${at}`, at, kind: 'recorded', detail: { what, detail }, correlationIds: [] } as const;
  await store.ledger.append(PRODUCT_CHAIN, from, [entry]);
};

/** Enters an act that belongs to no key. */
export const record = async (guardian: Guardian, what: string, detail: Json): Promise<void> =>
  enter(guardian, await guardian.store.ledger.head(PRODUCT_CHAIN), { id: randomUUID(), what, detail });

/** Enters it unless one of the last hundred entries forbids it. `true`: it was entered. */
const enterUnless = async (
  guardian: Guardian,
  { what, detail }: Omit<Entry, 'id'>,
  isForbidden: (recent: readonly LedgerRow[], id: string) => boolean,
): Promise<boolean> => {
  const id = sha256(canonicalJson({ what, detail }));
  const recent = await guardian.store.ledger.recent(PRODUCT_CHAIN, RECENT);
  if (isForbidden(recent, id)) return false;
  // The entry goes after the head that was read: a second writer of the same instant is then recognized by the id.
  await enter(guardian, headOf(recent), { id, what, detail });
  return true;
};

const isIn = (recent: readonly LedgerRow[], id: string): boolean => recent.some((row) => row.id.startsWith(`${id}.`));

/** Enters a fact that belongs to no key, unless one of the last hundred entries says the same. `true`: it was new. */
export const recordOnce = (guardian: Guardian, what: string, detail: Json): Promise<boolean> =>
  enterUnless(guardian, { what, detail }, isIn);

/** The most entries of one kind in a day where the content comes from outside. */
const MOST_A_DAY = 20;
const DAY_MS = 86_400_000;

const isOfToday = ({ at, detail }: LedgerRow, what: string): boolean =>
  (detail as { readonly what?: unknown }).what === what && Date.now() - Date.parse(at) < DAY_MS;

/**
 * Like `recordOnce`, for text that an outside sender chooses: at most twenty entries in a day. Every invented name
 * would else be an entry, and a few hundred of them would push the entries that matter out of the range that is
 * searched.
 */
export const recordFew = (guardian: Guardian, what: string, detail: Json): Promise<boolean> =>
  enterUnless(
    guardian,
    { what, detail },
    (recent, id) => isIn(recent, id) || recent.filter((row) => isOfToday(row, what)).length >= MOST_A_DAY,
  );
