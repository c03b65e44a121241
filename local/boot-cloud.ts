import { type Azurite, emulatorOf, startAzurite } from './azurite.ts';
import { createClock } from './clock/authority.ts';
import type { Clock } from './clock/clock.ts';
import { type Cloud, type CloudOptions, startCloud } from './cloud/cloud.ts';
import { createSiteProcesses } from './site-runtime.ts';

export type CloudBootOptions = Omit<CloudOptions, 'clock' | 'runtime'> & {
  /** Where the clock begins. */
  readonly now?: Date;
  /** A storage emulator that is up already; it is left running. */
  readonly storage?: Azurite;
};

/** A local cloud in which no app runs until one is deployed to it. */
export type BootedCloud = {
  readonly clock: Clock;
  readonly cloud: Cloud;
  readonly storage: Azurite;
  close(): Promise<void>;
};

/**
 * Starts storage and cloud; each deployed site runs in a process of its own. When a later part cannot start, the parts before it
 * are stopped.
 */
export const bootCloud = async ({ now, storage: given, ...options }: CloudBootOptions): Promise<BootedCloud> => {
  const clock = createClock({ seed: options.seed ?? 1, ...(now && { now }) });
  const stops: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    const storage = given ?? (await startAzurite());
    if (!given) stops.push(() => storage.close());
    const emulator = emulatorOf(storage.connectionString);
    const runtime = await createSiteProcesses(clock);
    stops.push(runtime.close, () => clock.close());
    const cloud = await startCloud({ clock, runtime, emulator, ...options });
    stops.push(() => cloud.close());
    return { clock, cloud, storage, close };
  } catch (error) {
    await close();
    throw error;
  }
};
