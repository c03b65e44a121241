import { csvOf } from '../../posture/csv.ts';
import { COLUMNS } from './columns.ts';
import type { Line } from './line.ts';

/** The lines as comma-separated values, with a heading. */
export const linesAsCsv = (lines: readonly Line[]): string => csvOf<Line>(COLUMNS, lines);
