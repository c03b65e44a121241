import * as df from 'durable-functions';
import { POSTURE, startOnce } from '../src/durable.ts';

/**
 * One report at a time, as with the sweep.
 * @param schedule NCRONTAB. From the settings rather than `%…%`, which has no default where the setting is missing.
 */
export const registerPostureTimer = (schedule: string): void =>
  df.app.client.timer('posture', {
    schedule,
    handler: async (_timer, client) => startOnce(client, POSTURE),
  });
