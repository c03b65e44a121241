import * as z from 'zod/mini';

export const MESSAGE_KINDS = ['ask', 'run', 'report', 'unseen', 'alert', 'healthy', 'summary'] as const;

/** From what is worst on. `down`: somebody is locked out; `threatened`: somebody will be, or is weakened. */
export const HARMS = ['down', 'threatened', 'none'] as const;

const text = z.string();
const texts = z.array(text);

const harmed = z.object({
  id: text,
  name: text,
  /** What people call its kind: `flexible server`. */
  noun: text,
  harm: z.enum(HARMS),
  /** What it means for it, and by when or since when. */
  sentence: text,
});

/**
 * What is told, for every channel alike: each puts it into its own form. All of it is bounded when it is made. Names and reasons in
 * it are as strangers chose them; a channel escapes what it writes.
 */
export const messageSchema = z.object({
  /** Made of what is told: sent twice, it is the same. */
  id: text,
  kind: z.enum(MESSAGE_KINDS),
  /** ISO 8601: when that was found which it tells. */
  at: text,
  title: text,
  harm: z.enum(HARMS),
  /** What is wrong. */
  what: texts,
  harmed: z.array(harmed),
  /** How many more are harmed than are named. */
  alsoHarmed: z.number(),
  /** What the product does about it, or would do, and why not. */
  does: texts,
  /** ISO 8601: when the next one is locked out. */
  deadline: z.optional(text),
  answer: z.optional(z.object({ planId: text, number: text })),
  /** Where a person looks at it and answers: nothing happens by opening it. */
  link: z.optional(text),
  key: z.optional(text),
  incident: z.optional(text),
  /** What a person needs where product, Entra or network are down too: what is to be named, and commands without back-quotes. */
  byHand: z.object({ ids: texts, commands: texts }),
  /** Paths of pages of the repository. */
  runbooks: texts,
  /** One for each root cause that it is about, the same as long as that lasts; and those that are over with it. */
  threads: texts,
  over: texts,
  /** Whom it concerns, by which targets are chosen: values of the owner tag, and resource ids. */
  owners: texts,
  touches: texts,
});

type Parsed = z.infer<typeof messageSchema>;
export type Message = { readonly [Name in keyof Parsed]: Exclude<Parsed[Name], undefined> };
export type MessageKind = Message['kind'];
export type HarmTold = Message['harm'];
