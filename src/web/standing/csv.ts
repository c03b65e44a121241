import { csvOf } from '../../posture/csv.ts';
import type { Line } from './line.ts';

const COLUMNS: Readonly<Record<string, (line: Line) => string | undefined>> = {
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
};

/** The lines as comma-separated values, with a heading. */
export const linesAsCsv = (lines: readonly Line[]): string => csvOf(COLUMNS, lines);
