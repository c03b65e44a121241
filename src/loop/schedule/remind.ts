import type { About, Notice } from '../../notifications/notice.ts';
import { byKey } from '../../remediation/model/doors.ts';
import { rejectionSentence } from '../../remediation/policy/rejection.ts';
import type { Reminder } from '../../store/reminders.ts';
import type { Sufferer } from '../../store/told-causes.ts';
import type { Guardian } from '../guardian.ts';
import { askedAgainAt } from '../memory/remember-asked.ts';

/** The most reminders in one run, and the most plans that a message names. */
const AT_ONCE = 20;
const NAMED = 10;

/** Each key once, even if it suffers from several causes of one message. */
const askingIn = async ({ store }: Pick<Guardian, 'store'>, { causes }: Reminder): Promise<readonly Sufferer[]> => {
  const asking = new Map<string, Sufferer>();
  for (const cause of causes)
    for (const one of await store.toldCauses.sufferers(cause)) if (one.planId) asking.set(one.keyId, one);
  return [...asking.values()];
};

/**
 * A person who is woken by the message does not have the documents at hand, so it says how to answer. An approval needs
 * a whole id, so the message names whole ids.
 */
const HOW = `A person with the role Approver says yes by cmk-guardian approve <number>, or no by cmk-guardian reject <number> --why '<why>': the first digits of the plan are its number. cmk-guardian do-not-heal <target> --why '<why>' forbids it. Over HTTP: POST to /approval or /rejection of the plan, PUT /api/do-not-heal ${byKey('PUT', 'do-not-heal')}.`;

/**
 * Sentences on who rejected the named plans. A row that no HTTP route has attested is ignored. One call for each key,
 * and for each row.
 */
const rejectionsOf = async ({ store }: Pick<Guardian, 'store'>, asking: readonly Sufferer[]) => {
  const sentences = asking.slice(0, NAMED).map(async ({ keyId, planId }) => {
    const { incident, rejections } = await store.records.attested(await store.keyRows.read(keyId));
    return rejections.filter((one) => one.incident === incident?.id && one.planId === planId).map(rejectionSentence);
  });
  return [...new Set((await Promise.all(sentences)).flat())];
};

const repeatedNotice = async (
  guardian: Pick<Guardian, 'store'>,
  { askedAt, sentences, about, causes }: Reminder,
  asking: readonly Sufferer[],
): Promise<Notice | undefined> => {
  const [first] = asking;
  if (first === undefined) return undefined;
  const plans = [...new Set(asking.flatMap(({ planId }) => planId ?? []))];
  const named = plans.slice(0, NAMED).map((planId) => `/api/plans/${planId}`);
  const more =
    plans.length > NAMED
      ? `, and ${plans.length - NAMED} more, which GET /api/reconciliations lists ${byKey('GET', 'reconciliations')}`
      : '';
  const keys = asking.length === 1 ? `${first.keyId} waits` : `${asking.length} keys wait`;
  const rejections = await rejectionsOf(guardian, asking);
  const since = rejections.length === 0 ? 'nobody has answered' : 'nobody has approved it';
  return {
    keyId: first.keyId,
    verdict: 'ask',
    ...(first.planId && { planId: first.planId }),
    causes,
    // `rememberAsked` wrote this value, or it is left out.
    ...(about !== undefined && { about: about as About }),
    sentences: [
      `Asked on ${askedAt}, and ${since}: ${keys} for an answer to ${named.join(', ')}${more}. ${HOW}`,
      ...rejections.filter((said) => !sentences.some((one) => one.includes(said))),
      ...sentences,
    ],
  };
};

const repeatOne = async (guardian: Guardian, reminder: Reminder): Promise<void> => {
  const { reminders } = guardian.store;
  const notice = await repeatedNotice(guardian, reminder, await askingIn(guardian, reminder));
  const repeated = reminder.repeated + 1;
  const next = askedAgainAt(reminder.askedAt, repeated);
  // The next time is stored before the message is sent: a failure in between loses one reminder, instead of repeating
  // it again and again.
  if (notice && next !== undefined) await reminders.put({ ...reminder, repeated, dueAt: next });
  else await reminders.remove(reminder);
  if (notice) await guardian.notify(notice);
};

/** Asks again the questions that nobody has answered. */
export const remind = async (guardian: Guardian, now: Date): Promise<void> => {
  for (const reminder of await guardian.store.reminders.due(now.toISOString(), AT_ONCE))
    await repeatOne(guardian, reminder);
};
