import type { WorldState } from '../world/world-state.ts';

/** The world when all was well, right after the break, and now. */
export type Moments = {
  readonly before: WorldState;
  readonly broken: WorldState;
  readonly after: WorldState;
  /** When it was broken, ms since epoch. */
  readonly brokenAt: number;
  readonly now: number;
};
