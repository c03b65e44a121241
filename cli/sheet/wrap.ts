import { widthOf } from './width.ts';

/**
 * A word, or a whole command with the punctuation beside it: one in backticks, or one of the command line up to the place of its
 * reason. People paste it, and a shell reads a broken one as two.
 */
const UNBROKEN = /[^\s`]*`[^`]+`[^\s`]*|cmk-guardian(?: [^\s']+){1,6} '<why>'\S*|\S+/g;

/** Breaks a text into lines of at most `width` places, between words. A word or a command that is too long has a line of its own. */
export const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.match(UNBROKEN) ?? []) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length > 0 ? lines : [''];
};
