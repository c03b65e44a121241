import { app, type EventGridEvent, type InvocationContext, type Timer } from '@azure/functions';
import * as df from 'durable-functions';

type Seen = {
  pid: number;
  events: { event: EventGridEvent; metadata: unknown }[];
  batches: unknown[];
  ticks: unknown[];
};
const seen: Seen = { pid: process.pid, events: [], batches: [], ticks: [] };

df.app.client.eventGrid('onEvent', {
  handler: async (event: EventGridEvent, client, context: InvocationContext) => {
    if (event.eventType === 'fail') throw new Error('bad event');
    seen.events.push({ event, metadata: context.triggerMetadata });
    await client.startNew('hello', { instanceId: `evt-${event.id}`, input: [event.subject] });
  },
});

const batch = { cardinality: 'many' };
app.eventGrid('onBatch', {
  ...batch,
  handler: async (events: unknown) => {
    seen.batches.push(events);
  },
});

app.timer('tick', {
  schedule: '%TICK_SCHEDULE%',
  retry: { strategy: 'fixedDelay', maxRetryCount: 2, delayInterval: { milliseconds: 100 } },
  handler: async (timer: Timer, context) => {
    seen.ticks.push({ timer, retry: context.retryContext });
    if (seen.ticks.length === 1) throw new Error('the first tick fails');
  },
});

app.http('seen', { methods: ['GET'], authLevel: 'anonymous', handler: async () => ({ jsonBody: seen }) });
