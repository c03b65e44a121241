import * as df from 'durable-functions';
import { POSTURE, startOnce } from '../src/durable.ts';
import { postureSchedule } from '../src/start.ts';

/** One report at a time, as with the sweep. */
df.app.client.timer('posture', {
  schedule: postureSchedule,
  handler: async (_timer, client) => startOnce(client, POSTURE),
});
