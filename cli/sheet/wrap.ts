import { widthOf } from './width.ts';

/** What can only be a part of a command: an option, a place, a quoted word, an id, or the number of a plan. */
const PART = String.raw`(?:--[a-z-]+|<[^<>]+>|'[^']+'|\/\S+|https:\/\/\S+|[0-9a-f]{8}(?![0-9a-z]))`;

/**
 * A word, or a whole command with the punctuation beside it: one in backticks, or one of the command line up to the place of its
 * reason, or as far as it can be told from the sentence around it. People paste it, and a shell reads a broken one as two.
 */
const UNBROKEN = new RegExp(
  [
    '[^\\s`]*`[^`]+`[^\\s`]*',
    "cmk-guardian(?: [^\\s']+){1,6} '<why>'\\S*",
    `cmk-guardian [a-z-]+(?: ${PART})*\\S*`,
    '\\S+',
  ].join('|'),
  'g',
);

/** The words of a text, and the commands in it, none of which may be broken. */
export const unbrokenIn = (text: string): readonly string[] => text.match(UNBROKEN) ?? [];

/** Breaks a text into lines of at most `width` places, between words. A word or a command that is too long has a line of its own. */
export const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of unbrokenIn(text)) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length > 0 ? lines : [''];
};
