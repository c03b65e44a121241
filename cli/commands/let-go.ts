import {
  keepSubscriptions,
  listSubscriptions,
  type ReleaseSubscriptions202,
  releaseSubscriptions,
} from '../../client/api.ts';
import type { AddCommand } from '../acting.ts';
import { confirmed } from '../confirmed.ts';
import type { Context } from '../context.ts';
import { Usage } from '../failure.ts';
import { table } from '../sheet/sheet.ts';
import { said } from '../sheets/said.ts';
import { type Followed, followedTable } from '../sheets/subscriptions.ts';
import { counted } from '../words/counted.ts';
import { ownWords } from '../words/own-words.ts';

type Options = { readonly why: string; readonly yes?: true };

/** The most subscriptions that one request answers. */
const AT_ONCE = 100;

const idOf = (named: string): string => (named.split('/').at(-1) ?? '').toLowerCase();

/** The subscriptions about which the app asks: the named ones, or all of them. */
const meant = async ({ sending }: Context, named: readonly string[]): Promise<readonly Followed[]> => {
  const { value } = await listSubscriptions({ missing: true }, sending);
  const asked = value.filter(({ missing }) => missing?.asked);
  const ids = new Set(asked.map(({ id }) => idOf(id)));
  const stranger = named.find((one) => !ids.has(idOf(one)));
  if (stranger !== undefined)
    throw new Usage(
      `Nobody is asked of '${stranger}'. cmk-guardian subscriptions --missing shows those that are missing.`,
    );
  if (asked.length === 0) throw new Usage('Nobody is asked of any subscription.');
  const wanted = new Set(named.map(idOf));
  return named.length === 0 ? asked : asked.filter(({ id }) => wanted.has(idOf(id)));
};

type Send = typeof releaseSubscriptions;

/**
 * Each answer carries the time since which the subscription was shown as missing: an answer does not count for a subscription
 * that came back meanwhile.
 */
const answered = async (
  { sending }: Context,
  send: Send,
  all: readonly Followed[],
  why: string,
): Promise<readonly ReleaseSubscriptions202[]> => {
  const answers: ReleaseSubscriptions202[] = [];
  for (let start = 0; start < all.length; start += AT_ONCE) {
    const subscriptions = all
      .slice(start, start + AT_ONCE)
      .map(({ id, missing }) => ({ id, since: missing?.since ?? '' }));
    answers.push(await send({ subscriptions, why }, sending));
  }
  return answers;
};

type Verb = {
  readonly name: string;
  readonly says: string;
  readonly send: Send;
  readonly question: (count: string) => string;
  readonly done: (count: string) => string;
};

const LET_GO: Verb = {
  name: 'let-go',
  says: 'Says that subscriptions may go that are missing below management groups, after it has shown them.',
  send: releaseSubscriptions,
  question: (count) => `May ${count} go, of which nothing is looked at or repaired any more?`,
  done: (count) => `${count} may go. The next sweep asks Azure once more, and lets go what is still missing.`,
};

const KEEP: Verb = {
  name: 'keep',
  says: 'Says that subscriptions may not go that are missing, whatever was said before.',
  send: keepSubscriptions,
  question: (count) => `Keep ${count}, which is said to be out of sight as long as it cannot be read?`,
  done: (count) => `${count} stays: looked after as before, as far as it can be seen.`,
};

const addVerb =
  ({ name, says, send, question, done }: Verb): AddCommand =>
  (program, { shows }) =>
    void program
      .command(name)
      .description(says)
      .argument('[subscription...]', 'ids of subscriptions; without one, all of which a person is asked')
      .requiredOption('--why <text>', 'why', ownWords)
      .option('--yes', 'without a question, of those that are named')
      .action(
        shows(async (context, named: readonly string[], { why, yes }: Options) => {
          if (yes && named.length === 0) throw new Usage('--yes answers for those that are named: name them.');
          const all = await meant(context, named);
          const count = counted(all.length, 'subscription');
          const { columns, rows } = followedTable(all);
          await confirmed(context, {
            blocks: [table(columns, rows)],
            question: question(count),
            isGiven: yes === true,
          });
          return said(done(count), await answered(context, send, all, why));
        }),
      );

export const addLetGo: AddCommand = addVerb(LET_GO);
export const addKeep: AddCommand = addVerb(KEEP);
