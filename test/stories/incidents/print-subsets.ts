import { printTable } from '../print-table.ts';
import type { Told } from './every-subset-story.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

const rowOf = ({ healed, minutes }: Told): readonly string[] => {
  const [first] = healed;
  const counts = healed.map(({ writes }) => writes.length);
  return [
    `${first?.subject.kind}, ${first?.subject.model}`,
    `${healed.length}`,
    `${sum(healed.map(({ rounds }) => rounds))}`,
    `${sum(counts)}`,
    `${Math.min(...counts)} to ${Math.max(...counts)}`,
    minutes.toFixed(1),
  ];
};

/** How many subsets were healed, in how many rounds and writes of Azure. */
export const printSubsets = (played: readonly Told[]): void =>
  printTable(['consumer, vault', 'subsets', 'rounds', 'writes', 'each', 'minutes to the last'], played.map(rowOf));
