import * as df from 'durable-functions';
import { SWEEP, startOnce } from '../src/durable.ts';

/**
 * One sweep at a time: the schedule comes again, so one that finds another at work has nothing to do.
 * @param schedule NCRONTAB. From the settings rather than `%…%`, which has no default where the setting is missing.
 */
export const registerSweepTimer = (schedule: string): void =>
  df.app.client.timer('sweep', {
    schedule,
    handler: async (_timer, client) => startOnce(client, SWEEP),
  });
