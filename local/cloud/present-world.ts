import type { Clock } from '../clock/clock.ts';
import { type Azure, createAzure } from './azure.ts';
import { createWorld, type FullWorld } from './create-world.ts';
import type { Signer } from './entra/signer.ts';
import type { Switches } from './room.ts';
import type { StorageEmulator } from './storage/emulator.ts';
import { createWorldClock } from './world-clock.ts';
import { fillWorld } from './worlds/named-worlds.ts';

export type PresentWorldOptions = {
  clock: Clock;
  seed: number;
  switches: Switches;
  signer: Signer;
  emulator: StorageEmulator | undefined;
  log(line: string): void;
  /** Called when another world was loaded. */
  loaded(): void;
};

/** The world that is served. Loading another one ends it; the seed stays. */
export type PresentWorld = {
  world(): FullWorld;
  azure(): Azure;
  load(name: string, input?: Record<string, unknown>): FullWorld;
  end(): void;
};

export const createPresentWorld = (options: PresentWorldOptions): PresentWorld => {
  const begin = (seed: number, name: string, input?: Record<string, unknown>) => {
    const life = createWorldClock(options.clock);
    const switches = { ...options.switches };
    const world = createWorld({ ...options, clock: life.clock, seed, switches });
    const azure = createAzure(world, options.signer, options.emulator);
    fillWorld(world, name, input);
    return { world, azure, end: life.end };
  };
  let present = begin(options.seed, 'empty');
  return {
    world: () => present.world,
    azure: () => present.azure,
    load: (name, input) => {
      const next = begin(present.world.seed, name, input);
      present.end();
      present = next;
      options.loaded();
      return next.world;
    },
    end: () => present.end(),
  };
};
