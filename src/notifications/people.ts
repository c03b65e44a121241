import type { Delivery } from './deliver.ts';
import type { Message } from './message.ts';
import { messageOf } from './message-of.ts';
import type { Notice } from './notice.ts';
import type { Notifier } from './notifier.ts';

type Means = {
  readonly notifier: Notifier;
  readonly delivery: Delivery;
  /** Where people open the page; none where the app does not know its address. */
  readonly page: string | undefined;
};

/** Of a message that was given up, what the product enters of it. */
const noticeOf = ({ key = '', kind, at }: Message): Notice => ({ keyId: key, verdict: kind, at, sentences: [] });

/** Everybody who is told: the log, the one webhook of notices, and every target of messages, at the same time. */
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
