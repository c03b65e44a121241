import type { PostureLine } from '../posture/lines.ts';
import { nameOf } from '../remediation/model/resource-id.ts';

/** Which lines of a report are asked for: each of these that is there must be that of the line. */
export type LineWishes = {
  readonly row?: string | undefined;
  readonly verdict?: string | undefined;
  readonly subject?: string | undefined;
};

/** Whether a subject is the one that is named, by its id or by its name alone; both as a whole. */
export const isSubjectNamed = (subject: string, named: string): boolean => {
  const [id, wish] = [subject.toLowerCase(), named.trim().toLowerCase()];
  return id === wish || (!wish.includes('/') && nameOf(id) === wish);
};

/** What `?row=`, `?verdict=` and `?subject=` leave over, in capital or small letters. */
export const lineFilter =
  ({ row, verdict, subject }: LineWishes) =>
  (line: PostureLine): boolean =>
    (row === undefined || line.row === row) &&
    (verdict === undefined || line.verdict === verdict) &&
    (subject === undefined || isSubjectNamed(line.subject, subject));
