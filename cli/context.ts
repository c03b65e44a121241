import type { Guardian } from '../client/send.ts';
import type { CountLine } from './count-line.ts';
import type { Surroundings } from './surroundings.ts';

/** The parts that a command works with. */
export type Context = {
  /** How requests are sent. */
  readonly sending: { readonly guardian: Guardian; readonly pages: CountLine };
  readonly surroundings: Surroundings;
};
