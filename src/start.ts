import { type Config, loadConfig } from './config.ts';

let config: Config | undefined;

/**
 * The settings of this process, read at the first call. Importing this file reads nothing: a bundler may evaluate it before
 * everything else, and the entry has functions to register first.
 * @throws ConfigError that names every fault. It stops the start, and every call that comes in spite of it.
 */
export const readConfigOnce = (): Config => {
  config ??= loadConfig();
  return config;
};
