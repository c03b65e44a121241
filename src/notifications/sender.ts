import type { Outbox, Waiting } from './outbox.ts';
import { isGivenUp, nextTry } from './pauses.ts';
import type { Posted } from './posted.ts';

/** Sends messages of one kind to one receiver, each until it is taken or a day old. Never throws. */
export type Sender<Message> = {
  /** Tries once. A message that is not taken waits. `at` (ISO 8601): when its content was found. */
  send(message: Message, at: string): Promise<void>;
  /**
   * Sends the messages that wait and are due, bounded in number and time; returns the messages that are given up. Stops
   * where the receiver takes nothing.
   */
  sendAgain(): Promise<readonly Message[]>;
};

type Means<Message> = {
  /** The receiver's name in the log: `the notification webhook`. */
  readonly receiver: string;
  /** One try. Never throws, and ends within seconds, because a repair may wait for it. */
  post(message: Message): Promise<Posted>;
  readonly outbox: Outbox<Message>;
  warn(line: string): void;
};

/** After a failed try no new message is tried for this long: a receiver that hangs would delay one repair after another. */
const REST_MS = 60_000;
/** The receiver has asked for no request before this time (ms since 1970): no message is tried before, new or waiting. */
type Rest = { asked: number };

const asksToWait = (rest: Rest, posted: Posted): void => {
  if (posted.kind !== 'taken' && posted.retryAfterMs !== undefined) rest.asked = Date.now() + posted.retryAfterMs;
};

/** When a message is due again after this number of tries, but not before the time that the receiver asked for. */
const dueAgain = (tries: number, { asked }: Rest): string => {
  const due = nextTry(tries, new Date());
  const wanted = new Date(asked).toISOString();
  return wanted > due ? wanted : due;
};

/** The most messages that are sent in one go, and how long that may take. */
const AT_ONCE = 20;
const LASTS_MS = 10_000;

/** An error of the message store must not fail a repair. */
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
  // The next try is stored before the message is sent: after a crash, or in a second worker, the message is then not
  // sent again at once.
  if (!(await outbox.claim(waiting, { tries, dueAt: nextTry(tries, new Date()) }))) return 'taken';
  const posted = await post(waiting.message);
  say(means, posted);
  if (posted.kind === 'taken') await outbox.remove(waiting);
  asksToWait(rest, posted);
  // The receiver asks for a longer pause than the stored one.
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

/** A message is tried once when it arises. Then it waits as a row, and is sent again with growing pauses for a day. */
export const openMessageSender = <Message>(means: Means<Message>): Sender<Message> => {
  const rest: Rest = { asked: 0 };
  return { send: openSend(means, rest), sendAgain: () => orLogged(means.warn, sendAll(means, rest), []) };
};
