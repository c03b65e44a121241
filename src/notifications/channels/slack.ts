import type { Message } from '../message.ts';
import { cut, plain } from '../plain.ts';
import { fitting } from '../shortened.ts';
import { MANUAL, manualOf, type Section, sectionsOf } from './sections.ts';

/**
 * Limits of Block Kit (docs.slack.dev/reference/block-kit/blocks): the number of blocks, and the length of a heading,
 * of a section's text and of a URL.
 */
const MOST_BLOCKS = 50;
const HEADER = 150;
const TEXT = 3_000;
const URL_LENGTH = 3_000;
/**
 * The most characters of the text in a notification. Slack cuts a text of more than 40,000 characters
 * (docs.slack.dev/reference/methods/chat.postMessage).
 */
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

/** Plain text has no mention, no link and no markup: the name of a resource is shown as it is. */
const text = (words: string, most: number): PlainText => ({ type: 'plain_text', text: cut(words, most), emoji: false });

/**
 * Slack reads `text` beside the blocks as mrkdwn: this escapes its three characters, which also begin a mention of a
 * whole channel (docs.slack.dev/messaging/formatting-message-text).
 */
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

/** Literal text of one block, which can be copied as it is. */
const preformatted = (lines: readonly string[]): Block => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: lines.join('\n') }] }],
});

const ofHand = (message: Message): readonly Block[] => {
  const { ids, commands } = manualOf(message);
  if (ids.length + commands.length === 0) return [];
  const heading: Block = { type: 'section', text: text([`${MANUAL}:`, ...ids].join('\n'), TEXT) };
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

/**
 * The body for an incoming webhook of Slack. Such a webhook can neither change a message nor answer in its thread: each
 * message is a new post.
 */
export const slackBody = (message: Message): SlackBody => fitting(message, body, fits);
