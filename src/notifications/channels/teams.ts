import type { Message } from '../message.ts';
import { bytesOf, plain } from '../plain.ts';
import { fitting } from '../shortened.ts';
import { MANUAL, manualOf, type Section, sectionsOf } from './sections.ts';

/**
 * A message of a Teams workflow ("When a Teams webhook request is received") has 28 KB at most
 * (learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using). The difference is for
 * the envelope.
 */
const MOST_BYTES = 26_000;

type Run = {
  readonly type: 'TextRun';
  readonly text: string;
  readonly weight?: 'Bolder';
  readonly size?: 'Large' | 'Small';
  readonly color?: 'Attention' | 'Warning' | 'Good';
  readonly fontType?: 'Monospace';
};

type Block = {
  readonly type: 'RichTextBlock';
  readonly inlines: readonly Run[];
  readonly spacing?: 'Medium' | 'Small';
  readonly separator?: true;
};

const COLOURS = { down: 'Attention', threatened: 'Warning', none: 'Good' } as const;

/**
 * A text run has no Markdown and no mention (adaptivecards.io/explorer/TextRun.html): the name of a resource cannot
 * become a link or mention a person. `{{` would begin a date that Teams reformats.
 */
const run = (text: string, more: Omit<Run, 'type' | 'text'> = {}): Run => ({
  type: 'TextRun',
  text: plain(text).replaceAll('{{', '{ {'),
  ...more,
});

const block = (inlines: readonly Run[], more: Omit<Block, 'type' | 'inlines'> = {}): Block => ({
  type: 'RichTextBlock',
  inlines,
  ...more,
});

const ofSection = ({ heading, lines }: Section): readonly Block[] => [
  block([run(heading, { weight: 'Bolder' })], { spacing: 'Medium' }),
  ...lines.map((line) => block([run(line)], { spacing: 'Small' })),
];

const ofHand = (message: Message): readonly Block[] => {
  const { ids, commands } = manualOf(message);
  if (ids.length + commands.length === 0) return [];
  return [
    block([run(MANUAL, { weight: 'Bolder' })], { spacing: 'Medium', separator: true }),
    ...ids.map((id) => block([run(id, { size: 'Small' })], { spacing: 'Small' })),
    ...commands.map((one) => block([run(one, { fontType: 'Monospace', size: 'Small' })], { spacing: 'Small' })),
  ];
};

const card = (message: Message) => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body: [
    block([run(message.title, { weight: 'Bolder', size: 'Large', color: COLOURS[message.harm] })]),
    ...sectionsOf(message).flatMap(ofSection),
    ...ofHand(message),
  ],
  actions:
    message.link === undefined
      ? []
      : [{ type: 'Action.OpenUrl', title: 'Open the page to look and answer', url: message.link }],
});

const envelope = (message: Message) => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: card(message) }],
});

/**
 * The body that a Teams workflow posts as a card. Such a webhook can neither change a card nor answer one: each message
 * is a new card.
 */
export const teamsBody = (message: Message): ReturnType<typeof envelope> =>
  fitting(message, envelope, (body) => bytesOf(body) <= MOST_BYTES);
