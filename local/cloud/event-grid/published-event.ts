/** An event before it takes the shape of a schema. `at` is milliseconds. */
export type PublishedEvent = {
  id: string;
  type: string;
  /** ARM id of its source: a vault, a subscription, or a custom topic. */
  topic: string;
  subject: string;
  at: number;
  dataVersion: '1' | '2';
  data: Record<string, unknown>;
  /** The event as a client sent it to a custom topic, which delivers it unchanged. */
  sent?: Record<string, unknown>;
  /** Only subscriptions that were active at this instant (milliseconds) get it. */
  heardSince?: number;
};
