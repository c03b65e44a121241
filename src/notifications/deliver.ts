import type { Message } from './message.ts';
import type { Outbox } from './outbox.ts';
import { postMessage } from './post-message.ts';
import { openMessageSender } from './sender.ts';
import { isFor, type MessageTarget } from './target.ts';

/** To which targets the beginning of something went: its end goes there as well, whatever they are for. */
export type Threads = {
  /** One call. */
  begin(target: string, thread: string): Promise<void>;
  /** `true` where it had begun; it is forgotten then. Two calls. */
  end(target: string, thread: string): Promise<boolean>;
};

export type Delivery = {
  /** To every target that it is for; what one does not take waits for that one alone. Never throws. */
  deliver(message: Message): Promise<void>;
  /** What waits and is due; returns what is given up. Never throws. */
  deliverAgain(): Promise<readonly Message[]>;
};

type Means = {
  readonly targets: readonly MessageTarget[];
  /** Who speaks, as its events say. */
  readonly source: string;
  outboxOf(target: string): Outbox<Message>;
  readonly threads: Threads;
  warn(line: string): void;
};

const isEnd = ({ kind, threads, over }: Message): boolean => kind === 'healthy' && threads.length + over.length > 0;

const begins = ({ kind }: Message): boolean => kind !== 'healthy' && kind !== 'summary';

/** Of what is over, what this target was told the beginning of. */
const endedFor = async ({ threads }: Means, { name }: MessageTarget, message: Message): Promise<readonly string[]> => {
  const ended: string[] = [];
  for (const thread of new Set(isEnd(message) ? [...message.threads, ...message.over] : message.over))
    if (await threads.end(name, thread)) ended.push(thread);
  return ended;
};

/** The message as this target gets it; `undefined` where it is none of its. */
const meantFor = async (means: Means, target: MessageTarget, message: Message): Promise<Message | undefined> => {
  const over = await endedFor(means, target, message);
  if (isEnd(message)) return over.length > 0 ? { ...message, over } : undefined;
  if (!isFor(target, message)) return undefined;
  if (begins(message)) for (const thread of message.threads) await means.threads.begin(target.name, thread);
  return { ...message, over };
};

/** What storage does not answer decides nothing: a message too many is better than one too few. */
const orWhole = (means: Means, target: MessageTarget, message: Message): Promise<Message | undefined> =>
  meantFor(means, target, message).catch(() => message);

/** One sender for each target: one that hangs or fails holds up no other, and is tried again by itself. */
export const openDelivery = (means: Means): Delivery => {
  const senders = means.targets.map((target) => ({
    target,
    ...openMessageSender<Message>({
      receiver: `the message target ${target.name}`,
      post: (message) => postMessage(target, means.source, message),
      outbox: means.outboxOf(target.name),
      warn: means.warn,
    }),
  }));
  return {
    deliver: async (message) => {
      await Promise.all(
        senders.map(async ({ target, send }) => {
          const meant = await orWhole(means, target, message);
          if (meant) await send(meant, meant.at);
        }),
      );
    },
    deliverAgain: async () => (await Promise.all(senders.map(({ sendAgain }) => sendAgain()))).flat(),
  };
};
