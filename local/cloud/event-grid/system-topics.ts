/** A system topic. `source` is the ARM id of a vault or `/subscriptions/{id}`. */
export type SystemTopic = {
  id: string;
  name: string;
  location: string;
  tags: Record<string, string>;
  source: string;
  topicType: string;
  /** Whether it has an identity of its own, with which it writes dead letters. */
  hasIdentity: boolean;
};

/** System topics by resource id without regard to case. */
export type SystemTopics = {
  all(): SystemTopic[];
  get(id: string): SystemTopic | undefined;
  put(topic: SystemTopic): SystemTopic;
  remove(id: string): void;
};

export const createSystemTopics = (): SystemTopics => {
  const topics = new Map<string, SystemTopic>();
  return {
    all: () => [...topics.values()],
    get: (id) => topics.get(id.toLowerCase()),
    put: (topic) => {
      topics.set(topic.id.toLowerCase(), topic);
      return topic;
    },
    remove: (id) => {
      topics.delete(id.toLowerCase());
    },
  };
};
