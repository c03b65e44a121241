/** The form of an attack. README.md explains how to add one. */
import type { App, AppPlan } from '../builders/open-app.ts';

/** Attacks that turn the product against its owner, each with the number of its kind; `0`: what the others rest on. */
const OWNER = ['0', '1', '2a', '2b', '2c', '2d', '3', '4', '5', '6a', '6b', '7', '8', '9a', '9b', '10'] as const;

/** Attacks that stop the product or make it blind, `b` and the number of their kind. */
const BLIND_1 = ['b1', 'b2', 'b3', 'b4', 'b5', 'b6', 'b7', 'b8', 'b9'] as const;
const BLIND_2 = ['b10', 'b11', 'b12', 'b13', 'b14', 'b15', 'b16', 'b17'] as const;

/** Attacks that come in by the API, `d` and a number: 1 signals, 2 sign-in, 3 the API, 4 operating it. */
const DOORS = ['d1', 'd2', 'd3', 'd4'] as const;

export const ITEMS = [...OWNER, ...BLIND_1, ...BLIND_2, ...DOORS] as const;

export type Item = (typeof ITEMS)[number];

/** The result of an attack. */
export type Outcome = {
  /** `METHOD path` of every write of the product that it made because of the attack; see `writesDuring`. */
  readonly writes: readonly string[];
  /** The text for people: the product's verdict on the key, or the answer of the API. */
  readonly verdict: string;
  readonly held: boolean;
  /** One line, where the defence did not hold. */
  readonly whyNot?: string;
};

export type Attack = {
  readonly item: Item;
  /** One sentence: the attacker first, then the act of the attacker. */
  readonly sentence: string;
  /**
   * World and settings. Attacks with the same object share one app, on which they are played one after another, in the order of
   * the table: each needs a vault of its own.
   */
  readonly plan: AppPlan;
  readonly play: (app: App) => Promise<Outcome>;
};
