import { resourceId } from '../arm/resource-id.ts';

export const CUSTOM_TOPIC_TYPE = 'Microsoft.EventGrid/topics';

/** A custom topic, which takes CloudEvents. `host`: the host name to which they are sent. */
export type CustomTopic = {
  id: string;
  name: string;
  location: string;
  tags: Record<string, string>;
  host: string;
};

/** The region of every custom topic: its name is part of the hosts for which this cloud has a certificate. */
export const TOPIC_REGION = 'koreacentral';
export const TOPIC_DOMAIN = `.${TOPIC_REGION}-1.eventgrid.azure.net`;

export type CustomTopicSpec = {
  subscription: string;
  group: string;
  name: string;
  tags?: Record<string, string> | undefined;
};

/** Custom topics by resource id without regard to case. */
export type CustomTopics = {
  all(): CustomTopic[];
  get(id: string): CustomTopic | undefined;
  /** By the host of its endpoint. */
  at(host: string): CustomTopic | undefined;
  put(spec: CustomTopicSpec): CustomTopic;
  remove(id: string): boolean;
};

export const createCustomTopics = (): CustomTopics => {
  const topics = new Map<string, CustomTopic>();
  return {
    all: () => [...topics.values()],
    get: (id) => topics.get(id.toLowerCase()),
    at: (host) => [...topics.values()].find((topic) => topic.host === host.toLowerCase()),
    put: ({ subscription, group, name, tags = {} }) => {
      const id = resourceId({ subscription, group, type: CUSTOM_TOPIC_TYPE, name });
      const host = `${name}${TOPIC_DOMAIN}`.toLowerCase();
      const topic = { id, name, location: TOPIC_REGION, tags, host };
      topics.set(id.toLowerCase(), topic);
      return topic;
    },
    remove: (id) => topics.delete(id.toLowerCase()),
  };
};
