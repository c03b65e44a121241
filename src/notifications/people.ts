import type { Delivery } from './deliver.ts';
import type { Message } from './message.ts';
import { messageOf } from './message-of.ts';
import type { Notice } from './notice.ts';
import type { Notifier } from './notifier.ts';

type Means = {
  readonly notifier: Notifier;
  readonly delivery: Delivery;
  /** The address of the page; left out where the app does not know its address. */
  readonly page: string | undefined;
};

/** The notice that the product records about a message that was given up. */
const noticeOf = ({ key = '', kind, at }: Message): Notice => ({ keyId: key, verdict: kind, at, sentences: [] });

/** Sends to all receivers at the same time: the log, the webhook of notices, and every message target. */
export const openPeople = ({ notifier, delivery, page }: Means): Notifier => ({
  notify: async (notice) => {
    const { at = new Date().toISOString() } = notice;
    const message = messageOf({ ...notice, at }, page === undefined ? {} : { page });
    await Promise.all([notifier.notify({ ...notice, at }), delivery.deliver(message)]);
  },
  notifyAgain: async () => {
    const [notices, messages] = await Promise.all([notifier.notifyAgain(), delivery.deliverAgain()]);
    return [...notices, ...messages.map(noticeOf)];
  },
});
