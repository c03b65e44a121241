import type { Made } from '../bill/results.ts';
import type { Figure } from '../figure.ts';
import { type Shape, vaultsIn } from '../scale/shape.ts';

export const number = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 2 : 0 });

export const dollars = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : 0 });

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

export const counted = (count: number, what: string): string => `${number(count)} ${what}${count === 1 ? '' : 's'}`;

/** Keys, vaults and subscriptions of an estate: three cells. */
export const ESTATE_HEAD: readonly string[] = ['keys', 'vaults', 'subscriptions'];
export const estateCells = (shape: Shape): readonly string[] => [
  number(shape.keys),
  number(vaultsIn(shape)),
  number(shape.subscriptions),
];

export const verdictOf = ({ goal, holds }: Figure): string => {
  if (goal === null) return '';
  return `${number(goal)}: ${holds ? 'holds' : '**does not hold**'}`;
};

/** The date, the machine and the command of each measurement of a part, each once. */
export const madeOf = (made: readonly Made[], command: string): string => {
  const times = [...new Set(made.map(({ at, machine }) => `${at}, on ${machine}`))].toSorted();
  return `Measured by \`${command}\` on ${times.join('; on ')}.`;
};
