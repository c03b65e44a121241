import { type Config, loadConfig } from './config.ts';

let config: Config | undefined;

/**
 * The settings of this process, read at the first call. Importing this file reads nothing: a bundler may evaluate it
 * before everything else, and the entry registers functions first.
 * @throws ConfigError that names every fault. It stops the start, and every later call throws it as well.
 */
export const readConfigOnce = (): Config => {
  config ??= loadConfig();
  return config;
};
