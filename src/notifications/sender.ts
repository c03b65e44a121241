import type { Outbox, Waiting } from './outbox.ts';
import { isGivenUp, nextTry } from './pauses.ts';
import type { Posted } from './posted.ts';

/** Sends messages of one kind to one receiver, each until it is taken or a day old. Never throws. */
export type Sender<Message> = {
  /** Once; what is not taken waits. `at` (ISO 8601): of what it tells. */
  send(message: Message, at: string): Promise<void>;
  /** What waits and is due, bounded in number and time; returns what is given up. Stops where the receiver takes nothing. */
  sendAgain(): Promise<readonly Message[]>;
};

type Means<Message> = {
  /** Who takes them, as the log calls it: `the notification webhook`. */
  readonly receiver: string;
  /** One try. Never throws, and ends within seconds: a repair may stand behind it. */
  post(message: Message): Promise<Posted>;
  readonly outbox: Outbox<Message>;
  warn(line: string): void;
};

/** After a try that failed, so long no new message is tried: a receiver that hangs would hold up one repair after another. */
const REST_MS = 60_000;
/** Until when a receiver has asked not to be asked, in ms since 1970: nothing is tried before, new or waiting. */
type Rest = { asked: number };

const asksToWait = (rest: Rest, posted: Posted): void => {
  if (posted.kind !== 'taken' && posted.retryAfterMs !== undefined) rest.asked = Date.now() + posted.retryAfterMs;
};

/** When a message that was tried so often is due again; not before the receiver wants to be asked. */
const dueAgain = (tries: number, { asked }: Rest): string => {
  const due = nextTry(tries, new Date());
  const wanted = new Date(asked).toISOString();
  return wanted > due ? wanted : due;
};

/** How many are sent at one time, and how long that may take. */
const AT_ONCE = 20;
const LASTS_MS = 10_000;

/** Nothing of messages may fail a repair. */
const orLogged = async <Value>(warn: (line: string) => void, value: Promise<Value>, otherwise: Value): Promise<Value> =>
  value.catch((error: unknown) => {
    warn(`messages that wait cannot be read or kept now: ${(error as Error).name}`);
    return otherwise;
  });

const say = <Message>({ receiver, warn }: Means<Message>, posted: Posted): void => {
  if (posted.kind !== 'taken') warn(`${receiver} ${posted.why}; the message is kept and sent again`);
};

const openSend = <Message>(means: Means<Message>, rest: Rest): Sender<Message>['send'] => {
  const { post, outbox, warn } = means;
  let restsUntil = 0;
  return async (message, at) => {
    const isTried = Date.now() >= Math.max(restsUntil, rest.asked);
    const posted: Posted = isTried ? await post(message) : { kind: 'failed', why: 'failed a moment ago' };
    if (posted.kind === 'taken') return;
    say(means, posted);
    asksToWait(rest, posted);
    if (isTried && posted.kind === 'failed') restsUntil = Date.now() + REST_MS;
    await orLogged(warn, outbox.keep({ message, at, tries: 1, dueAt: dueAgain(1, rest) }), undefined);
  };
};

const sendOne = async <Message>(
  means: Means<Message>,
  waiting: Waiting<Message>,
  rest: Rest,
): Promise<Posted['kind']> => {
  const { post, outbox } = means;
  const tries = waiting.tries + 1;
  // Put off before it is sent: whoever dies meanwhile, or comes at the same time, does not send it once more at once.
  if (!(await outbox.claim(waiting, { tries, dueAt: nextTry(tries, new Date()) }))) return 'taken';
  const posted = await post(waiting.message);
  say(means, posted);
  if (posted.kind === 'taken') await outbox.remove(waiting);
  asksToWait(rest, posted);
  // It was put off by less than the receiver asks for.
  if (posted.kind !== 'taken' && posted.retryAfterMs !== undefined)
    await outbox.keep({ ...waiting, tries, dueAt: dueAgain(tries, rest) });
  return posted.kind;
};

const sendAll = async <Message>(means: Means<Message>, rest: Rest): Promise<readonly Message[]> => {
  const begun = Date.now();
  if (begun < rest.asked) return [];
  const givenUp: Message[] = [];
  for (const waiting of await means.outbox.due(new Date(begun).toISOString(), AT_ONCE)) {
    if (Date.now() - begun >= LASTS_MS) break;
    if (isGivenUp(waiting.at, new Date())) {
      await means.outbox.remove(waiting);
      givenUp.push(waiting.message);
    } else if ((await sendOne(means, waiting, rest)) === 'failed') break;
  }
  return givenUp;
};

/** Messages come last: they are tried once where they arise, then wait as rows and are sent again with growing pauses for a day. */
export const openMessageSender = <Message>(means: Means<Message>): Sender<Message> => {
  const rest: Rest = { asked: 0 };
  return { send: openSend(means, rest), sendAgain: () => orLogged(means.warn, sendAll(means, rest), []) };
};
