export const MESSAGE_KINDS = ['ask', 'run', 'report', 'unseen', 'alert', 'healthy', 'summary'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** From what is worst on. `down`: somebody is locked out; `threatened`: somebody will be, or is weakened. */
export const HARMS = ['down', 'threatened', 'none'] as const;
export type HarmTold = (typeof HARMS)[number];

type Harmed = {
  readonly id: string;
  readonly name: string;
  /** What people call its kind: `flexible server`. */
  readonly noun: string;
  readonly harm: HarmTold;
  /** What it means for it, and by when or since when. */
  readonly sentence: string;
};

/**
 * What is told, for every channel alike: each puts it into its own form. All of it is bounded when it is made. Names and reasons in
 * it are as strangers chose them; a channel escapes what it writes.
 */
export type Message = {
  /** Made of what is told: sent twice, it is the same. */
  readonly id: string;
  readonly kind: MessageKind;
  /** ISO 8601: when that was found which it tells. */
  readonly at: string;
  readonly title: string;
  readonly harm: HarmTold;
  /** What is wrong. */
  readonly what: readonly string[];
  readonly harmed: readonly Harmed[];
  /** How many more are harmed than are named. */
  readonly alsoHarmed: number;
  /** What the product does about it, or would do, and why not. */
  readonly does: readonly string[];
  /** ISO 8601: when the next one is locked out. */
  readonly deadline?: string;
  readonly answer?: { readonly planId: string; readonly number: string };
  /** Where a person looks at it and answers: nothing happens by opening it. */
  readonly link?: string;
  readonly key?: string;
  readonly incident?: string;
  /** What a person needs where product, Entra or network are down too: what is to be named, and commands without back-quotes. */
  readonly byHand: { readonly ids: readonly string[]; readonly commands: readonly string[] };
  /** Paths of pages of the repository. */
  readonly runbooks: readonly string[];
  /** One for each root cause that it is about, the same as long as that lasts; and those that are over with it. */
  readonly threads: readonly string[];
  readonly over: readonly string[];
  /** Whom it concerns, by which targets are chosen: values of the owner tag, and resource ids. */
  readonly owners: readonly string[];
  readonly touches: readonly string[];
};
