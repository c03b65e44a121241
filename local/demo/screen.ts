import { wrap } from './wrap.ts';

export type Format = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** The output of the story. */
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

/** The indentation of a meaning for which there is no room beside its name. */
const BELOW = 4;

const longestWord = (text: string): number => Math.max(...text.split(' ').map((word) => word.length));

const NARROWEST = 40;
const WIDEST = 130;

/** `columns` is undefined without a terminal, and 0 where the terminal does not say its width. */
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
      const beside = Math.max(...items.map(([name]) => name.length)) + 4;
      const isBeside = items.every(([, meaning]) => longestWord(meaning) <= width - beside);
      const indent = isBeside ? beside : BELOW;
      for (const [name, meaning] of items) {
        const lines = wrap(meaning, width - indent);
        if (!isBeside && name !== '') say(`  ${paint('cyan', name)}`);
        if (isBeside) say(`  ${paint('cyan', name)}${' '.repeat(indent - name.length - 2)}${lines[0]}`);
        for (const line of lines.slice(isBeside ? 1 : 0)) say(' '.repeat(indent) + line);
      }
    },
  };
};
