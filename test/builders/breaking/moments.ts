import type { WorldState } from '../world/world-state.ts';

/** The healthy world, the world right after the break, and the present world. */
export type Moments = {
  readonly before: WorldState;
  readonly broken: WorldState;
  readonly after: WorldState;
  /** When it was broken, ms since epoch. */
  readonly brokenAt: number;
  readonly now: number;
};
