/** One line of the timeline. `at` is virtual, milliseconds since 1970. */
export type Row = {
  readonly at: number;
  /** The event in one or two words. */
  readonly stage: string;
  /** The event in a sentence, for a reader who knows nothing yet. */
  readonly text: string;
  readonly tone: 'bad' | 'good' | 'plain';
  /** Set where the ten minutes of a server begin, are over, or no longer matter. */
  readonly turn?: Turn;
};

export type Turn =
  | { readonly to: 'lost' | 'lockedOut' | 'back'; readonly server: string }
  /** Another world was loaded: its servers are others. */
  | { readonly to: 'newWorld' };
