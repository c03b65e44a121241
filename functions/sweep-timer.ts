import * as df from 'durable-functions';
import { SWEEP, startOnce } from '../src/durable.ts';
import { sweepSchedule } from '../src/start.ts';

/** One sweep at a time: the schedule comes again, so one that finds another at work has nothing to do. */
df.app.client.timer('sweep', {
  schedule: sweepSchedule,
  handler: async (_timer, client) => startOnce(client, SWEEP),
});
