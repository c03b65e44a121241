import { loadConfig } from './config.ts';

/** Wrong settings stop the start here, with every fault in one message. */
export const config = loadConfig();

/** NCRONTAB. From the settings rather than `%…%`, which has no default where the setting is missing. */
export const { sweepSchedule, probeSchedule, postureSchedule } = config;
