/** A word of a command line, with the blanks inside its quotation marks. */
const WORD = /(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/g;

/**
 * A command on lines of at most `width` characters that a shell reads as one: it is broken between its words. A word that is too
 * long has a line of its own.
 */
export const pasteable = (command: string, width: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of command.match(WORD) ?? []) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 3 <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line, n) => (n < lines.length - 1 ? `${line} \\` : line));
};
