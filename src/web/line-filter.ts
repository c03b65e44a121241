import type { PostureLine } from '../posture/lines.ts';
import { nameOf } from '../remediation/model/resource-id.ts';

/** The filters of a report: each filter that is given must fit the line. */
export type LineWishes = {
  readonly row?: string | undefined;
  readonly verdict?: string | undefined;
  readonly subject?: string | undefined;
};

/** Whether the name means this subject, by its id or by its last part; both are compared as a whole. */
export const isSubjectNamed = (subject: string, named: string): boolean => {
  const [id, wish] = [subject.toLowerCase(), named.trim().toLowerCase()];
  return id === wish || (!wish.includes('/') && nameOf(id) === wish);
};

/** Keeps the lines that `?row=`, `?verdict=` and `?subject=` ask for, in capital or small letters. */
export const lineFilter =
  ({ row, verdict, subject }: LineWishes) =>
  (line: PostureLine): boolean =>
    (row === undefined || line.row === row) &&
    (verdict === undefined || line.verdict === verdict) &&
    (subject === undefined || isSubjectNamed(line.subject, subject));
