import type { Act } from './acts/act.ts';

/** The looks that the app takes by its timers: the sweep always, and the probe where an act has switched it on. */
export type TimedLooks = 'sweep alone' | 'sweep and probe';

/**
 * The timers of the app after these acts. An act with settings starts the app again with its own settings, without those of the
 * act before.
 */
export const timedLooksAfter = (acts: readonly Act[]): TimedLooks => {
  const last = acts.findLast(({ settings }) => settings !== undefined);
  return last?.settings?.['GUARDIAN_PROBE_SCHEDULE'] === undefined ? 'sweep alone' : 'sweep and probe';
};
