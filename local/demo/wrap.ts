/** A word, or a whole command in backticks with the punctuation beside it: people paste it. */
const UNBROKEN = /[^\s`]*`[^`]+`[^\s`]*|\S+/g;

/** Breaks a text into lines of at most `width` characters, between words. A word or a command that is too long has a line of its own. */
export const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.match(UNBROKEN) ?? []) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length > 0 ? lines : [''];
};
