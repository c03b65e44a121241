import type { Message } from '../message.ts';
import { plain } from '../plain.ts';

/** A part of a message: its heading, and its sentences as they are shown, without markup. */
export type Section = { readonly heading: string; readonly lines: readonly string[] };

const IMPACT_WORDS = { down: 'down', threatened: 'threatened', none: 'not affected' } as const;

const affectedLines = ({ harmed, alsoHarmed }: Message): readonly string[] => [
  ...harmed.map(({ name, noun, harm, sentence }) => `${name} (${noun}), ${IMPACT_WORDS[harm]}: ${sentence}`),
  ...(alsoHarmed > 0 ? [`${alsoHarmed} more are affected by it.`] : []),
];

const answerLines = ({ answer, kind }: Message): readonly string[] =>
  answer === undefined || kind !== 'ask'
    ? []
    : [
        `Plan ${answer.number} waits for a yes or a no of a person with the role Approver. Opening the page approves nothing.`,
      ];

const section = (heading: string, lines: readonly string[]): readonly Section[] =>
  lines.length === 0 ? [] : [{ heading, lines: lines.map(plain) }];

/** The sections that every channel shows, in the order in which people ask: what, whom, by when, what is done. */
export const sectionsOf = (message: Message): readonly Section[] => [
  ...section(message.kind === 'summary' ? 'This week' : 'What', message.what),
  ...section('Who is affected', affectedLines(message)),
  ...section('Deadline', message.deadline === undefined ? [] : [message.deadline]),
  ...section(message.kind === 'summary' ? 'Would have' : 'What the product does', message.does),
  ...section('Your answer', answerLines(message)),
];

/** The part for a person who has only this message: ids to name, and commands to run, each on a line. */
export const manualOf = ({ byHand, runbooks }: Message): { readonly ids: string[]; readonly commands: string[] } => ({
  ids: [...byHand.ids, ...runbooks].map(plain),
  commands: byHand.commands.map(plain),
});

export const MANUAL = 'By hand, where the product, Entra or the network is down too';
