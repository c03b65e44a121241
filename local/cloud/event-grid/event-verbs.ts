import { z } from 'zod';
import type { SimVerb } from '../service.ts';
import { type TopicWorld, topicVerb } from './topic-verb.ts';

const sending = z.object({
  subscription: z.string(),
  scope: z.string().optional(),
  event: z.record(z.string(), z.unknown()),
  times: z.int().min(1).default(1),
});

const subscribing = z.object({
  name: z.string(),
  scope: z.string(),
  endpointUrl: z.string(),
  schema: z.enum(['EventGridSchema', 'CloudEventSchemaV1_0']).optional(),
});

const removal = z.object({ name: z.string(), scope: z.string() });

/** Verbs that act on event delivery from outside of Azure's own API. */
export const eventVerbs = ({ eventGrid, ...world }: TopicWorld): { breaks: SimVerb[]; repairs: SimVerb[] } => {
  const send: SimVerb = {
    name: 'send-event',
    title: 'Deliver an event as it is given, past every filter, with the retries of its subscription',
    parameters: {
      subscription: 'name of the event subscription',
      'scope?': 'ARM id of its vault or Azure subscription; the first subscription of that name when left out',
      event: 'the event as it goes over the wire',
      'times?': 'how many deliveries; 1 when left out',
    },
    run: (input) => {
      const { subscription, scope, event, times } = sending.parse(input);
      const named = eventGrid.subscriptions().find(({ name }) => name.toLowerCase() === subscription.toLowerCase());
      const at = scope ?? named?.scope ?? '';
      for (let n = 0; n < times; n++) eventGrid.send(at, subscription, event);
      return { subscription, scope: at, deliveries: times };
    },
  };
  const subscribe: SimVerb = {
    name: 'subscribe',
    title:
      'Let an endpoint hear the events of a vault, an Azure subscription or a custom topic, once it has validated itself',
    parameters: {
      name: 'name of the event subscription',
      scope: 'ARM id of the vault or the custom topic, or /subscriptions/{id}',
      endpointUrl: 'http://127.0.0.1:…',
      'schema?': 'EventGridSchema (the default) or CloudEventSchemaV1_0',
    },
    run: (input) => {
      const { provisioningState } = eventGrid.beginSubscribe(subscribing.parse(input));
      return { provisioningState };
    },
  };
  const unsubscribe: SimVerb = {
    name: 'unsubscribe',
    title: 'Delete an event subscription: the vault goes silent',
    parameters: { name: 'name of the event subscription', scope: 'ARM id of the vault' },
    run: (input) => {
      const { scope, name } = removal.parse(input);
      return { removed: eventGrid.unsubscribe(scope, name) };
    },
  };
  return { breaks: [send, unsubscribe], repairs: [subscribe, topicVerb({ eventGrid, ...world })] };
};
