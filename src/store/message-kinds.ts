import * as z from 'zod/mini';
import type { MessageKind } from './waiting-messages.ts';

const noticeSchema = z.object({
  keyId: z.string(),
  verdict: z.string(),
  at: z.optional(z.string()),
  incident: z.optional(z.string()),
  planId: z.optional(z.string()),
  change: z.optional(z.string()),
  sentences: z.array(z.string()),
});

type Parsed = z.infer<typeof noticeSchema>;
export type KeptNotice = { readonly [Name in keyof Parsed]: Exclude<Parsed[Name], undefined> };

/** What people are told. */
export const NOTICES: MessageKind<KeptNotice> = {
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
export const EVENTS: MessageKind<KeptEvents> = {
  partition: 'events',
  read: (value) => z.parse(eventsSchema, value),
  wordsOf: (events) => events.map(({ id }) => id),
};
