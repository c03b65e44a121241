import { asCommand } from '../words/as-command.ts';
import { printable } from './printable.ts';
import type { Block, Sheet } from './sheet.ts';
import { tableAsText } from './table-as-text.ts';
import { wrap } from './wrap.ts';

const wrapped = (text: string, width: number, indent: string): readonly string[] =>
  text.split('\n').flatMap((line) => wrap(line, width - indent.length).map((one) => indent + one));

const factsAsText = (all: readonly (readonly [string, string])[], width: number): readonly string[] => {
  const names = Math.max(...all.map(([name]) => name.length), 0) + 2;
  return all.flatMap(([name, meaning]) => {
    const [first = '', ...more] = wrapped(meaning, width - names, '');
    return [`${name.padEnd(names)}${first}`, ...more.map((line) => ' '.repeat(names) + line)];
  });
};

/** A sentence as a person reads it in a terminal. */
const readable = (sentence: string): string => asCommand(printable(sentence));

const linesOf = (block: Block, width: number): readonly string[] => {
  switch (block.kind) {
    case 'heading':
      return ['', ...wrapped(readable(block.text), width, '')];
    case 'text':
      return wrapped(readable(block.text), width, '');
    case 'command':
      return [`    ${printable(block.text)}`];
    case 'facts':
      return factsAsText(
        block.facts.map(([name, meaning]) => [printable(name), readable(meaning)] as const),
        width,
      );
    case 'table': {
      const { columns, rows } = block.table;
      return tableAsText({ columns, rows: rows.map((row) => row.map(readable)) }, width);
    }
  }
};

/** The text for a person, in lines of at most `width` places; a longer word or command stays whole. */
export const asText = ({ blocks }: Pick<Sheet, 'blocks'>, width: number): string => {
  const lines = blocks.flatMap((block) => linesOf(block, width));
  return (lines[0] === '' ? lines.slice(1) : lines).join('\n');
};
