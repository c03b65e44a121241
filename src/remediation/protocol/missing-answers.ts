import type { Json } from '../model/canonical.ts';
import type { Release } from './followed.ts';
import type { LedgerEntry, LedgerRow } from './ledger.ts';

/*
 * People's answers to the question whether subscriptions may go that Azure no longer lists. An answer counts for the time since
 * when the subscription is missing: if it comes back and is missing again, that is another question.
 */

/** `letGo`: it may go. `keep`: the product goes on to guard it, and reports the parts that it cannot see. */
export type Answer = 'letGo' | 'keep';

/** A person's answer about one subscription that is missing since then. `at`: ISO 8601. */
export type MissingAnswer = Release & {
  readonly answer: Answer;
  readonly by: string;
  readonly why: string;
  readonly at: string;
};

const KIND = 'missing subscriptions';

type Said = {
  readonly entry: string;
  readonly at: string;
  readonly by: string;
  readonly why: string;
  readonly answer: Answer;
};

/** The kind of this entry is that of baselines: it counts only as far as the product's chain is proven. */
export const answerEntry = (subscriptions: readonly Release[], { entry, at, ...said }: Said): LedgerEntry => ({
  id: `missing.${entry}`,
  at,
  kind: 'baseline',
  target: KIND,
  detail: { what: KIND, ...said, subscriptions: subscriptions.map(({ id, since }) => ({ id, since })) },
  correlationIds: [],
});

type Detail = Pick<Said, 'by' | 'why'> & { readonly answer: Json; readonly subscriptions: readonly Release[] };

const isNamed = (one: Partial<Release> | null): boolean => typeof one?.id === 'string' && typeof one.since === 'string';

/** A row that nobody has proven may hold anything: what it does not name, it says nothing of. */
const answersOf = ({ kind, target, at, detail }: LedgerRow): readonly MissingAnswer[] => {
  if (kind !== 'baseline' || target !== KIND) return [];
  const { answer, by, why, subscriptions } = (detail ?? {}) as unknown as Partial<Detail>;
  // An answer that is neither of the two is no permission.
  const said = { answer: answer === 'letGo' ? answer : 'keep', by: String(by), why: String(why), at } as const;
  const named = Array.isArray(subscriptions) ? (subscriptions as Detail['subscriptions']).filter(isNamed) : [];
  return named.map(({ id, since }) => ({ id, since, ...said }));
};

/**
 * The last answer to each question in these rows, oldest first. `proven`: those of them that an anchor names. A permission must
 * be proven; a prohibition need only be entered.
 */
export const answersIn = (
  entered: readonly LedgerRow[],
  proven: readonly LedgerRow[] = entered,
): readonly MissingAnswer[] => {
  const isProven = new Set(proven);
  const counted = entered.flatMap((row) =>
    answersOf(row).filter(({ answer }) => answer === 'keep' || isProven.has(row)),
  );
  return [...new Map(counted.map((one) => [`${one.id} ${one.since}`, one])).values()];
};

export const mayGo = (answers: readonly MissingAnswer[]): readonly MissingAnswer[] =>
  answers.filter(({ answer }) => answer === 'letGo');

/** The last answer to the question whether a subscription may go that is missing since then. */
export const answerTo = (answers: readonly MissingAnswer[], id: string, since: string): MissingAnswer | undefined =>
  answers.find((one) => one.id === id && one.since === since);
