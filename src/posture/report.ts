import type { CheckVerdict } from './judgement.ts';
import type { PostureLine } from './lines.ts';

/** How often each verdict was given, by row. */
export type Tally = Readonly<Record<string, Readonly<Record<CheckVerdict, number>>>>;

/** A part of the report: documents, named by their SHA-256. */
export type PosturePart = {
  /** `Line[]`. */
  readonly lines: string;
  /** `Coverage[]`. */
  readonly coverage: string;
  /** `Tally`. */
  readonly tally: string;
};

/** One report on everything in scope. Times are ISO 8601. */
export type PostureReport = {
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly parts: readonly PosturePart[];
  readonly tally: Tally;
  /** Resources that could not be read: the report has no lines about them. */
  readonly unreadable: readonly string[];
};

const NONE = { pass: 0, fail: 0, unknown: 0, notApplicable: 0 };

export const tallyOf = (lines: readonly PostureLine[]): Tally => {
  const tally: Record<string, Record<CheckVerdict, number>> = {};
  for (const { row, verdict } of lines) {
    const own = tally[row] ?? { ...NONE };
    own[verdict] += 1;
    tally[row] = own;
  }
  return tally;
};

export const addTallies = (tallies: readonly Tally[]): Tally => {
  const sum: Record<string, Record<CheckVerdict, number>> = {};
  for (const [row, counts] of tallies.flatMap((one) => Object.entries(one))) {
    const own = sum[row] ?? { ...NONE };
    for (const verdict of Object.keys(NONE) as CheckVerdict[]) own[verdict] += counts[verdict];
    sum[row] = own;
  }
  return sum;
};
