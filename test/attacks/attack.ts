/**
 * What an attack is. README.md tells how to add one.
 */
import type { App, AppPlan } from '../builders/open-app.ts';

/** What turns it against its owner, as issue 9 numbers it; `0`: what its items take for granted. */
const OWNER = ['0', '1', '2a', '2b', '2c', '2d', '3', '4', '5', '6a', '6b', '7', '8', '9a', '9b', '10'] as const;

/** What stops it or makes it blind, `b` and the number that issue 10 gives it. */
const BLIND_1 = ['b1', 'b2', 'b3', 'b4', 'b5', 'b6', 'b7', 'b8', 'b9'] as const;
const BLIND_2 = ['b10', 'b11', 'b12', 'b13', 'b14', 'b15', 'b16', 'b17'] as const;

/** What comes in by a door, `d` and the section of issue 11: signals, sign-in, the API, operating it. */
const DOORS = ['d1', 'd2', 'd3', 'd4'] as const;

export const ITEMS = [...OWNER, ...BLIND_1, ...BLIND_2, ...DOORS] as const;

export type Item = (typeof ITEMS)[number];

/** What came of it. */
export type Outcome = {
  /** `METHOD path` of every write of the product that it made because of the attack; see `writesDuring`. */
  readonly writes: readonly string[];
  /** What people are told: the product's verdict on the key, or how its door answered. */
  readonly verdict: string;
  readonly held: boolean;
  /** One line, where it did not hold. */
  readonly whyNot?: string;
};

export type Attack = {
  readonly item: Item;
  /** One sentence: the attacker first, then what the attacker does. */
  readonly sentence: string;
  /**
   * World and settings. Attacks that name the same object share one app, and are played on it one after another, in the
   * order of the table: each needs a vault of its own.
   */
  readonly plan: AppPlan;
  readonly play: (app: App) => Promise<Outcome>;
};
