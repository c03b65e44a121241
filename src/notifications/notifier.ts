import type { Notice } from './notice.ts';
import type { Outbox } from './outbox.ts';
import { post } from './post.ts';
import { openMessageSender } from './sender.ts';

export type Notifier = {
  /** Logs a notice and posts it; what is not taken waits. Never throws. */
  notify(notice: Notice): Promise<void>;
  /** Sends what waits and is due; returns what is given up. Never throws, and stops where the webhook takes nothing. */
  notifyAgain(): Promise<readonly Notice[]>;
};

type Means = {
  /** Whoever holds it may post: it is never told. */
  readonly webhook: string | undefined;
  readonly outbox: Outbox<Notice>;
  log(line: string): void;
  warn(line: string): void;
};

const lineOf = ({ keyId, verdict, sentences }: Notice): string => `${keyId}: ${verdict}. ${sentences.join(' ')}`;

/** Of these a person must do something, or decide; the others are told of what the product does by itself. */
const WAITS_FOR_PEOPLE: ReadonlySet<string> = new Set(['ask', 'report', 'unseen', 'alert']);

/** Tells people: in the log, and where there is a webhook by that. */
export const openNotifier = ({ webhook, outbox, log, warn }: Means): Notifier => {
  const say = (notice: Notice): void => (WAITS_FOR_PEOPLE.has(notice.verdict) ? warn : log)(lineOf(notice));
  if (webhook === undefined) return { notify: async (notice) => say(notice), notifyAgain: async () => [] };
  const receiver = 'the notification webhook';
  const sender = openMessageSender<Notice>({ receiver, post: (notice) => post(webhook, notice), outbox, warn });
  return {
    notify: async (notice) => {
      say(notice);
      // Its parts are for channels that have a form of their own.
      const { at = new Date().toISOString(), about: _about, causes: _causes, over: _over, ...told } = notice;
      await sender.send({ ...told, at }, at);
    },
    notifyAgain: sender.sendAgain,
  };
};
