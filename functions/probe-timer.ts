import * as df from 'durable-functions';
import { probeSchedule } from '../src/app.ts';
import { PROBE, startOnce } from '../src/durable.ts';

/** One probe at a time, as with the sweep. */
df.app.client.timer('probe', {
  schedule: probeSchedule,
  handler: async (_timer, client) => startOnce(client, PROBE),
});
