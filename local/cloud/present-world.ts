import type { Clock } from '../clock/clock.ts';
import { type Azure, type Beside, createAzure } from './azure.ts';
import { createWorld, type FullWorld } from './create-world.ts';
import type { Signer } from './entra/signer.ts';
import type { Switches } from './service.ts';
import type { SiteRuntime } from './web/runtime.ts';
import { createWorldClock } from './world-clock.ts';
import { fillWorld } from './worlds/named-worlds.ts';

export type PresentWorldOptions = Beside & {
  clock: Clock;
  seed: number;
  switches: Switches;
  signer: Signer;
  runtime: SiteRuntime;
  log(line: string): void;
  /** Called when another world was loaded. */
  loaded(): void;
};

/** The present world. Loading another world ends it; the seed stays. */
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
    const azure = createAzure(world, options.signer, options);
    fillWorld(world, name, input);
    const end = (): void => {
      life.end();
      void world.web.close();
    };
    return { world, azure, end };
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
