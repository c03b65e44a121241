import type { Notice } from './notice.ts';
import type { Outbox } from './outbox.ts';
import { post } from './post.ts';
import { openMessageSender } from './sender.ts';

export type Notifier = {
  /** Logs a notice and posts it. A notice that is not taken waits. Never throws. */
  notify(notice: Notice): Promise<void>;
  /**
   * Sends the notices that wait and are due; returns the notices that are given up. Never throws. Stops where the
   * webhook takes nothing.
   */
  notifyAgain(): Promise<readonly Notice[]>;
};

type Means = {
  /** The URL is a secret, since anybody with it may post: it is in no log. */
  readonly webhook: string | undefined;
  readonly outbox: Outbox<Notice>;
  log(line: string): void;
  warn(line: string): void;
};

const lineOf = ({ keyId, verdict, sentences }: Notice): string => `${keyId}: ${verdict}. ${sentences.join(' ')}`;

/**
 * Verdicts that need an act or a decision of a person. The other verdicts only inform people about the product's own
 * steps.
 */
const WAITS_FOR_PEOPLE: ReadonlySet<string> = new Set(['ask', 'report', 'unseen', 'alert']);

/** Sends a notice to the log, and to the webhook if there is one. */
export const openNotifier = ({ webhook, outbox, log, warn }: Means): Notifier => {
  const say = (notice: Notice): void => (WAITS_FOR_PEOPLE.has(notice.verdict) ? warn : log)(lineOf(notice));
  if (webhook === undefined) return { notify: async (notice) => say(notice), notifyAgain: async () => [] };
  const receiver = 'the notification webhook';
  const sender = openMessageSender<Notice>({ receiver, post: (notice) => post(webhook, notice), outbox, warn });
  return {
    notify: async (notice) => {
      say(notice);
      // The parts of a notice are for channels with a form of their own.
      const { at = new Date().toISOString(), about: _about, causes: _causes, over: _over, ...told } = notice;
      await sender.send({ ...told, at }, at);
    },
    notifyAgain: sender.sendAgain,
  };
};
