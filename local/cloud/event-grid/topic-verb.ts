import { z } from 'zod';
import { parseResourceId } from '../arm/resource-id.ts';
import type { SimVerb, World } from '../service.ts';
import { customTopicBody } from './custom-topic-routes.ts';
import { CUSTOM_TOPIC_TYPE } from './custom-topics.ts';
import type { EventGrid } from './event-grid.ts';

export type TopicWorld = Pick<World, 'rbac'> & { eventGrid: EventGrid };

const input = z.object({ topic: z.string(), sender: z.string().optional() });

/** Makes a custom topic. */
export const topicVerb = ({ eventGrid, rbac }: TopicWorld): SimVerb => ({
  name: 'create-topic',
  title: 'A custom topic of Event Grid, which takes CloudEvents',
  parameters: {
    topic: 'its ARM id',
    'sender?': 'object id of who gets the role EventGrid Data Sender on it; nobody when left out',
  },
  run: (given) => {
    const { topic, sender } = input.parse(given);
    const { subscription, group, type, name } = parseResourceId(topic) ?? {};
    if (!subscription || !group || !name || type?.toLowerCase() !== CUSTOM_TOPIC_TYPE.toLowerCase())
      throw new Error(`'${topic}' is no ARM id of a custom topic.`);
    const made = eventGrid.customTopics.put({ subscription, group, name });
    if (sender !== undefined) rbac.assign({ scope: made.id, role: 'EventGrid Data Sender', principalId: sender });
    return customTopicBody(made);
  },
});
