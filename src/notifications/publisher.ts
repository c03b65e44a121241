import { type CloudEvent, type RaisedEvent, toCloudEvent } from './cloud-event.ts';
import type { Outbox } from './outbox.ts';
import type { Posted } from './posted.ts';
import { openMessageSender } from './sender.ts';

export type Publisher = {
  /** Publishes events if a topic is set. Events that the topic does not take wait. Never throws. */
  publish(events: readonly RaisedEvent[]): Promise<void>;
  /** Publishes the events that wait and are due; returns the events that are given up. Never throws. */
  publishAgain(): Promise<readonly RaisedEvent[]>;
};

type Means = {
  /** One try to send all of them; `undefined` where no topic is set. */
  readonly topic: ((events: readonly CloudEvent[]) => Promise<Posted>) | undefined;
  /** `source` of every event: the product itself. */
  readonly source: string;
  readonly outbox: Outbox<readonly RaisedEvent[]>;
  warn(line: string): void;
};

const earliest = (events: readonly RaisedEvent[]): string => events.map(({ time }) => time).toSorted()[0] ?? '';

/** The product's own topic: events that were raised together are sent together, and wait together. */
export const openPublisher = ({ topic, source, outbox, warn }: Means): Publisher => {
  if (topic === undefined) return { publish: async () => undefined, publishAgain: async () => [] };
  const sender = openMessageSender<readonly RaisedEvent[]>({
    receiver: 'the Event Grid topic',
    post: (events) => topic(events.map((event) => toCloudEvent(event, source))),
    outbox,
    warn,
  });
  return {
    publish: async (events) => {
      if (events.length > 0) await sender.send(events, earliest(events));
    },
    publishAgain: async () => (await sender.sendAgain()).flat(),
  };
};
