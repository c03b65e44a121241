import * as z from 'zod/mini';
import type { StoredMessageKind } from './waiting-messages.ts';

const noticeSchema = z.object({
  keyId: z.string(),
  verdict: z.string(),
  at: z.optional(z.string()),
  incident: z.optional(z.string()),
  planId: z.optional(z.string()),
  change: z.optional(z.string()),
  letGo: z.optional(z.array(z.string())),
  sentences: z.array(z.string()),
});

type Parsed = z.infer<typeof noticeSchema>;
export type KeptNotice = { readonly [Name in keyof Parsed]: Exclude<Parsed[Name], undefined> };

/** Notices for people. */
export const NOTICES: StoredMessageKind<KeptNotice> = {
  partition: 'waiting',
  read: (value) => z.parse(noticeSchema, value) as KeptNotice,
  wordsOf: ({ keyId, verdict, incident = '', planId = '', sentences }) => [
    keyId,
    verdict,
    incident,
    planId,
    ...sentences,
  ],
};

const harm = z.enum(['down', 'threatened', 'none']);
const texts = z.array(z.string());

const messageSchema = z.object({
  id: z.string(),
  kind: z.enum(['ask', 'run', 'report', 'unseen', 'alert', 'healthy', 'summary']),
  at: z.string(),
  title: z.string(),
  harm,
  what: texts,
  harmed: z.array(z.object({ id: z.string(), name: z.string(), noun: z.string(), harm, sentence: z.string() })),
  alsoHarmed: z.number(),
  does: texts,
  deadline: z.optional(z.string()),
  answer: z.optional(z.object({ planId: z.string(), number: z.string() })),
  link: z.optional(z.string()),
  key: z.optional(z.string()),
  incident: z.optional(z.string()),
  byHand: z.object({ ids: texts, commands: texts }),
  runbooks: texts,
  threads: texts,
  over: texts,
  owners: texts,
  touches: texts,
});

type ParsedMessage = z.infer<typeof messageSchema>;
export type KeptMessage = { readonly [Name in keyof ParsedMessage]: Exclude<ParsedMessage[Name], undefined> };

/** Messages that one target has not taken, not yet in the form of a channel. */
export const messagesFor = (target: string): StoredMessageKind<KeptMessage> => ({
  partition: `for:${target}`,
  read: (value) => z.parse(messageSchema, value) as KeptMessage,
  wordsOf: ({ id }) => [id],
});

const eventsSchema = z.array(
  z.object({
    type: z.string(),
    id: z.string(),
    time: z.string(),
    subject: z.string(),
    data: z.record(z.string(), z.unknown()),
  }),
);

export type KeptEvents = readonly Readonly<z.infer<typeof eventsSchema>[number]>[];

/** Events for the topic that one look or one step has raised together. */
export const EVENTS: StoredMessageKind<KeptEvents> = {
  partition: 'events',
  read: (value) => z.parse(eventsSchema, value),
  wordsOf: (events) => events.map(({ id }) => id),
};
