import type { Message } from './message.ts';
import { cut } from './plain.ts';

/** How many entries of each list, and how many characters of each sentence, are kept. */
type Size = { readonly items: number; readonly length: number };

/** The sizes, from the whole message to the least with which a person can still act. */
const SIZES: readonly Size[] = [
  { items: 10, length: 1_200 },
  { items: 10, length: 500 },
  { items: 5, length: 300 },
  { items: 3, length: 200 },
  { items: 1, length: 120 },
];

const few = (sentences: readonly string[], { items, length }: Size): string[] => {
  const told = sentences.slice(0, items).map((one) => cut(one, length));
  return sentences.length > items ? [...told, `… and ${sentences.length - items} more.`] : told;
};

/** A command is kept whole or left out: a part of a command must not be run. */
const wholeCommands = (commands: readonly string[], { items, length }: Size): string[] =>
  commands.slice(0, items).filter((one) => one.length <= length * 4);

const inSize = (message: Message, size: Size): Message => ({
  ...message,
  title: cut(message.title, 150),
  what: few(message.what, size),
  does: few(message.does, size),
  harmed: message.harmed.slice(0, size.items).map((one) => ({ ...one, sentence: cut(one.sentence, size.length) })),
  alsoHarmed: message.alsoHarmed + Math.max(0, message.harmed.length - size.items),
  byHand: {
    ids: message.byHand.ids.slice(0, size.items + 2),
    commands: wholeCommands(message.byHand.commands, size),
  },
  runbooks: message.runbooks.slice(0, size.items),
});

/** The body that a channel makes of the largest version of the message that fits. */
export const fitting = <Body>(
  message: Message,
  build: (message: Message) => Body,
  fits: (body: Body) => boolean,
): Body => {
  const [first, ...smaller] = SIZES.map((size) => () => build(inSize(message, size)));
  let body = (first ?? (() => build(message)))();
  for (const next of smaller) {
    if (fits(body)) break;
    body = next();
  }
  return body;
};
