import type { Message } from '../message.ts';
import { cut, plain } from '../plain.ts';
import { fitting } from '../shortened.ts';
import { BY_HAND, byHandOf, type Section, sectionsOf } from './sections.ts';

/** Limits of Block Kit (docs.slack.dev/reference/block-kit/blocks): blocks of a message, a heading, a text of a section, a URL. */
const MOST_BLOCKS = 50;
const HEADER = 150;
const TEXT = 3_000;
const URL_LENGTH = 3_000;
/** Of the text that stands in a notification: what is longer than 40,000 is cut off (docs.slack.dev/reference/methods/chat.postMessage). */
const FALLBACK = 1_000;

type PlainText = { readonly type: 'plain_text'; readonly text: string; readonly emoji: false };

type Block =
  | { readonly type: 'header'; readonly text: PlainText }
  | { readonly type: 'section'; readonly text: PlainText }
  | { readonly type: 'divider' }
  | {
      readonly type: 'rich_text';
      readonly elements: readonly {
        readonly type: 'rich_text_preformatted';
        readonly elements: readonly { readonly type: 'text'; readonly text: string }[];
      }[];
    }
  | {
      readonly type: 'actions';
      readonly elements: readonly {
        readonly type: 'button';
        readonly text: PlainText;
        readonly url: string;
        readonly action_id: string;
      }[];
    };

/** Plain text knows no mention, no link and no markup: a name stays a name. */
const text = (words: string, most: number): PlainText => ({ type: 'plain_text', text: cut(words, most), emoji: false });

/** `text` beside the blocks is read as mrkdwn: its three characters, and what calls a whole channel (docs.slack.dev/messaging/formatting-message-text). */
const escaped = (words: string): string =>
  plain(words)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/@(?=(?:here|channel|everyone|group)\b)/gi, '@\u200b');

const ofSection = ({ heading, lines }: Section): Block => ({
  type: 'section',
  text: text([`${heading}:`, ...lines].join('\n'), TEXT),
});

/** Literal text of one block that can be copied as it stands. */
const preformatted = (lines: readonly string[]): Block => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: lines.join('\n') }] }],
});

const ofHand = (message: Message): readonly Block[] => {
  const { ids, commands } = byHandOf(message);
  if (ids.length + commands.length === 0) return [];
  const heading: Block = { type: 'section', text: text([`${BY_HAND}:`, ...ids].join('\n'), TEXT) };
  return [{ type: 'divider' }, heading, ...(commands.length > 0 ? [preformatted(commands)] : [])];
};

const ofLink = ({ link }: Message): readonly Block[] =>
  link === undefined || link.length > URL_LENGTH
    ? []
    : [
        {
          type: 'actions',
          elements: [
            { type: 'button', text: text('Open the page to look and answer', 75), url: link, action_id: 'open-page' },
          ],
        },
      ];

type SlackBody = { readonly text: string; readonly blocks: readonly Block[]; readonly unfurl_links: false };

const body = (message: Message): SlackBody => ({
  text: cut(escaped([message.title, ...message.what].join(' ')), FALLBACK),
  blocks: [
    { type: 'header', text: text(plain(message.title), HEADER) },
    ...sectionsOf(message).map(ofSection),
    ...ofLink(message),
    ...ofHand(message),
  ],
  unfurl_links: false,
});

const isShort = (block: Block): boolean =>
  block.type !== 'rich_text' ||
  block.elements.every(({ elements }) => elements.every((one) => one.text.length <= TEXT));

const fits = ({ blocks }: SlackBody): boolean => blocks.length <= MOST_BLOCKS && blocks.every(isShort);

/** What an incoming webhook of Slack posts. Such a webhook can neither change a message nor answer in its thread: each is a post. */
export const slackBody = (message: Message): SlackBody => fitting(message, body, fits);
