import * as df from 'durable-functions';
import { PROBE, startOnce } from '../src/durable.ts';

/**
 * One probe at a time, as with the sweep.
 * @param schedule NCRONTAB. From the settings rather than `%…%`, which has no default where the setting is missing.
 */
export const registerProbeTimer = (schedule: string): void =>
  df.app.client.timer('probe', {
    schedule,
    handler: async (_timer, client) => startOnce(client, PROBE),
  });
