/** An event before it takes the shape of a schema. `at` is milliseconds. */
export type PublishedEvent = {
  id: string;
  type: string;
  /** ARM id of what it comes from: a vault, a subscription, or a custom topic. */
  topic: string;
  subject: string;
  at: number;
  dataVersion: '1' | '2';
  data: Record<string, unknown>;
  /** As it was sent to a custom topic, which delivers it as it is. */
  sent?: Record<string, unknown>;
  /** Only subscriptions that have heard since then get it (milliseconds). */
  heardSince?: number;
};
