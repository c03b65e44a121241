import { command } from '../../remediation/model/command.ts';
import { formatResourceId } from '../../remediation/model/resource-id.ts';
import { type Place, readOnlyIn } from '../../remediation/observation/places.ts';
import type { Guardian } from '../guardian.ts';
import { PRODUCT_CHAIN, record } from '../record.ts';

/** A fact that stays the same is told again after this time. */
const TOLD_MS = 30 * 86_400_000;

/** The most entries: a person who creates unreadable resources must not make the ledger or a message longer than this. */
const ENTERED = 50;
const SENTENCES = 20;
const LONGEST = 500;

export type Reported = { readonly id: string; readonly reason: string };

const FIX = ' Fix: ';

/**
 * A reason of at most `LONGEST` characters. Where it is too long, what Azure said is cut, and the command behind it stays whole:
 * half a command helps nobody.
 */
export const shortReason = (reason: string): string => {
  if (reason.length <= LONGEST) return reason;
  const at = reason.lastIndexOf(FIX);
  const fix = at < 0 ? '' : reason.slice(at);
  if (fix.length > LONGEST / 2) return `${reason.slice(0, LONGEST - 1)}…`;
  return `${reason.slice(0, LONGEST - fix.length - 1)}…${fix}`;
};

const shortened = ({ id, reason }: Reported): Reported => ({ id: id.slice(0, LONGEST), reason: shortReason(reason) });

/** `together`: one sentence on several that have the same reason; left out where each needs its own. */
export type Words = {
  readonly say: (one: Reported) => string;
  readonly more: (count: number) => string;
  readonly together?: (ids: readonly string[], reason: string) => string;
};

const eachAlone = (news: readonly Reported[], { say, more }: Words): readonly string[] => [
  ...news.slice(0, SENTENCES).map(say),
  ...(news.length > SENTENCES ? [more(news.length - SENTENCES)] : []),
];

const sentencesOf = (news: readonly Reported[], words: Words): readonly string[] => {
  const { together } = words;
  if (together === undefined) return eachAlone(news, words);
  const groups = [...Map.groupBy(news, ({ reason }) => reason)];
  const several = groups.filter(([, group]) => group.length > 1);
  const single = groups.flatMap(([, group]) => (group.length > 1 ? [] : group));
  return [
    ...several.map(([reason, group]) =>
      together(
        group.map(({ id }) => id),
        reason,
      ),
    ),
    ...eachAlone(single, words),
  ];
};

const newsOf = ({ store }: Guardian, reported: readonly Reported[], now: Date): Promise<readonly Reported[]> =>
  store.told.news(reported.map(shortened), new Date(now.getTime() - TOLD_MS).toISOString());

/** Enters and says each of these once for as long as it stays the same. */
const tellOnce = async (
  guardian: Guardian,
  what: string,
  reported: readonly Reported[],
  words: Words,
): Promise<void> => {
  const now = new Date();
  const news = await newsOf(guardian, reported, now);
  if (news.length === 0) return;
  await record(
    guardian,
    what,
    news.slice(0, ENTERED).map(({ id, reason }) => ({ id, reason })),
  );
  await guardian.store.told.add(news, now.toISOString());
  await guardian.notify({ keyId: PRODUCT_CHAIN, verdict: 'report', sentences: sentencesOf(news, words) });
};

/**
 * The same for resources of which a stranger cannot make many: the ledger names all of them, in as many entries as needed, since
 * a person has to decide on each.
 */
export const tellAll = async (
  guardian: Guardian,
  what: string,
  reported: readonly Reported[],
  words: Words,
): Promise<void> => {
  const news = await newsOf(guardian, reported, new Date());
  for (let start = 0; start < news.length; start += ENTERED)
    await tellOnce(guardian, what, news.slice(start, start + ENTERED), words);
};

/** Tells people which resources in scope could not be read, each once as long as the reason stays the same. */
export const reportUnreadable = (guardian: Guardian, unreadable: readonly Reported[]): Promise<void> =>
  tellOnce(guardian, 'unreadable', unreadable, {
    say: ({ id, reason }) => `${id} could not be read: ${reason}.`,
    more: (count) => `${count} more could not be read.`,
  });

/** Tells people in which subscriptions nothing can be written, before Azure refuses a repair there. */
export const reportReadOnly = async (guardian: Guardian, places: readonly Place[]): Promise<void> => {
  const readOnly = readOnlyIn(places).map(({ subscriptionId, state }) => ({
    id: formatResourceId({ subscriptionId }),
    reason: `it is ${state}`,
  }));
  const at = new Date().toISOString();
  const known = readOnlyIn(places).map((one) => ({ ...one, at }));
  const writable = places.filter(({ state }) => state.kind === 'present').map(({ subscriptionId }) => subscriptionId);
  const isKnown = (id: string): boolean => known.some(({ subscriptionId }) => subscriptionId === id);
  await guardian.store.records.rememberReadOnly(
    known,
    writable.filter((id) => !isKnown(id)),
  );
  if (readOnly.length === 0) return;
  await tellOnce(guardian, 'subscription read only', readOnly, {
    say: ({ id, reason }) =>
      `The subscription ${id} can be read, and every write in it will be refused: ${reason}. No key in it is repaired before its account administrator enables it again in the portal, under Subscriptions; ${command('az account show', { subscription: id.split('/')[2] ?? '', query: 'state' })} shows it.`,
    more: (count) => `${count} more subscriptions can only be read.`,
  });
};

/** Tells people which subscriptions are of another tenant: Key Vault takes tokens of its own tenant only. */
export const reportForeign = (guardian: Guardian, places: readonly Place[]): Promise<void> =>
  tellOnce(
    guardian,
    'subscription of another tenant',
    places.flatMap(({ subscriptionId, foreign }) =>
      foreign === undefined
        ? []
        : [
            {
              id: `/subscriptions/${subscriptionId}`,
              reason: `it is of the tenant ${foreign.theirs}, and this product of ${foreign.ours}`,
            },
          ],
    ),
    {
      say: ({ id, reason }) =>
        `In the subscription ${id} no key can be used or repaired, whatever can be read: ${reason}. Install the product in that tenant as well, and take the subscription out of GUARDIAN_SCOPE here; ${command('az account show', { subscription: id.split('/')[2] ?? '', query: 'tenantId' })} shows its tenant.`,
      more: (count) => `${count} more subscriptions are of other tenants.`,
    },
  );

/** Tells people once which consumers have another id now: `id` is the former id, `reason` the present one. */
export const reportMoved = async (guardian: Guardian, moves: readonly Reported[]): Promise<void> => {
  if (moves.length === 0) return;
  await tellOnce(
    guardian,
    'consumer moved',
    // The other moves are told by the next sweep.
    moves.slice(0, SENTENCES),
    {
      say: ({ id, reason }) =>
        `${id} was moved: it is ${reason} now, with its name and its identity, and is looked after as before. What names the id that it had (alerts, do-not-heal records, scripts) names nothing any more.`,
      more: (count) => `${count} more were moved.`,
    },
  );
};
