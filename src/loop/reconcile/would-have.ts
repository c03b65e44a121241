import type { LedgerRow } from '../../remediation/protocol/ledger.ts';
import { type WouldHave, wouldHaveIn } from '../../remediation/protocol/would-have.ts';
import type { PlacedNote } from '../../store/would-have.ts';
import type { Guardian } from '../guardian.ts';

/** What mode auto would have done with a key. `entry`: left out where the chain does not hold the entry any more. */
export type KeyWouldHave = { readonly keyId: string; readonly place: string; readonly told: WouldHave | undefined };

const DAY_MS = 86_400_000;

/** The days (UTC) that lie, at least in part, between two instants (ms since epoch). */
export const daysBetween = (from: number, to: number): readonly string[] => {
  const first = Math.floor(from / DAY_MS);
  const count = Math.max(0, Math.ceil(to / DAY_MS) - first);
  return Array.from({ length: count }, (_, at) => new Date((first + at) * DAY_MS).toISOString().slice(0, 10));
};

/** `after`: the place of the last note of the page before. */
export type Span = { readonly from: number; readonly to: number; readonly after?: string };

/** Notes between two instants, oldest first, at most `count`: one call for each day. */
const notesIn = async (
  { store }: Pick<Guardian, 'store'>,
  { from, to, after }: Span,
  count: number,
): Promise<readonly PlacedNote[]> => {
  const begin = after === undefined ? new Date(from).toISOString() : after;
  const end = new Date(to).toISOString();
  const notes: PlacedNote[] = [];
  for (const day of daysBetween(from, to)) {
    if (notes.length >= count) break;
    if (day < begin.slice(0, 10)) continue;
    const found = await store.wouldHave.ofDay(day, count - notes.length, begin);
    notes.push(...found.filter(({ at }) => at < end));
  }
  return notes;
};

/** The most chains that are read at once. */
const AT_ONCE = 16;

/**
 * The chain of a key since the incident before those of these notes; the whole chain where it lacks one of these
 * incidents.
 */
const readSince = (
  { store }: Pick<Guardian, 'store'>,
  keyId: string,
  notes: readonly PlacedNote[],
): Promise<readonly LedgerRow[]> => {
  const missing = new Set(notes.map(({ entry }) => entry));
  return store.ledger.readBackTo(keyId, ({ id, kind }) => {
    missing.delete(id);
    return missing.size === 0 && kind === 'closed';
  });
};

/**
 * What mode auto would have done between two instants, oldest first, at most `count`, from the chains of the keys. One
 * call for each day, and one for every 1,000 rows of each chain. `next`: where the next page begins.
 */
export const readWouldHave = async (
  guardian: Pick<Guardian, 'store'>,
  span: Span,
  count: number,
  now: Date,
): Promise<{ readonly entries: readonly KeyWouldHave[]; readonly next?: string }> => {
  const notes = await notesIn(guardian, span, count + 1);
  const page = notes.slice(0, count);
  const told = new Map<PlacedNote, WouldHave | undefined>();
  const byKey = [...Map.groupBy(page, ({ keyId }) => keyId)];
  for (let start = 0; start < byKey.length; start += AT_ONCE) {
    const some = byKey.slice(start, start + AT_ONCE);
    await Promise.all(
      some.map(async ([keyId, own]) => {
        const chain = await readSince(guardian, keyId, own);
        for (const note of own) told.set(note, wouldHaveIn(chain, note.entry, now.getTime()));
      }),
    );
  }
  const entries = page.map((note) => ({ keyId: note.keyId, place: note.place, told: told.get(note) }));
  const next = notes.length > count ? page.at(-1)?.place : undefined;
  return { entries, ...(next !== undefined && { next }) };
};
