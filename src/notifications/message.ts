export const MESSAGE_KINDS = ['ask', 'run', 'report', 'unseen', 'alert', 'healthy', 'summary'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** Sorted from the worst. `down`: a consumer is locked out. `threatened`: a consumer will be, or is weakened. */
export const IMPACTS = ['down', 'threatened', 'none'] as const;
export type ImpactTold = (typeof IMPACTS)[number];

type Affected = {
  readonly id: string;
  readonly name: string;
  /** The common name of its kind: `flexible server`. */
  readonly noun: string;
  readonly harm: ImpactTold;
  /** The impact on this consumer, and by when or since when. */
  readonly sentence: string;
};

/**
 * Messages that a target has not taken yet are stored, so that members keep the names of earlier versions: `harm` is the impact,
 * `harmed` who is affected, `byHand` what a person needs to do it manually.
 *
 * A message, the same for every channel: each channel puts it into its own form. All lists are bounded when the message
 * is made. Names and reasons in it may be chosen by strangers, so a channel escapes what it writes.
 */
export type Message = {
  /** Made of the content: a message that is sent twice is the same message. */
  readonly id: string;
  readonly kind: MessageKind;
  /** ISO 8601: when the content was found. */
  readonly at: string;
  readonly title: string;
  readonly harm: ImpactTold;
  /** The sentences about the fault. */
  readonly what: readonly string[];
  readonly harmed: readonly Affected[];
  /** How many more consumers are affected than the message names. */
  readonly alsoHarmed: number;
  /** The steps that the product does or would do, and why it does not. */
  readonly does: readonly string[];
  /** ISO 8601: when the next consumer is locked out. */
  readonly deadline?: string;
  readonly answer?: { readonly planId: string; readonly number: string };
  /** The page where a person reads the details and answers. Opening it changes nothing. */
  readonly link?: string;
  readonly key?: string;
  readonly incident?: string;
  /**
   * The ids and commands that a person needs where the product, Entra or the network is down too. Commands have no
   * back-quotes.
   */
  readonly byHand: { readonly ids: readonly string[]; readonly commands: readonly string[] };
  /** Paths of pages in the repository. */
  readonly runbooks: readonly string[];
  /** One thread for each root cause, the same as long as the cause lasts, and the threads that end with this message. */
  readonly threads: readonly string[];
  readonly over: readonly string[];
  /** The owners and resources that the message concerns: owner tag values and resource ids. Targets are chosen by these. */
  readonly owners: readonly string[];
  readonly touches: readonly string[];
};
