import type { ListReconciliations200ValueItem } from '../../client/api.ts';
import { type Table, tableOf } from '../sheet/sheet.ts';
import { harmIn, markOf } from '../words/harm.ts';
import { kindOf, nameAt, spoken } from '../words/names.ts';
import { nextIn } from '../words/next.ts';

export type Line = ListReconciliations200ValueItem;

/** Who is concerned: a consumer, or the key itself. */
export const whoOf = ({ consumer, key }: Pick<Line, 'consumer' | 'key'>): string => consumer?.name ?? nameAt(key);

/** How things stand, a row for each: for a screen. */
export const linesTable = (lines: readonly Line[], now: string): Table =>
  tableOf<Line>(
    {
      '': markOf,
      who: whoOf,
      kind: ({ consumer }) => (consumer ? kindOf(consumer.kind) : 'key'),
      harm: (line) => harmIn(line, now),
      'what is wrong': ({ fault = '' }) => spoken(fault),
      next: nextIn,
    },
    lines,
  );

/** The same with everything that a line says: for a spreadsheet. */
export const linesRecords = (lines: readonly Line[]): Table =>
  tableOf<Line>(
    {
      consumer: ({ consumer }) => consumer?.name,
      kind: ({ consumer }) => consumer?.kind,
      key: ({ key }) => key,
      vault: ({ vault }) => vault,
      verdict: ({ verdict }) => verdict,
      fault: ({ fault }) => fault,
      harm: ({ harm }) => harm.kind,
      since: ({ since }) => since,
      deadline: ({ deadline }) => deadline,
      owner: ({ owner }) => owner,
      sentence: ({ sentence }) => sentence,
      nextAction: ({ nextAction }) => nextAction.sentence,
      plan: ({ plan }) => plan?.id,
      incident: ({ incident }) => incident,
      consumerId: ({ consumer }) => consumer?.id,
    },
    lines,
  );
