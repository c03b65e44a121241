import { columns } from '../builders/columns.ts';
import type { Played } from './play.ts';

export const notHeld = (played: readonly Played[]): readonly Played[] => played.filter(({ outcome }) => !outcome.held);

/** One line for people. */
export const asLine = ({ attack, outcome }: Played): string =>
  `${attack.item}: ${attack.sentence}: ${outcome.held ? 'held' : `NOT HELD: ${outcome.whyNot}`}`;

/** A table of the attacks, their writes, and the defences that did not hold. */
export const asTable = (played: readonly Played[]): string => {
  const rows = columns([
    ['item', 'writes', 'held', 'verdict', 'attack'],
    ...played.map(({ attack, outcome }) => [
      attack.item,
      String(outcome.writes.length),
      outcome.held ? 'yes' : 'NO',
      outcome.verdict,
      attack.sentence,
    ]),
  ]);
  const failed = notHeld(played);
  const details = failed.flatMap((one) => [asLine(one), ...one.outcome.writes.map((write) => `  ${write}`)]);
  const end = failed.length === 0 ? [`All ${played.length} attacks were held off.`] : details;
  return [...rows, '', ...end].join('\n');
};

/** One line, for programs. */
export const asJson = (played: readonly Played[]): string =>
  JSON.stringify({
    attacks: played.map(({ attack: { item, sentence }, outcome }) => ({ item, attack: sentence, ...outcome })),
  });
