import { writeFileSync } from 'node:fs';
import { columns } from '../../builders/columns.ts';
import { CASES } from './cases.ts';
import { MOVED } from './moved.ts';
import { playCases } from './play-cases.ts';
import { byName, DOCUMENT, movedIn, type Recorded, readRecorded, record, type When } from './recorded.ts';
import { render } from './render.ts';

const asTable = (recorded: Recorded): string =>
  columns([['what breaks', 'what the product does'], ...Object.entries(recorded)]).join('\n');

/** Plays every case with default settings and prints its result. Resolves with the differences from the recorded results. */
export const checkCareful = async (storage: string): Promise<readonly string[]> => {
  const now = byName(CASES, await playCases(CASES, storage));
  console.log(asTable(now));
  const recorded = readRecorded('after');
  return movedIn(recorded, now).map((name) => `${name}: recorded as ${recorded[name]}; now ${now[name]}`);
};

/** Plays the cases, and writes their results, and the document. */
export const recordCareful = async (when: When, storage: string): Promise<void> => {
  record(when, byName(CASES, await playCases(CASES, storage)));
  writeFileSync(DOCUMENT, render(readRecorded('before'), readRecorded('after'), MOVED));
};
