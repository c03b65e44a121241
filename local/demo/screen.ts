import { wrap } from './wrap.ts';

export type Format = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Where the story is told. */
export type Screen = {
  readonly width: number;
  say(text?: string): void;
  /** Sentences, indented and wrapped, after a blank line. */
  paragraph(text: string): void;
  /** A headline with a blank line before it. */
  title(text: string): void;
  /** Lines of a name and its meaning; long meanings go on below themselves. */
  list(items: readonly (readonly [name: string, meaning: string])[]): void;
  paint(format: Format, text: string): string;
};

export type Paint = Screen['paint'];

const NARROWEST = 60;
const WIDEST = 130;

/** `columns` is undefined where there is no terminal, and 0 where it does not say. */
export const createScreen = (write: (line: string) => void, paint: Paint, columns: number | undefined): Screen => {
  const width = Math.min(WIDEST, Math.max(NARROWEST, (columns || WIDEST) - 1));
  const say = (text = ''): void => write(text);
  const paragraph = (text: string): void => {
    say();
    for (const line of wrap(text, width - 2)) say(`  ${line}`);
  };
  return {
    width,
    say,
    paragraph,
    paint,
    title: (text) => {
      say();
      say(paint('bold', text));
    },
    list: (items) => {
      const indent = Math.max(...items.map(([name]) => name.length)) + 4;
      for (const [name, meaning] of items) {
        const [first = '', ...more] = wrap(meaning, width - indent);
        say(`  ${paint('cyan', name)}${' '.repeat(indent - name.length - 2)}${first}`);
        for (const line of more) say(' '.repeat(indent) + line);
      }
    },
  };
};
