import type { ListReconciliations200ValueItem } from '../../client/api.ts';
import { COLUMNS } from '../../src/web/standing/columns.ts';
import { type Table, tableOf } from '../sheet/sheet.ts';
import { faultIn } from '../words/as-page.ts';
import { impactIn, markOf } from '../words/impact.ts';
import { kindOf, nameAt } from '../words/names.ts';
import { nextIn } from '../words/next.ts';

/** A line as the API lists it, without the earlier name of its impact. */
export type Line = Omit<ListReconciliations200ValueItem, 'harm'>;

/** The subject of the line: a consumer, or the key itself. */
export const whoOf = ({ consumer, key }: Pick<Line, 'consumer' | 'key'>): string => consumer?.name ?? nameAt(key);

/** The state of each consumer or key, a row for each: for a screen. */
export const linesTable = (lines: readonly Line[], now: string): Table =>
  tableOf<Line>(
    {
      '': markOf,
      who: whoOf,
      kind: ({ consumer }) => (consumer ? kindOf(consumer.kind) : 'key'),
      impact: (line) => impactIn(line, now),
      'what is wrong': ({ fault = '' }) => fault && faultIn(fault),
      next: nextIn,
    },
    lines,
  );

/** The same with all fields of a line: for a spreadsheet, as the API has them. */
export const linesRecords = (lines: readonly Line[]): Table => tableOf<Line>(COLUMNS, lines);
