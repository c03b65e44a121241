import type { CloudEvent } from './cloud-event.ts';
import { kindOfStatus, type Posted, TIMEOUT_MS } from './posted.ts';

type SentToTopic =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly status?: number; readonly why: string };

type WithTopic = {
  readonly sendToTopic?: (events: readonly CloudEvent[], withinMs: number) => Promise<SentToTopic>;
};

/** The topic as a receiver of messages; `undefined` where no topic is set. */
export const topicOf = ({ sendToTopic }: WithTopic): ((events: readonly CloudEvent[]) => Promise<Posted>) | undefined =>
  sendToTopic &&
  (async (events) => {
    const sent = await sendToTopic(events, TIMEOUT_MS);
    if (sent.kind === 'taken') return sent;
    const { status, why } = sent;
    return { kind: status === undefined ? 'failed' : kindOfStatus(status), why };
  });
