import type { Message } from './message.ts';
import type { Outbox } from './outbox.ts';
import { postMessage } from './post-message.ts';
import { openMessageSender } from './sender.ts';
import { isFor, type MessageTarget } from './target.ts';

/**
 * The targets that got the first message of a thread: each of them also gets its last message, whatever it is set to
 * receive.
 */
export type Threads = {
  /** One call to storage. */
  begin(target: string, thread: string): Promise<void>;
  /** `true` where the thread had begun; its record is deleted then. Two calls. */
  end(target: string, thread: string): Promise<boolean>;
};

export type Delivery = {
  /**
   * Sends the message to every target that it is for. A message that one target does not take waits for that target
   * alone. Never throws, so that no repair fails by it (invariant `notifications-come-last`).
   */
  deliver(message: Message): Promise<void>;
  /** Sends the messages that wait and are due; returns the messages that are given up. Never throws. */
  deliverAgain(): Promise<readonly Message[]>;
};

type Means = {
  readonly targets: readonly MessageTarget[];
  /** The sender, as `source` of the events. */
  readonly source: string;
  outboxOf(target: string): Outbox<Message>;
  readonly threads: Threads;
  warn(line: string): void;
};

const isEnd = ({ kind, threads, over }: Message): boolean => kind === 'healthy' && threads.length + over.length > 0;

const begins = ({ kind }: Message): boolean => kind !== 'healthy' && kind !== 'summary';

/** The causes that are over and of which this target got the first message. */
const endedFor = async ({ threads }: Means, { name }: MessageTarget, message: Message): Promise<readonly string[]> => {
  const ended: string[] = [];
  for (const thread of new Set(isEnd(message) ? [...message.threads, ...message.over] : message.over))
    if (await threads.end(name, thread)) ended.push(thread);
  return ended;
};

/** The message as this target gets it; `undefined` where the message is not for this target. */
const meantFor = async (means: Means, target: MessageTarget, message: Message): Promise<Message | undefined> => {
  const over = await endedFor(means, target, message);
  if (isEnd(message)) return over.length > 0 ? { ...message, over } : undefined;
  if (!isFor(target, message)) return undefined;
  if (begins(message)) for (const thread of message.threads) await means.threads.begin(target.name, thread);
  return { ...message, over };
};

/** If storage fails, the target gets the whole message: a message too many is better than a missing one. */
const orWhole = (means: Means, target: MessageTarget, message: Message): Promise<Message | undefined> =>
  meantFor(means, target, message).catch(() => message);

/** One sender for each target: a target that hangs or fails delays no other, and is tried again by itself. */
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
