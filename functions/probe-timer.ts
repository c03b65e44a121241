import * as df from 'durable-functions';
import { PROBE, startOnce } from '../src/durable.ts';
import { probeSchedule } from '../src/start.ts';

/** One probe at a time, as with the sweep. */
df.app.client.timer('probe', {
  schedule: probeSchedule,
  handler: async (_timer, client) => startOnce(client, PROBE),
});
